import { MAX_NICKNAME } from './protocol.js';
import { toDOMString } from './webidl.js';

/**
 * @param {unknown} value
 * @returns {string | undefined} the beginning of it that is sent
 */
export function toNickname(value) {
  if (value === undefined) {
    return undefined;
  }
  // A character has two units at most.
  const units = toDOMString(value).slice(0, 2 * MAX_NICKNAME);
  return [...units].slice(0, MAX_NICKNAME).join('');
}
