/**
 * What a browser does between a page's values and a specification's steps.
 *
 * @see https://webidl.spec.whatwg.org/
 */

/**
 * Gives a class the property attributes of an interface: members that enumerate, and a name for `Object.prototype.toString`.
 *
 * @param {Function} type
 * @param {string} [name] the interface's, unless the class has it
 * @param {string[]} [promises] attributes of a promise type, which reject where others throw
 */
export function defineInterface(type, name = type.name, promises = []) {
  const { prototype } = type;
  promises.forEach((attribute) => rejectInsteadOfThrowing(prototype, attribute));
  makeEnumerable(prototype, ['constructor']);
  makeEnumerable(type, ['length', 'name', 'prototype']);
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/**
 * @param {object} prototype
 * @param {string} attribute
 * @see https://webidl.spec.whatwg.org/#dfn-attribute-getter
 */
function rejectInsteadOfThrowing(prototype, attribute) {
  const throwing = Object.getOwnPropertyDescriptor(prototype, attribute)?.get;
  const { get } = /** @type {PropertyDescriptor} */ (
    Object.getOwnPropertyDescriptor(
      {
        get [attribute]() {
          try {
            return throwing?.call(this);
          } catch (error) {
            return Promise.reject(error);
          }
        },
      },
      attribute,
    )
  );
  Object.defineProperty(prototype, attribute, { get, configurable: true });
}

/**
 * @param {object} object
 * @param {string[]} except
 */
function makeEnumerable(object, except) {
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (!except.includes(key)) {
      Object.defineProperty(object, key, { ...property, enumerable: true });
    }
  }
}

/**
 * Makes objects of a class instances of the browser's own interface as well, where the browser has it. The class must
 * override every member, for the browser's refuse objects that it did not make.
 *
 * @param {Function} type
 * @param {string} name
 */
export function inheritFromBrowser(type, name) {
  const native = /** @type {Record<string, any>} */ (globalThis)[name];
  if (typeof native !== 'function') {
    return;
  }
  const parent = Object.getPrototypeOf(type.prototype);
  if (parent === Object.prototype || parent === Object.getPrototypeOf(native.prototype)) {
    Object.setPrototypeOf(type.prototype, native.prototype);
    if (parent === Object.prototype) {
      Object.setPrototypeOf(type, native);
    }
  }
}

/**
 * @param {ArrayLike<unknown>} values
 * @param {number} needed
 * @param {string} what
 */
export function requireArguments(values, needed, what) {
  if (values.length < needed) {
    const s = needed === 1 ? '' : 's';
    throw new TypeError(`${what}: ${needed} argument${s} required, but only ${values.length} present.`);
  }
}

/**
 * @param {unknown} value
 * @returns {string} with every lone surrogate replaced
 */
export function toUSVString(value) {
  return toDOMString(value).toWellFormed();
}

/**
 * @param {unknown} value
 * @returns {string}
 */
export function toDOMString(value) {
  // Not String(value), which takes a symbol.
  return `${/** @type {any} */ (value)}`;
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {Record<string, unknown>}
 */
export function toDictionary(value, what) {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== 'object' && typeof value !== 'function') {
    throw new TypeError(`${what}: the provided value is not an object.`);
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * An integer with `[EnforceRange]`.
 *
 * @param {unknown} value
 * @param {number} max
 * @param {string} what
 */
export function enforceRange(value, max, what) {
  const number = Math.trunc(toNumber(value));
  if (!Number.isFinite(number) || number < 0 || number > max) {
    throw new TypeError(`${what}: the value is outside the range of 0 to ${max}.`);
  }
  return number + 0;
}

/**
 * An `unsigned long` without attributes: what is too large wraps around.
 *
 * @param {unknown} value
 */
export function toUnsignedLong(value) {
  return toNumber(value) >>> 0;
}

/**
 * A number as WebIDL converts one: BigInt and symbols are a TypeError.
 *
 * @param {unknown} value
 */
export function toNumber(value) {
  return +(/** @type {any} */ (value));
}

/**
 * @param {string} value
 * @returns {number} bytes in UTF-8
 */
export function utf8Length(value) {
  return encoder.encode(value).length;
}

const encoder = new TextEncoder();
