/**
 * The policy `local-peer-to-peer` for frames, which browsers do not know. A frame below a page of another origin asks the
 * page that embeds it, whose library looks at the frame's `allow` attribute; no answer is a no.
 *
 * This is for honest pages. A frame that skips the library reaches the agent without it, and the agent's user then sees the
 * frame's own origin in the question, and nothing of the page around it.
 *
 * @see https://wicg.github.io/local-peer-to-peer/#permission-policy-integration
 */

const FEATURE = 'local-peer-to-peer';
const QUESTION = 'lp2p-policy-question';
const ANSWER = 'lp2p-policy-answer';
/** How long a page around a frame may be busy. Who has no library does not answer at all, which cannot be told from that. */
const ANSWER_MS = 10_000;

/**
 * @returns {Promise<void>}
 * @throws {DOMException} SecurityError, NotAllowedError
 */
export async function requireAllowed() {
  if (!globalThis.isSecureContext) {
    throw new DOMException('LP2P works in secure contexts only: https, or a page of this computer', 'SecurityError');
  }
  if (globalThis.origin === 'null') {
    throw new DOMException('A sandboxed frame has no origin that a user could trust', 'NotAllowedError');
  }
  if (!(await isAllowed())) {
    throw new DOMException(
      `The page around this frame must load lp2p and embed the frame with allow="${FEATURE}"`,
      'NotAllowedError',
    );
  }
}

/**
 * Answers the frames of this page from now on.
 */
export function answerFrames() {
  globalThis.addEventListener('message', async (event) => {
    const { data, source } = event;
    if (data?.type !== QUESTION || typeof data.id !== 'string' || !source || event.origin === 'null') {
      return;
    }
    const frame = [...document.querySelectorAll('iframe')].find((element) => element.contentWindow === source);
    if (!frame) {
      return;
    }
    const allowed = allows(frame, event.origin) && (await isAllowed());
    /** @type {Window} */ (source).postMessage({ type: ANSWER, id: data.id, allowed }, { targetOrigin: event.origin });
  });
}

/** @returns {boolean | Promise<boolean>} */
function isAllowed() {
  if (typeof window === 'undefined' || window.parent === window) {
    return true;
  }
  const frame = window.frameElement;
  if (frame?.localName === 'iframe' && !allows(/** @type {HTMLIFrameElement} */ (frame), origin)) {
    return false;
  }
  return isBelowOwnOriginOnly() || askParent();
}

/** Whether every page above this frame is of its origin. */
function isBelowOwnOriginOnly() {
  try {
    return window.top?.origin === origin && ancestors().every((ancestor) => ancestor.origin === origin);
  } catch {
    return false;
  }
}

function ancestors() {
  /** @type {Window[]} */
  const found = [];
  for (let ancestor = window.parent; ancestor !== window.top; ancestor = ancestor.parent) {
    found.push(ancestor);
  }
  return found;
}

/** @returns {Promise<boolean>} */
function askParent() {
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    /** @param {boolean} allowed */
    const end = (allowed) => {
      clearTimeout(timer);
      window.removeEventListener('message', listen);
      resolve(allowed);
    };
    /** @param {MessageEvent} event */
    const listen = ({ source, data }) => {
      if (source === window.parent && data?.type === ANSWER && data.id === id) {
        end(data.allowed === true);
      }
    };
    const timer = setTimeout(() => end(false), ANSWER_MS);
    window.addEventListener('message', listen);
    // The question says nothing but that there is one, so any page may be above.
    window.parent.postMessage({ type: QUESTION, id }, '*');
  });
}

/**
 * Whether the frame's `allow` attribute, or the default allowlist `self`, covers a document of this origin in it.
 *
 * @see https://w3c.github.io/webappsec-permissions-policy/#iframe-allow-attribute
 * @param {HTMLIFrameElement} frame
 * @param {string} itsOrigin
 */
function allows(frame, itsOrigin) {
  const own = frame.ownerDocument.defaultView?.origin;
  const directive = frame.allow
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([feature]) => feature === FEATURE);
  if (!directive) {
    return itsOrigin === own;
  }
  const allowlist = directive.length === 1 ? ["'src'"] : directive.slice(1);
  return allowlist.some((entry) => {
    switch (entry) {
      case '*':
        return true;
      case "'self'":
        return itsOrigin === own;
      case "'src'":
        return itsOrigin === originOf(frame.src || 'about:blank', frame.baseURI, own);
      case "'none'":
        return false;
      default:
        return itsOrigin === originOf(entry, frame.baseURI, own);
    }
  });
}

/**
 * @param {string} url
 * @param {string} base
 * @param {string | undefined} own
 */
function originOf(url, base, own) {
  const parsed = URL.parse(url, base);
  return parsed?.protocol === 'about:' ? own : parsed?.origin;
}
