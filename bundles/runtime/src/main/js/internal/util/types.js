'use strict';

// util.types: what V8 tells natively about values comes from the runtime; kinds of views are told apart here.

const native = require('internal/runtime').types;

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const tagOf = Function.prototype.call.bind(typedArrayTag);
const { isView } = ArrayBuffer;

const types = {};
for (const name of [
  'isArgumentsObject', 'isArrayBuffer', 'isAsyncFunction', 'isBigIntObject', 'isBooleanObject', 'isDate', 'isExternal',
  'isGeneratorFunction', 'isGeneratorObject', 'isMap', 'isMapIterator', 'isModuleNamespaceObject', 'isNativeError',
  'isNumberObject', 'isPromise', 'isProxy', 'isRegExp', 'isSet', 'isSetIterator', 'isSharedArrayBuffer',
  'isStringObject', 'isSymbolObject', 'isWeakMap', 'isWeakSet',
]) {
  types[name] = native[name];
}

module.exports = Object.assign(types, {
  isAnyArrayBuffer(value) { return native.isArrayBuffer(value) || native.isSharedArrayBuffer(value); },
  isBoxedPrimitive(value) {
    return native.isNumberObject(value) || native.isStringObject(value) || native.isBooleanObject(value) ||
      native.isBigIntObject(value) || native.isSymbolObject(value);
  },
  isArrayBufferView: isView,
  isDataView(value) { return isView(value) && tagOf(value) === undefined; },
  isTypedArray(value) { return tagOf(value) !== undefined; },
  isUint8Array(value) { return tagOf(value) === 'Uint8Array'; },
  isUint8ClampedArray(value) { return tagOf(value) === 'Uint8ClampedArray'; },
  isUint16Array(value) { return tagOf(value) === 'Uint16Array'; },
  isUint32Array(value) { return tagOf(value) === 'Uint32Array'; },
  isInt8Array(value) { return tagOf(value) === 'Int8Array'; },
  isInt16Array(value) { return tagOf(value) === 'Int16Array'; },
  isInt32Array(value) { return tagOf(value) === 'Int32Array'; },
  isFloat16Array(value) { return tagOf(value) === 'Float16Array'; },
  isFloat32Array(value) { return tagOf(value) === 'Float32Array'; },
  isFloat64Array(value) { return tagOf(value) === 'Float64Array'; },
  isBigInt64Array(value) { return tagOf(value) === 'BigInt64Array'; },
  isBigUint64Array(value) { return tagOf(value) === 'BigUint64Array'; },
});

// Only values that crypto made can be its keys: its classes mark theirs.
const { stateSymbol } = require('internal/symbols');
for (const [name, symbol] of [
  ['isKeyObject', stateSymbol('crypto.isKeyObject')], ['isCryptoKey', stateSymbol('crypto.isCryptoKey')],
]) {
  const check = { [name](value) { return typeof value === 'object' && value !== null && value[symbol] === true; } };
  Object.defineProperty(types, name, { __proto__: null, value: check[name], enumerable: true });
}
