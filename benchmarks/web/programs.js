import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of the programs that is on the PATH. */
export function onPath(...names) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
