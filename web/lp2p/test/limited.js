import { test as unlimited } from 'node:test';

/** What hangs fails by its own name, long before the whole run is ended. */
const LIMIT_MS = 60_000;

/** Node's `test`, with a limit. @type {typeof import('node:test').test} */
export function test(name, ...rest) {
  const run = rest.pop();
  const [options] = rest;
  return unlimited(name, { timeout: LIMIT_MS, ...options }, run);
}
