'use strict';

const {
  codes: { ERR_INVALID_ARG_VALUE },
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
    throw new Error('mock.timers of node:test is not implemented');
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

  property() {
    throw new Error('mock.property() of node:test is not implemented');
  }

  module() {
    throw new Error('mock.module() of node:test is not implemented');
  }

  restoreAll() {
    for (const context of this.made) context.restore();
  }

  reset() {
    this.restoreAll();
    this.made.length = 0;
  }
}

module.exports = { MockTracker };
