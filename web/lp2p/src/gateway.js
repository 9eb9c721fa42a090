/**
 * The page's one connection to an agent: made when something starts, shared by everything, and made anew by the next start
 * after it was lost.
 */
import { webSocketCarrier } from './carrier.js';
import { LP2PUnavailableError } from './errors.js';
import { requireAllowed } from './frame-policy.js';
import { explainSilence, mayAsk } from './permission.js';
import { Session } from './session.js';

/** @type {() => import('./carrier.js').Carrier} */
let makeCarrier = () => webSocketCarrier();
/** @type {Promise<Session> | null} */
let current = null;
/** Of a page that the agent serves, once it was welcome: what it says next time. @type {string | undefined} */
let nextToken;

/**
 * Ours: how to reach an agent from now on, instead of the WebSocket on this computer.
 *
 * @param {() => import('./carrier.js').Carrier} factory called for each connection
 */
export function useCarrier(factory) {
  makeCarrier = factory;
}

/**
 * @param {AbortSignal} [signal] rejects at once; the connection is made all the same, for whoever starts next
 * @returns {Promise<Session>}
 * @throws {DOMException} SecurityError, NotAllowedError, LP2PUnavailableError; the signal's reason
 */
export function connect(signal) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  reach()
    .then(resolve, reject)
    .finally(() => signal?.removeEventListener('abort', abort));
  return promise;
}

async function reach() {
  await requireAllowed();
  if (!current) {
    const opening = open();
    current = opening;
    opening.catch(() => forget(opening));
  }
  return current;
}

/** Whether the user has just acted in this window; always false in a worker, which then relies on the agent's question. */
export function isActivated() {
  return globalThis.navigator.userActivation?.isActive ?? false;
}

/** @param {Promise<Session> | null} connection */
function forget(connection) {
  if (current === connection) {
    current = null;
  }
}

async function open() {
  const token = nextToken ?? tokenElement()?.getAttribute('content') ?? undefined;
  const session = new Session(makeCarrier(), token, () => {
    forget(current);
    globalThis.removeEventListener('pagehide', leave);
  });
  // The page may be kept for going back to, and its socket with it: nothing of it is to live on.
  const leave = () => session.leave();
  globalThis.addEventListener('pagehide', leave);
  mayAsk().then((asks) => asks || session.limitGreeting());
  try {
    await session.welcome;
    tokenElement()?.remove();
    nextToken = session.nextToken;
    return session;
  } catch (error) {
    const reason = error instanceof LP2PUnavailableError ? error.reason : undefined;
    if (reason === 'token') {
      tokenElement()?.remove();
      nextToken = undefined;
    }
    throw session.hasOpened || reason === 'csp' ? error : await explainSilence();
  }
}

/** Has the token that came with a page which the agent serves; it is good once, and stays until the agent took it. */
function tokenElement() {
  return globalThis.document?.querySelector('meta[name="lp2p-token"]');
}
