'use strict';

// Deep equality: loose (assert.deepEqual), strict (deepStrictEqual, util.isDeepStrictEqual) and partial (partialDeepStrictEqual, where
// the first value may have more than the second).

const types = require('internal/util/types');
const { details } = require('internal/runtime');

const kLoose = 0;
const kStrict = 1;
const kStrictWithoutPrototypes = 2;
const kPartial = 3;

const { hasOwn, getPrototypeOf } = Object;
const isEnumerable = Function.prototype.call.bind(Object.prototype.propertyIsEnumerable);
const tagOf = Function.prototype.call.bind(Object.prototype.toString);

const typedArrayTag = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);

const isError = (value) => types.isNativeError(value) || value instanceof Error;
const isObject = (value) => typeof value === 'object' && value !== null;

// Objects under comparison, by depth: a pair met again is equal if both cycles close at the same depth.
class Memo {
  constructor() {
    this.a = new Map();
    this.b = new Map();
    this.depth = 0;
  }
}

function deepEqual(a, b, mode, memo) {
  if (a === b) return a !== 0 || mode === kLoose || Object.is(a, b);
  if (mode !== kLoose) {
    if (typeof a !== 'object') return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    if (typeof b !== 'object' || a === null || b === null) return false;
    if (mode === kStrict && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  } else {
    if (!isObject(a)) {
      // eslint-disable-next-line eqeqeq
      return !isObject(b) && (a == b || (Number.isNaN(a) && Number.isNaN(b)));
    }
    if (!isObject(b)) return false;
  }
  return objectsEqual(a, b, mode, memo);
}

function objectsEqual(a, b, mode, memo) {
  if (tagOf(a) !== tagOf(b)) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || (mode === kPartial ? a.length < b.length : a.length !== b.length)) return false;
    const keys = ownNonIndexKeys(b);
    if (mode !== kPartial && keys.length !== ownNonIndexKeys(a).length) return false;
    return compareEntries(a, b, mode, memo, arraysEqual, keys, b.length === 0);
  }
  if (types.isDate(a)) {
    if (!types.isDate(b)) return false;
    if (!Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b))) return false;
  } else if (types.isRegExp(a)) {
    if (!types.isRegExp(b) || a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false;
  } else if (isError(a)) {
    if (!isError(b)) return false;
    for (const name of ['message', 'name', 'cause', 'errors']) {
      if (!hiddenPropertyEqual(a, b, name, mode, memo)) return false;
    }
    if (hasOwn(b, 'cause') ? !hasOwn(a, 'cause') : mode !== kPartial && hasOwn(a, 'cause')) return false;
  } else if (ArrayBuffer.isView(a)) {
    if (!ArrayBuffer.isView(b)) return false;
    if (!viewsEqual(a, b, mode)) return false;
    const keys = ownNonIndexKeys(b);
    if (mode !== kPartial && keys.length !== ownNonIndexKeys(a).length) return false;
    return compareEntries(a, b, mode, memo, undefined, keys, true);
  } else if (types.isSet(a)) {
    if (!types.isSet(b) || (mode === kPartial ? a.size < b.size : a.size !== b.size)) return false;
    return compareEntries(a, b, mode, memo, setsEqual, undefined, b.size === 0);
  } else if (types.isMap(a)) {
    if (!types.isMap(b) || (mode === kPartial ? a.size < b.size : a.size !== b.size)) return false;
    return compareEntries(a, b, mode, memo, mapsEqual, undefined, b.size === 0);
  } else if (types.isAnyArrayBuffer(a)) {
    if (!types.isAnyArrayBuffer(b) || types.isSharedArrayBuffer(a) !== types.isSharedArrayBuffer(b)) return false;
    if (!bytesEqual(new Uint8Array(a), new Uint8Array(b), mode)) return false;
  } else if (types.isBoxedPrimitive(a)) {
    if (!boxedEqual(a, b)) return false;
  } else if (hasContents(b)) {
    return false;
  } else if (isUrl(a)) {
    if (!isUrl(b) || a.href !== b.href) return false;
  } else if (types.isKeyObject(a)) {
    if (!types.isKeyObject(b) || !a.equals(b)) return false;
  } else if (types.isPromise(a) || types.isWeakMap(a) || types.isWeakSet(a) || a instanceof WeakRef) {
    return false; // what they hold cannot be compared
  }
  return compareEntries(a, b, mode, memo, undefined, undefined, true);
}

function hasContents(value) {
  return Array.isArray(value) || ArrayBuffer.isView(value) || types.isSet(value) || types.isMap(value) ||
    types.isDate(value) || types.isRegExp(value) || types.isAnyArrayBuffer(value) || types.isBoxedPrimitive(value) ||
    isError(value);
}

function isUrl(value) {
  return typeof value.href === 'string' && typeof value.protocol === 'string' && value.auth === undefined &&
    value.path === undefined && tagOf(value) === '[object URL]';
}

// Properties of errors count even though they are not enumerable.
function hiddenPropertyEqual(a, b, name, mode, memo) {
  return isEnumerable(b, name) || (mode === kPartial && (b[name] === undefined || (name !== 'name' && !hasOwn(b, name)))) ||
     deepEqual(a[name], b[name], mode, memo);
}

function ownNonIndexKeys(object) {
  return details.getOwnNonIndexProperties(object, true).filter((key) => typeof key === 'string');
}

function viewsEqual(a, b, mode) {
  if (typedArrayTag(a) !== typedArrayTag(b)) return false;
  if (mode !== kPartial ? a.byteLength !== b.byteLength : a.byteLength < b.byteLength) return false;
  if (types.isFloat32Array(a) || types.isFloat64Array(a) || types.isFloat16Array(a)) {
    if (mode === kPartial) return isSubsequence(a, b, Object.is);
    for (let i = 0; i < a.length; i++) {
      if (mode === kLoose ? a[i] !== b[i] : !Object.is(a[i], b[i])) return false;
    }
    return true;
  }
  if (mode === kPartial && types.isTypedArray(a)) return isSubsequence(a, b, Object.is);
  return bytesEqual(new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
                    new Uint8Array(b.buffer, b.byteOffset, b.byteLength), mode);
}

function bytesEqual(a, b, mode) {
  if (mode === kPartial) return isSubsequence(a, b, Object.is);
  if (a.length !== b.length) return false;
  if (a.length > 64) return require('buffer').Buffer.compare(a, b) === 0; // in Java
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// Whether all elements of b are in a, in b's order.
function isSubsequence(a, b, equal) {
  let next = 0;
  for (let i = 0; i < a.length && next < b.length; i++) {
    if (equal(a[i], b[next])) next++;
    if (a.length - i - 1 < b.length - next) return false;
  }
  return next === b.length;
}

function boxedEqual(a, b) {
  for (const [isKind, prototype] of [
    [types.isNumberObject, Number.prototype], [types.isStringObject, String.prototype],
    [types.isBooleanObject, Boolean.prototype], [types.isBigIntObject, BigInt.prototype],
    [types.isSymbolObject, Symbol.prototype],
  ]) {
    if (isKind(a)) {
      return isKind(b) && Object.is(prototype.valueOf.call(a), prototype.valueOf.call(b));
    }
  }
  return false;
}

// Own properties, then what `contents` compares.
function compareEntries(a, b, mode, memo, contents, keys, isEmpty) {
  if (keys === undefined) {
    keys = Object.keys(b);
    if (mode !== kPartial && keys.length !== Object.keys(a).length) return false;
  }
  for (const key of keys) {
    if (mode === kLoose ? !hasOwn(a, key) : !isEnumerable(a, key)) return false;
  }
  if (mode !== kLoose) {
    const symbols = Object.getOwnPropertySymbols(b);
    let count = 0;
    for (const symbol of symbols) {
      if (isEnumerable(b, symbol)) {
        if (!isEnumerable(a, symbol)) return false;
        if (count === 0) keys = keys.slice();
        keys.push(symbol);
        count++;
      } else if (mode !== kPartial && isEnumerable(a, symbol)) {
        return false;
      }
    }
    if (mode !== kPartial) {
      let others = 0;
      for (const symbol of Object.getOwnPropertySymbols(a)) if (isEnumerable(a, symbol)) others++;
      if (others !== count) return false;
    }
  }
  if (keys.length === 0 && isEmpty) return true;

  memo ??= new Memo();
  const depthOfA = memo.a.get(a);
  const depthOfB = memo.b.get(b);
  if (depthOfA !== undefined || depthOfB !== undefined) return depthOfA === depthOfB;
  memo.depth++;
  memo.a.set(a, memo.depth);
  memo.b.set(b, memo.depth);
  let equal = true;
  for (const key of keys) {
    if (!deepEqual(a[key], b[key], mode, memo)) {
      equal = false;
      break;
    }
  }
  if (equal && contents !== undefined) equal = contents(a, b, mode, memo);
  memo.depth--;
  memo.a.delete(a);
  memo.b.delete(b);
  return equal;
}

function arraysEqual(a, b, mode, memo) {
  if (mode === kPartial) return partialArraysEqual(a, b, memo);
  for (let i = 0; i < b.length; i++) {
    // A hole is not undefined.
    if (b[i] === undefined || a[i] === undefined) {
      const isHole = !hasOwn(b, i);
      if (isHole !== !hasOwn(a, i)) return false;
      if (isHole) return sparseArraysEqual(a, b, mode, memo);
    }
    if (!deepEqual(a[i], b[i], mode, memo)) return false;
  }
  return true;
}

function indexKeys(array) {
  const keys = Object.keys(array);
  // Other keys follow the indexes and are compared as properties.
  while (keys.length > 0 && !/^(?:0|[1-9]\d*)$/.test(keys[keys.length - 1])) keys.pop();
  return keys;
}

function sparseArraysEqual(a, b, mode, memo) {
  const keysOfA = indexKeys(a);
  const keysOfB = indexKeys(b);
  if (keysOfA.length !== keysOfB.length) return false;
  for (let i = 0; i < keysOfB.length; i++) {
    if (keysOfA[i] !== keysOfB[i] || !deepEqual(a[keysOfA[i]], b[keysOfB[i]], mode, memo)) return false;
  }
  return true;
}

// Holes of the expected array stand for anything.
function partialArraysEqual(a, b, memo) {
  const dense = (array) => {
    if (array.length < 1e5 && !array.includes(undefined)) return array;
    return indexKeys(array).map((key) => array[key]);
  };
  return isSubsequence(dense(a), dense(b), (x, y) => deepEqual(x, y, kPartial, memo));
}

// Takes the elements that are the same in both away, then looks for a partner for each that is left.
function setsEqual(a, b, mode, memo) {
  let left;
  for (const value of b) {
    if (a.has(value)) continue;
    if (!isObject(value) && mode !== kLoose) return false;
    left ??= [];
    left.push(value);
  }
  if (left === undefined) return true;
  const candidates = [];
  for (const value of a) {
    if (!b.has(value) && (mode === kLoose || isObject(value))) candidates.push(value);
  }
  if (candidates.length < left.length) return false;
  return left.every((value) => takeMatch(candidates, (candidate) => deepEqual(candidate, value, mode, memo)));
}

function takeMatch(candidates, matches) {
  for (let i = 0; i < candidates.length; i++) {
    if (matches(candidates[i])) {
      candidates.splice(i, 1);
      return true;
    }
  }
  return false;
}

function mapsEqual(a, b, mode, memo) {
  let left;
  const taken = new Set();
  for (const { 0: key, 1: value } of b) {
    if (a.has(key) && deepEqual(a.get(key), value, mode, memo)) {
      taken.add(key);
      continue;
    }
    if (!isObject(key) && mode !== kLoose) return false;
    left ??= [];
    left.push([key, value]);
  }
  if (left === undefined) return true;
  const candidates = [];
  for (const { 0: key, 1: value } of a) {
    if (!taken.has(key) && (mode === kLoose || isObject(key))) candidates.push([key, value]);
  }
  if (candidates.length < left.length) return false;
  return left.every(({ 0: key, 1: value }) => takeMatch(
    candidates, (candidate) => deepEqual(candidate[0], key, mode, memo) && deepEqual(candidate[1], value, mode, memo)));
}

function isDeepEqual(a, b) {
  return deepEqual(a, b, kLoose);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return deepEqual(a, b, skipPrototype ? kStrictWithoutPrototypes : kStrict);
}

function isPartialStrictEqual(actual, expected) {
  return deepEqual(actual, expected, kPartial);
}

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual };
