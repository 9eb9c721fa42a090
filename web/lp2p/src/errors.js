import { defineInterface, requireArguments } from './webidl.js';

/** What the agent may call an error of its own; anything else is an OperationError. */
const NAMES_OF_AGENT = new Set([
  'AbortError',
  'DataError',
  'InvalidStateError',
  'NetworkError',
  'NotAllowedError',
  'NotFoundError',
  'NotSupportedError',
  'OperationError',
  'QuotaExceededError',
  'SecurityError',
  'TimeoutError',
]);

const ADVICE = Object.freeze({
  'no-agent': 'Start lp2p on this computer (./lp2p agent), then try again.',
  'permission-denied': 'Allow this site to reach apps on this device: the icon before the address, Site settings.',
  'permission-missing':
    'Try again, and answer yes when the browser asks whether the site may reach apps on this device.',
  csp: 'This site forbids itself to reach lp2p. Tell who made it: its Content-Security-Policy must allow that.',
  version: 'Update lp2p on this computer, or reload this page.',
  blocked: 'You blocked this site in lp2p. Allow it again in its window of devices and sites.',
  busy: 'Close other tabs of this site, then try again.',
  token: 'Reload this page.',
  'too-many': 'This page uses more of lp2p than one page may. Reload it; if that does not help, tell who made it.',
  lost: 'lp2p on this computer has stopped or restarted. Try again.',
  protocol: 'lp2p on this computer and this page do not understand each other. Reload the page; restart or update lp2p.',
});

/** @typedef {keyof typeof ADVICE} UnavailableReason */

/**
 * Ours: the page cannot talk to an agent. A page tells its user {@link advice}, and decides by {@link reason}:
 *
 * - `no-agent`: nothing that answers on this computer is an agent
 * - `permission-denied`: the user or a policy refuses this site the browser's local network permission
 * - `permission-missing`: the browser asks for that permission, and nobody said yes
 * - `csp`: the page's own Content-Security-Policy forbids it to reach the agent
 * - `version`: the agent speaks none of the versions that this library speaks
 * - `blocked`, `busy`, `token`: the agent refuses the site: by its user's wish, because it has too many connections, or
 *   because the token that came with the page is spent
 * - `too-many`: the page went beyond a limit of the agent, which ended everything of it
 * - `lost`: there was an agent, and the connection to it ended
 * - `protocol`: what answers breaks the protocol, or finds that this library does
 */
export class LP2PUnavailableError extends DOMException {
  /** @type {UnavailableReason} */
  #reason;

  /**
   * @param {UnavailableReason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    requireArguments(arguments, 2, "Failed to construct 'LP2PUnavailableError'");
    if (!Object.hasOwn(ADVICE, reason)) {
      throw new TypeError(`'${reason}' is no reason of an LP2PUnavailableError.`);
    }
    super(message, 'LP2PUnavailableError');
    this.#reason = reason;
  }

  get reason() {
    return this.#reason;
  }

  /** A sentence for the user, in English. */
  get advice() {
    return ADVICE[this.#reason];
  }
}

defineInterface(LP2PUnavailableError);

/** Codes of `refused` and `error` that are reasons; any other is a matter of the protocol. */
const REASONS_OF_AGENT = new Set(['version', 'blocked', 'busy', 'token', 'too-many']);

/** Who answers as the agent broke the protocol; ends the session. */
export class ProtocolError extends Error {}

/**
 * @param {string} code of `refused` or `error`
 * @param {string} message
 */
export function refusal(code, message) {
  const reason = REASONS_OF_AGENT.has(code) ? /** @type {UnavailableReason} */ (code) : 'protocol';
  return new LP2PUnavailableError(reason, message);
}

/**
 * @param {{ name: string, message: string }} error of a message of the agent
 * @returns {DOMException | TypeError}
 */
export function fromAgent({ name, message }) {
  if (name === 'TypeError') {
    return new TypeError(message);
  }
  return new DOMException(message, NAMES_OF_AGENT.has(name) ? name : 'OperationError');
}
