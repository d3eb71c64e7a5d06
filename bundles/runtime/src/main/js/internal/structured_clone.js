'use strict';

// StructuredSerialize and StructuredDeserialize in one step (HTML standard, section 2.7), as both sides are this realm. Objects that
// know how to copy themselves have a method under kClone, those that can only move one under kTransfer.

const { codes } = require('internal/errors');
const { kClone, kTransfer, kUncloneable } = require('internal/symbols');
const { types } = require('internal/runtime');

const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const PRIMITIVES = { __proto__: null, isNumberObject: Number, isStringObject: String, isBooleanObject: Boolean, isBigIntObject: BigInt };

function dataCloneError(message) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'DataCloneError');
}

/** How V8 names a value in a message. */
function describe(value) {
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (typeof value === 'symbol') return String(value);
  if (types.isProxy(value)) return '#<Object>';
  if (value.toString === Object.prototype.toString) {
    const { constructor } = value;
    if (typeof constructor === 'function' && constructor.name !== '') return `#<${constructor.name}>`;
  }
  return Object.prototype.toString.call(value);
}

function uncloneable(value) {
  return dataCloneError(`${describe(value)} could not be cloned.`);
}

function detached() {
  return dataCloneError('An ArrayBuffer is detached and could not be cloned.');
}

/** `moved` says what takes the place of objects that are transferred. */
function clone(value, moved, memory) {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol') {
      if (moved?.has(value)) return moved.get(value);
      throw uncloneable(value);
    }
    return value;
  }
  const known = memory.get(value);
  if (known !== undefined) return known;
  if (moved?.has(value)) return moved.get(value);
  if (Array.isArray(value) && !types.isProxy(value)) return cloneArray(value, moved, memory);
  if (types.isOrdinary(value)) return cloneOrdinary(value, moved, memory);
  return cloneExotic(value, moved, memory);
}

function copyProperties(source, target, moved, memory) {
  for (const key of Object.keys(source)) {
    // A getter may have removed what comes after it.
    if (!Object.hasOwn(source, key)) continue;
    const value = clone(source[key], moved, memory);
    if (key === '__proto__') Object.defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    else target[key] = value;
  }
  return target;
}

function cloneArray(value, moved, memory) {
  const copy = new Array(value.length);
  memory.set(value, copy);
  return copyProperties(value, copy, moved, memory);
}

function cloneOrdinary(value, moved, memory) {
  if (value[kUncloneable] === true) throw dataCloneError('Cannot clone object of unsupported type.');
  if (typeof value[kClone] === 'function') return remember(memory, value, value[kClone]());
  if (typeof value[kTransfer] === 'function') {
    throw dataCloneError('Object that needs transfer was found in message but not listed in transferList');
  }
  if (value === globalThis) throw uncloneable(value);
  const copy = {};
  memory.set(value, copy);
  return copyProperties(value, copy, moved, memory);
}

function remember(memory, value, copy) {
  memory.set(value, copy);
  return copy;
}

function cloneExotic(value, moved, memory) {
  if (types.isProxy(value)) throw uncloneable(value);
  if (value[kUncloneable] === true) throw dataCloneError('Cannot clone object of unsupported type.');
  if (typeof value[kClone] === 'function') return remember(memory, value, value[kClone]());
  if (ArrayBuffer.isView(value)) return cloneView(value, moved, memory);
  if (types.isArrayBuffer(value)) return remember(memory, value, copyBuffer(value));
  if (types.isSharedArrayBuffer(value)) return remember(memory, value, value);
  if (types.isDate(value)) return remember(memory, value, new Date(Date.prototype.getTime.call(value)));
  if (types.isRegExp(value)) return remember(memory, value, new RegExp(value.source, value.flags));
  if (types.isMap(value)) return cloneMap(value, moved, memory);
  if (types.isSet(value)) return cloneSet(value, moved, memory);
  if (types.isNativeError(value)) return cloneError(value, moved, memory);
  for (const kind in PRIMITIVES) {
    if (types[kind](value)) return remember(memory, value, Object(PRIMITIVES[kind].prototype.valueOf.call(value)));
  }
  throw uncloneable(value);
}

function cloneMap(value, moved, memory) {
  const copy = remember(memory, value, new Map());
  for (const [key, item] of [...Map.prototype.entries.call(value)]) copy.set(clone(key, moved, memory), clone(item, moved, memory));
  return copy;
}

function cloneSet(value, moved, memory) {
  const copy = remember(memory, value, new Set());
  for (const item of [...Set.prototype.values.call(value)]) copy.add(clone(item, moved, memory));
  return copy;
}

function copyBuffer(buffer) {
  if (buffer.detached) throw detached();
  if (!buffer.resizable) return ArrayBuffer.prototype.slice.call(buffer, 0);
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

const TypedArray = Object.getPrototypeOf(Uint8Array);
const tagOf = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;

function cloneView(value, moved, memory) {
  const { buffer, byteOffset } = value;
  if (buffer.detached) throw detached();
  const name = tagOf.call(value);
  const View = name === undefined ? DataView : globalThis[name];
  const length = name === undefined ? value.byteLength : value.length;
  const target = clone(buffer, moved, memory);
  return remember(memory, value, new View(target, byteOffset, length));
}

// Name, message, stack and cause are what travels of an error.
function cloneError(value, moved, memory) {
  const Class = ERRORS[String(value.name)] ?? Error;
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  const { stack } = value;
  const copy = message !== undefined && 'value' in message ? new Class(String(message.value)) : new Class();
  memory.set(value, copy);
  Object.defineProperty(copy, 'stack', {
    __proto__: null, value: typeof stack === 'string' ? stack : undefined, writable: true, enumerable: false, configurable: true,
  });
  if (Object.hasOwn(value, 'cause')) {
    const cause = clone(value.cause, moved, memory);
    Object.defineProperty(copy, 'cause', { __proto__: null, value: cause, writable: true, enumerable: false, configurable: true });
  }
  return copy;
}

/**
 * A copy of a value. What is in `transfer` moves over instead: buffers lose their bytes here, and `move(object)` gives what
 * stands for any other object.
 */
function cloneWithTransfer(value, transfer, move = moveObject) {
  if (transfer.length === 0) return clone(value, undefined, new Map());
  const moved = new Map();
  const buffers = [];
  for (const item of transfer) {
    if (moved.has(item)) throw dataCloneError('Transfer list contains duplicate ArrayBuffer');
    if (types.isArrayBuffer(item)) {
      if (item.detached) throw dataCloneError('Cannot transfer object of unsupported type.');
      const { byteLength, maxByteLength } = item;
      const target = item.resizable ? new ArrayBuffer(byteLength, { maxByteLength }) : new ArrayBuffer(byteLength);
      moved.set(item, target);
      buffers.push(item);
    } else {
      moved.set(item, move(item));
    }
  }
  const result = clone(value, moved, new Map());
  // Nothing was refused: only now the bytes go.
  for (const buffer of buffers) {
    new Uint8Array(moved.get(buffer)).set(new Uint8Array(buffer));
    buffer.transfer(0);
  }
  return result;
}

function moveObject(item) {
  if (typeof item[kTransfer] !== 'function') throw dataCloneError('Found invalid value in transferList.');
  return item[kTransfer]();
}

function transferListOf(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw invalidOptions("Options cannot be converted to a dictionary");
  }
  const { transfer } = options;
  if (transfer === undefined) return [];
  if (transfer === null || typeof transfer[Symbol.iterator] !== 'function') {
    throw invalidOptions('transfer in Options cannot be converted to sequence.');
  }
  const list = [...transfer];
  list.forEach((item, index) => {
    const isObject = (typeof item === 'object' && item !== null) || typeof item === 'function';
    if (!isObject) throw invalidOptions(`transfer in Options[${index}] is not an object.`);
  });
  return list;
}

function invalidOptions(message) {
  const error = new TypeError(`Failed to execute 'structuredClone': ${message}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function missingValue() {
  throw new codes.ERR_MISSING_ARGS('The value argument must be specified');
}

/** The global function. */
function structuredClone(value, options) {
  return cloneWithTransfer(value, transferListOf(options));
}

module.exports = { cloneWithTransfer, dataCloneError, describe, missingValue, structuredClone };
