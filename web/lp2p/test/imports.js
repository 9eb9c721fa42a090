import { readFile } from 'node:fs/promises';

const LIB0 = JSON.parse(await readFile(new URL('../node_modules/lib0/package.json', import.meta.url), 'utf8')).exports;

/** What bare names in modules mean to a page whose files are this folder under a prefix; bundlers do the like. */
export function importMap(prefix) {
  const files = {
    lp2p: 'src/lp2p.js',
    yjs: 'node_modules/yjs/dist/yjs.mjs',
    'isomorphic.js': 'node_modules/isomorphic.js/browser.mjs',
    comlink: 'node_modules/comlink/dist/esm/comlink.mjs',
    ...Object.fromEntries(
      Object.entries(LIB0)
        .map(([name, { browser, import: module }]) => [name.replace('.', 'lib0'), browser?.default ?? module])
        .filter(([, module]) => module)
        .map(([name, module]) => [name, `node_modules/lib0/${module.slice(2)}`]),
    ),
  };
  const imports = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, prefix + file]));
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}
