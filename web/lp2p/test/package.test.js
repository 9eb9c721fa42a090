import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { test } from './limited.js';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

test('the package has all that it needs, depends on nothing, and is of use to TypeScript', async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--offline'], { cwd: FOLDER });
  // What the scripts say comes first.
  const [{ files }] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))));
  const paths = files.map(({ path }) => path);
  const modules = await readdir(`${FOLDER}/src`);
  const expected = modules.flatMap((name) => [`src/${name}`, `types/${name.replace('.js', '.d.ts')}`]);
  assert.deepEqual(paths.toSorted(), [...expected, 'LICENSE', 'README.md', 'global.d.ts', 'package.json'].toSorted());
  const description = JSON.parse(await readFile(`${FOLDER}/package.json`, 'utf8'));
  assert.equal(description.dependencies, undefined);
  await promisify(execFile)('npx', ['tsc', '-p', 'test/types'], { cwd: FOLDER }).catch(({ stdout }) =>
    assert.fail(stdout),
  );
  for (const { types, default: module } of [description.exports['.'], description.exports['./global']]) {
    assert.ok(paths.includes(types.slice(2)) && paths.includes(module.slice(2)));
  }
});

test('the lockfile names no registry, and every version is exact', async () => {
  const lock = await readFile(`${FOLDER}/package-lock.json`, 'utf8');
  assert.doesNotMatch(lock, /"resolved"/);
  const { devDependencies } = JSON.parse(await readFile(`${FOLDER}/package.json`, 'utf8'));
  for (const version of Object.values(devDependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/);
  }
});
