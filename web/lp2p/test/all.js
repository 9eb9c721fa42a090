/**
 * Every test in one process, so that one browser serves them all: starting one takes longer than most files.
 */
import { readdir } from 'node:fs/promises';

const files = await readdir(new URL('.', import.meta.url));
for (const file of files.filter((name) => name.endsWith('.test.js')).sort()) {
  await import(`./${file}`);
}
