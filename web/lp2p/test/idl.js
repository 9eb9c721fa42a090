import { readFile } from 'node:fs/promises';
import { parse } from 'webidl2';

const FILES = ['../../../spec/lp2p.idl', './web-only.idl'];

/**
 * The interfaces that a page is to have, as plain data that can be given to one.
 *
 * @returns {Promise<{ name: string, parent: string | null, constructor: number | null, members: object[] }[]>}
 */
export async function readInterfaces() {
  const texts = await Promise.all(FILES.map((file) => readFile(new URL(file, import.meta.url), 'utf8')));
  const definitions = texts
    // The names of nested Java types are no identifiers of WebIDL.
    .flatMap((text) => parse(text.replace(/, Java=[\w.]+/g, '')))
    .filter(({ type, extAttrs }) => type === 'interface' && !has(extAttrs, 'JavaOnly'))
    // WebTransport's interfaces are the browser's own; Java, which has no other, lists those in the IDL.
    .filter(({ name, extAttrs }) => !name.startsWith('WebTransport') || has(extAttrs, 'Inherited'));
  const inherited = new Map(
    definitions.filter(({ extAttrs }) => has(extAttrs, 'Inherited')).map((it) => [it.name, it.members]),
  );
  const interfaces = new Map();
  for (const { name, inheritance, members, extAttrs } of definitions) {
    if (has(extAttrs, 'Inherited')) {
      continue;
    }
    const found = interfaces.get(name) ?? { name, parent: null, constructor: null, members: new Map() };
    interfaces.set(name, found);
    found.parent ??= inheritance;
    for (const member of [...members, ...(inherited.get(inheritance) ?? [])]) {
      if (member.type === 'constructor') {
        found.constructor = required(member.arguments);
      } else if (!has(member.extAttrs, 'JavaOnly')) {
        found.members.set(member.name, describe(member));
      }
    }
  }
  return [...interfaces.values()].map((it) => ({ ...it, members: [...it.members.values()] }));
}

function describe(member) {
  return {
    name: member.name,
    isStatic: member.special === 'static',
    isReadonly: member.readonly ?? false,
    isOperation: member.type === 'operation',
    isHandler: member.type === 'attribute' && member.idlType.idlType === 'EventHandler',
    isPromise: member.idlType?.generic === 'Promise',
    required: member.type === 'operation' ? required(member.arguments) : 0,
  };
}

function required(parameters) {
  return parameters.filter(({ optional, variadic }) => !optional && !variadic).length;
}

function has(extAttrs, name) {
  return extAttrs.some((attribute) => attribute.name === name);
}
