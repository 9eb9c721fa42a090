/**
 * Every message of the gateway protocol, and every number in it; docs/gateway-protocol.md says what they mean.
 */
import { ProtocolError } from './errors.js';

export const VERSIONS = Object.freeze([1]);
export const DEFAULT_PORT = 27311;
export const PATH = '/lp2p';

/** Bytes of payload in one frame. */
export const MAX_FRAME = 64 * 1024;
/** Bytes of payload that may be under way on a flow. */
export const FLOW_WINDOW = 128 * 1024;
/** Bytes of payload that may be under way on the socket, all flows together. */
export const SOCKET_WINDOW = 256 * 1024;
/** The flow that stands for the socket itself in `credit`. */
export const SOCKET = 0;
/** Bytes of a message of text or bytes. */
export const MAX_MESSAGE = 16 * 1024 * 1024;
/** Characters of a control message: two labels of 65,535 bytes fit in, however they are escaped. */
export const MAX_CONTROL = 1024 * 1024;
/** Characters of a nickname that are sent; who it is shown to sees fewer. */
export const MAX_NICKNAME = 255;
export const MAX_NUMBER = 0xffffffff;
export const MAX_STARTS = 64;
export const MAX_CONNECTIONS = 64;
export const MAX_CHANNELS = 4096;
export const MAX_TRANSPORTS = 64;
export const MAX_STREAMS = 1024;

/** Codes with which the page closes the socket. */
export const Close = Object.freeze({ DONE: 1000, BAD_MESSAGE: 4001 });

export const Kind = Object.freeze({
  TEXT_PART: 1,
  TEXT: 2,
  BINARY_PART: 3,
  BINARY: 4,
  BLOB_PART: 5,
  BLOB: 6,
  STREAM: 7,
  STREAM_END: 8,
  DATAGRAM: 9,
});

/** Bytes in front of a frame's payload. */
export const HEADER = 5;

/** @typedef {{ name: string, message: string }} WireError */
/** @typedef {'closed-here' | 'closed-by-peer' | 'network-lost' | 'revoked' | 'idle' | 'protocol-error'} CloseReason */

/**
 * @typedef {{ type: 'hello', versions: readonly number[], token?: string }
 *   | { type: 'receiver.start', receiver: number, nickname?: string, activation: boolean }
 *   | { type: 'receiver.close', receiver: number }
 *   | { type: 'request.start', request: number, nickname?: string, activation: boolean }
 *   | { type: 'request.resume', request: number, nickname?: string }
 *   | { type: 'request.cancel', request: number }
 *   | { type: 'connection.close', connection: number }
 *   | { type: 'channel.open', connection: number, channel: number, label: string, protocol: string, id?: number }
 *   | { type: 'channel.close', channel: number }
 *   | { type: 'channel.abort', channel: number, message: string }
 *   | { type: 'transport.open', transport: number, connection: number }
 *   | { type: 'transport.close', transport: number, code: number, reason: string }
 *   | { type: 'transport.stats', transport: number, query: number }
 *   | { type: 'stream.open', stream: number, transport: number, bidirectional: boolean }
 *   | { type: 'stream.reset', stream: number, code: number }
 *   | { type: 'stream.stop', stream: number, code: number }
 *   | { type: 'credit', flow: number, bytes: number }
 *   | { type: 'pong', id: number }
 *   | { type: 'bye' }} PageMessage
 */

/**
 * @typedef {{ type: 'welcome', version: number, token?: string }
 *   | { type: 'refused', code: string, message: string }
 *   | { type: 'receiver.started', receiver: number }
 *   | { type: 'receiver.failed', receiver: number, error: WireError }
 *   | { type: 'request.connected', request: number, connection: number, nickname: string }
 *   | { type: 'request.failed', request: number, error: WireError }
 *   | { type: 'connection.incoming', receiver: number, connection: number, nickname: string }
 *   | { type: 'connection.reconnected', connection: number, by: number, nickname: string }
 *   | { type: 'connection.closed', connection: number, reason: CloseReason }
 *   | { type: 'channel.incoming', connection: number, channel: number, label: string, protocol: string, id: number }
 *   | { type: 'channel.opened', channel: number, id: number }
 *   | { type: 'channel.closing', channel: number }
 *   | { type: 'channel.closed', channel: number, error?: WireError }
 *   | { type: 'transport.incoming', connection: number, transport: number, maxDatagramSize: number }
 *   | { type: 'transport.ready', transport: number, maxDatagramSize: number }
 *   | { type: 'transport.draining', transport: number }
 *   | { type: 'transport.closed', transport: number, code?: number, reason?: string, error?: WireError }
 *   | { type: 'transport.stats', transport: number, query: number, stats: Record<string, unknown> }
 *   | { type: 'stream.incoming', transport: number, stream: number, bidirectional: boolean }
 *   | { type: 'stream.finished', stream: number }
 *   | { type: 'stream.reset', stream: number, code: number }
 *   | { type: 'stream.stopped', stream: number, code: number }
 *   | { type: 'credit', flow: number, bytes: number }
 *   | { type: 'ping', id: number }
 *   | { type: 'error', code: string, message: string }} AgentMessage
 */

/**
 * The fields of the agent's messages. The first names the thing that the message is for, unless the message is for the
 * session; `new` is the number of a thing that the agent makes with it.
 *
 * @type {Record<string, Record<string, string>>}
 */
const AGENT_FIELDS = {
  welcome: { version: 'number', token: 'string?' },
  refused: { code: 'string', message: 'string' },
  'receiver.started': { receiver: 'thing' },
  'receiver.failed': { receiver: 'thing', error: 'error' },
  'request.connected': { request: 'thing', connection: 'new', nickname: 'string' },
  'request.failed': { request: 'thing', error: 'error' },
  'connection.incoming': { receiver: 'thing', connection: 'new', nickname: 'string' },
  'connection.reconnected': { connection: 'thing', by: 'new', nickname: 'string' },
  'connection.closed': { connection: 'thing', reason: 'string' },
  'channel.incoming': { connection: 'thing', channel: 'new', label: 'string', protocol: 'string', id: 'number' },
  'channel.opened': { channel: 'thing', id: 'number' },
  'channel.closing': { channel: 'thing' },
  'channel.closed': { channel: 'thing', error: 'error?' },
  'transport.incoming': { connection: 'thing', transport: 'new', maxDatagramSize: 'number' },
  'transport.ready': { transport: 'thing', maxDatagramSize: 'number' },
  'transport.draining': { transport: 'thing' },
  'transport.closed': { transport: 'thing', code: 'number?', reason: 'string?', error: 'error?' },
  'transport.stats': { transport: 'thing', query: 'number', stats: 'object' },
  'stream.incoming': { transport: 'thing', stream: 'new', bidirectional: 'boolean' },
  'stream.finished': { stream: 'thing' },
  'stream.reset': { stream: 'thing', code: 'number' },
  'stream.stopped': { stream: 'thing', code: 'number' },
  credit: { flow: 'thing', bytes: 'number' },
  ping: { id: 'number' },
  error: { code: 'string', message: 'string' },
};

/**
 * @param {string} text
 * @returns {{ message: AgentMessage, thing?: number, made?: number } | null} null for a type that a later agent may know
 * @throws {ProtocolError}
 */
export function parse(text) {
  const message = parseObject(text);
  const fields = Object.hasOwn(AGENT_FIELDS, message.type) ? AGENT_FIELDS[message.type] : undefined;
  if (!fields) {
    return null;
  }
  /** @type {{ message: AgentMessage, thing?: number, made?: number }} */
  const parsed = { message };
  for (const [field, kind] of Object.entries(fields)) {
    const value = message[field];
    if (!(kind.endsWith('?') && value === undefined) && !isOf(kind, value)) {
      throw new ProtocolError(`${message.type}: its field ${field} is no ${kind}`);
    }
    if (kind === 'thing') {
      parsed.thing = value;
    } else if (kind === 'new') {
      parsed.made = value;
    }
  }
  return parsed;
}

/** @param {string} text */
function parseObject(text) {
  if (text.length > MAX_CONTROL) {
    throw new ProtocolError(`A control message of ${text.length} characters; ${MAX_CONTROL} is the most`);
  }
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    throw new ProtocolError('A control message that is no JSON');
  }
  if (typeof message !== 'object' || message === null || typeof message.type !== 'string') {
    throw new ProtocolError('A control message without a type');
  }
  return message;
}

/**
 * @param {string} kind
 * @param {any} value
 */
function isOf(kind, value) {
  const type = kind.replace('?', '');
  switch (type) {
    case 'number':
    case 'thing':
    case 'new':
      return Number.isInteger(value) && value >= 0 && value <= MAX_NUMBER;
    case 'error':
      return typeof value?.name === 'string' && typeof value.message === 'string';
    case 'object':
      return typeof value === 'object' && value !== null;
    default:
      return typeof value === type;
  }
}

/**
 * A frame that lacks its header, with a copy of the payload.
 *
 * @param {Uint8Array} payload
 */
export function newFrame(payload) {
  const frame = new Uint8Array(HEADER + payload.length);
  frame.set(payload, HEADER);
  return frame;
}

/**
 * @param {Uint8Array<ArrayBuffer>} frame
 * @param {number} kind
 * @param {number} flow
 */
export function setHeader(frame, kind, flow) {
  frame[0] = kind;
  new DataView(frame.buffer).setUint32(1, flow);
}

/**
 * @param {ArrayBuffer} frame
 * @returns {{ kind: number, flow: number, payload: Uint8Array<ArrayBuffer> }} a view of the frame
 * @throws {ProtocolError}
 */
export function decodeFrame(frame) {
  if (frame.byteLength < HEADER || frame.byteLength > HEADER + MAX_FRAME) {
    throw new ProtocolError(`A frame of ${frame.byteLength} bytes`);
  }
  const view = new DataView(frame);
  const kind = view.getUint8(0);
  if (kind < Kind.TEXT_PART || kind > Kind.DATAGRAM) {
    throw new ProtocolError(`A frame of the unknown kind ${kind}`);
  }
  return { kind, flow: view.getUint32(1), payload: new Uint8Array(frame, HEADER) };
}
