'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateFunction, validateInteger, validateObject } = require('internal/validators');

/** What is known of a mocked function: its calls, and what it does. */
class MockFunctionContext {
  constructor(implementation, restore, times = Infinity) {
    this.list = [];
    this.implementation = implementation;
    this.once = new Map();
    this.putBack = restore;
    this.times = times;
    for (const key of Object.keys(this)) Object.defineProperty(this, key, { __proto__: null, enumerable: false });
  }

  get calls() {
    return this.list.slice();
  }

  callCount() {
    return this.list.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const call = onCall ?? this.list.length;
    validateInteger(call, 'onCall', this.list.length);
    this.once.set(call, implementation);
  }

  restore() {
    this.putBack?.(this);
  }

  resetCalls() {
    this.list.length = 0;
  }

  next(original) {
    const count = this.list.length;
    const once = this.once.get(count);
    this.once.delete(count);
    return once ?? (count < this.times ? this.implementation : original);
  }
}

/** What is known of a mocked property: who read and wrote it. */
class MockPropertyContext {
  constructor(object, name, value) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    if (own === undefined && !(name in object)) throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    if (own?.configurable === false) throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'is not configurable');
    const hidden = { list: [], once: new Map(), own, object, propertyName: name, value };
    for (const key of Object.keys(hidden)) {
      Object.defineProperty(this, key, { __proto__: null, value: hidden[key], writable: true });
    }
    const context = this;
    Object.defineProperty(object, name, {
      __proto__: null,
      configurable: true,
      enumerable: own?.enumerable ?? true,
      get() { return context.access('get'); },
      set(next) { context.access('set', next); },
    });
  }

  access(type, next) {
    const at = this.list.length;
    const isOnce = this.once.has(at);
    let result = isOnce ? this.once.get(at) : this.value;
    this.once.delete(at);
    if (type === 'set') {
      result = isOnce ? result : next;
      this.value = result;
    }
    this.list.push({ __proto__: null, type, value: result, stack: new Error() });
    return result;
  }

  get accesses() {
    return this.list.slice();
  }

  accessCount() {
    return this.list.length;
  }

  mockImplementation(value) {
    this.value = value;
  }

  mockImplementationOnce(value, onAccess) {
    const at = onAccess ?? this.list.length;
    validateInteger(at, 'onAccess', this.list.length);
    this.once.set(at, value);
  }

  resetAccesses() {
    this.list.length = 0;
  }

  restore() {
    if (this.own === undefined) delete this.object[this.propertyName];
    else Object.defineProperty(this.object, this.propertyName, this.own);
  }
}

function record(context, call) {
  const entry = {
    __proto__: null,
    arguments: call.args,
    error: undefined,
    result: undefined,
    stack: new Error(),
    target: call.target,
    this: call.receiver,
  };
  const implementation = context.next(call.original);
  try {
    entry.result = call.target === undefined ?
      Reflect.apply(implementation, call.receiver, call.args) :
      Reflect.construct(implementation, call.args, call.target);
    entry.this = call.target === undefined ? call.receiver : entry.result;
    return entry.result;
  } catch (error) {
    entry.error = error;
    throw error;
  } finally {
    context.list.push(entry);
  }
}

function mockOf(original, context) {
  return new Proxy(original, {
    apply: (target, receiver, args) => record(context, { original, args, receiver, target: undefined }),
    construct: (target, args, newTarget) =>
      record(context, { original, args, receiver: undefined, target: newTarget }),
    get: (target, key, receiver) => key === 'mock' ? context : Reflect.get(target, key, receiver),
  });
}

function nothing() {}

function findDescriptor(object, name) {
  for (let each = object; each != null; each = Object.getPrototypeOf(each)) {
    const descriptor = Object.getOwnPropertyDescriptor(each, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

class MockTracker {
  constructor() {
    Object.defineProperty(this, 'made', { __proto__: null, value: [] });
  }

  get timers() {
    if (this.mockTimers === undefined) {
      const { MockTimers } = require('internal/test/mock_timers');
      Object.defineProperty(this, 'mockTimers', { __proto__: null, value: new MockTimers(), configurable: true });
    }
    return this.mockTimers;
  }

  fn(original = nothing, implementation = original, options = undefined) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = implementation = nothing;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    const context = new MockFunctionContext(implementation, (own) => { own.implementation = original; }, options?.times);
    this.made.push(context);
    return mockOf(original, context);
  }

  method(object, name, implementation = undefined, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    validateObject(options, 'options');
    const kind = options.getter ? 'get' : options.setter ? 'set' : 'value';
    const descriptor = findDescriptor(object, name);
    const original = descriptor?.[kind];
    if (typeof original !== 'function') throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    const own = Object.getOwnPropertyDescriptor(object, name);
    const context = new MockFunctionContext(implementation ?? original, () => {
      if (own === undefined) delete object[name];
      else Object.defineProperty(object, name, own);
    }, options.times);
    this.made.push(context);
    const mocked = mockOf(original, context);
    Object.defineProperty(object, name, { ...descriptor, [kind]: mocked, configurable: true });
    return mocked;
  }

  getter(object, name, implementation = undefined, options = undefined) {
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation = undefined, options = undefined) {
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  property(object, name, value) {
    validateObject(object, 'object');
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], name);
    }
    const context = new MockPropertyContext(object, name, arguments.length > 2 ? value : object[name]);
    this.made.push(context);
    return new Proxy(object, {
      __proto__: null,
      get: (target, key, receiver) => (key === 'mock' ? context : Reflect.get(target, key, receiver)),
    });
  }

  module(specifier, options = { __proto__: null }) {
    const context = require('internal/test/mock_module').mockModule(specifier, options);
    this.made.push(context);
    return context;
  }

  restoreAll() {
    for (const context of this.made) context.restore();
  }

  reset() {
    this.restoreAll();
    this.mockTimers?.reset();
    this.made.length = 0;
  }
}
if (!require('internal/options').getOptionValue('--experimental-test-module-mocks')) delete MockTracker.prototype.module;

module.exports = { MockTracker };
