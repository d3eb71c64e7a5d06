'use strict';

// Small things that all parts of the Streams standard (https://streams.spec.whatwg.org) share here.

const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

// The internal slots of an object, under the names of the standard.
const kState = stateSymbol('webstream.state');
// The key of a constructor argument that only this bundle has: objects that scripts cannot construct.
const kInternal = Symbol('kInternal');

function nothing() {}

/** A promise, its two functions, and whether none of them has been called. */
function deferred() {
  const holder = { promise: undefined, resolve: undefined, reject: undefined, isPending: true };
  holder.promise = new Promise((resolve, reject) => {
    holder.resolve = (value) => {
      holder.isPending = false;
      resolve(value);
    };
    holder.reject = (reason) => {
      holder.isPending = false;
      reject(reason);
    };
  });
  return holder;
}

function resolved(value) {
  return { promise: Promise.resolve(value), resolve: undefined, reject: undefined, isPending: false };
}

function rejected(reason) {
  const promise = Promise.reject(reason);
  setHandled(promise);
  return { promise, resolve: undefined, reject: undefined, isPending: false };
}

/** A rejection of it is nobody's fault. */
function setHandled(promise) {
  promise.then(undefined, nothing);
}

/** Calls a script's function; what it returns or throws as a promise. */
function promiseCall(fn, receiver, ...args) {
  try {
    return Promise.resolve(Reflect.apply(fn, receiver, args));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** A method of an underlying source, sink or transformer, as an algorithm that gives a promise. */
function algorithm(object, name, otherwise = () => Promise.resolve()) {
  const method = object?.[name];
  if (method === undefined) return otherwise;
  if (typeof method !== 'function') {
    const { validateFunction } = require('internal/validators');
    validateFunction(method, `source.${name}`);
  }
  return (...args) => promiseCall(method, object, ...args);
}

function invalidState(message, Base = TypeError) {
  const error = new Base(`Invalid state: ${message}`);
  error.code = 'ERR_INVALID_STATE';
  return error;
}

function invalidArgument(name, value, reason = 'is invalid', Base = TypeError) {
  const { inspect } = require('internal/util/inspect');
  const kind = name.includes('.') ? 'property' : 'argument';
  const error = new Base(`The ${kind} '${name}' ${reason}. Received ${inspect(value)}`);
  error.code = 'ERR_INVALID_ARG_VALUE';
  return error;
}

/** The slots of `value` if it is of class `Class`; throws otherwise. */
function slots(value, Class) {
  const state = value?.[kState];
  if (state === undefined || state.brand !== Class) throw new ERR_INVALID_THIS(Class.name);
  return state;
}

/** As slots(), with the error of classes that Node.js builds on private members. */
function privateSlots(value, Class) {
  if (!isA(value, Class)) {
    throw new TypeError('Cannot read private member #transform from an object whose class did not declare it');
  }
  return value[kState];
}

function isA(value, Class) {
  return value?.[kState]?.brand === Class;
}

function setSlots(object, Class, state) {
  state.brand = Class;
  Object.defineProperty(object, kState, { __proto__: null, value: state, enumerable: false, configurable: true });
  return state;
}

/** Makes `inspect` show `describe`'s properties. */
function inspectable(Class, describe) {
  Object.defineProperty(Class.prototype, customInspectSymbol, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    writable: true,
    value(depth, options, inspect) {
      slots(this, Class);
      if (depth < 0) return this;
      inspect ??= require('internal/util/inspect').inspect;
      const inner = { ...options, depth: typeof options?.depth === 'number' ? options.depth - 1 : null };
      return `${Class.name} ${inspect(describe.call(this), inner)}`;
    },
  });
}

/** Gives a class what Web IDL asks for: enumerable members and a string tag. */
function webInterface(Class, staticNames = []) {
  for (const name of Reflect.ownKeys(Class.prototype)) {
    if (name === 'constructor' || typeof name === 'symbol') continue;
    Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  }
  for (const name of staticNames) Object.defineProperty(Class, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, writable: false, enumerable: false, value: Class.name,
  });
}

// ---- Queues with sizes

function resetQueue(container) {
  container.queue = [];
  container.queueTotalSize = 0;
}

function enqueueWithSize(container, value, size) {
  size = Number(size);
  if (!(size >= 0) || size === Infinity) throw invalidArgument('size', size, 'is invalid', RangeError);
  container.queue.push({ value, size });
  container.queueTotalSize += size;
}

function dequeue(container) {
  const { value, size } = container.queue.shift();
  container.queueTotalSize = Math.max(0, container.queueTotalSize - size);
  return value;
}

// ---- Strategies

function extractHighWaterMark(value, fallback) {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (Number.isNaN(number) || number < 0) {
    throw invalidArgument('strategy.highWaterMark', value, 'is invalid', RangeError);
  }
  return number;
}

function extractSize(size) {
  if (size === undefined) return () => 1;
  require('internal/validators').validateFunction(size, 'strategy.size');
  return (chunk) => Reflect.apply(size, undefined, [chunk]);
}

module.exports = {
  algorithm,
  deferred,
  dequeue,
  enqueueWithSize,
  extractHighWaterMark,
  extractSize,
  inspectable,
  invalidArgument,
  invalidState,
  isA,
  kInternal,
  kState,
  nothing,
  privateSlots,
  promiseCall,
  rejected,
  resetQueue,
  resolved,
  setHandled,
  setSlots,
  slots,
  webInterface,
};
