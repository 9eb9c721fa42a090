import { LP2PUnavailableError } from './errors.js';

/** Newest first: Chromium divided the one permission in two. */
const PERMISSIONS = ['loopback-network', 'local-network-access'];

/**
 * Why nothing answered at the agent's port, as far as a page may know: a browser does not say whether it refused the
 * connection or the computer did, only what it would answer to a question for the permission.
 *
 * @see https://wicg.github.io/local-network-access/
 * @returns {Promise<LP2PUnavailableError>}
 */
export async function explainSilence() {
  if ((await permissionState()) === 'denied') {
    return new LP2PUnavailableError(
      'permission-denied',
      'The browser does not let this site reach apps on this device, so not the lp2p agent either',
    );
  }
  if (await mayAsk()) {
    return new LP2PUnavailableError(
      'permission-missing',
      'The lp2p agent did not answer: the browser has not been allowed to reach apps on this device, or no agent runs',
    );
  }
  return new LP2PUnavailableError('no-agent', 'No lp2p agent runs on this computer');
}

/** Whether the browser asks its user for that permission when the page reaches for the agent. */
export async function mayAsk() {
  return !isLoopback(globalThis.location.hostname) && (await permissionState()) === 'prompt';
}

/** @returns {Promise<PermissionState | undefined>} undefined where the browser knows no such permission */
async function permissionState() {
  for (const name of PERMISSIONS) {
    try {
      const { state } = await navigator.permissions.query({ name: /** @type {any} */ (name) });
      return state;
    } catch {
      // Not known here; the next one may be.
    }
  }
  return undefined;
}

/** @param {string} hostname */
function isLoopback(hostname) {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname.startsWith('127.') || hostname === '[::1]'
  );
}
