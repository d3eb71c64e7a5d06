'use strict';

const { validateFunction, validateObject } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const {
  getAsyncContext, indexIn, runInFrame, setAsyncContext, withStore, withoutStore,
} = require('internal/async_context');

const kDefaultValue = stateSymbol('async_local_storage.defaultValue');
const kName = stateSymbol('async_local_storage.name');

/** What withScope() gives: disposing of it brings the store of before back. */
class RunScope {
  constructor(storage, before) {
    hide(this, 'storage', storage);
    hide(this, 'before', before);
    hide(this, 'disposed', false);
  }

  dispose() {
    if (this.disposed) return;
    this.disposed = true;
    this.storage.enterWith(this.before);
  }

  [Symbol.dispose]() {
    this.dispose();
  }
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true });
}

class AsyncLocalStorage {
  constructor(options = { __proto__: null }) {
    validateObject(options, 'options');
    hide(this, kDefaultValue, options.defaultValue);
    hide(this, kName, options.name === undefined ? '' : `${options.name}`);
  }

  get name() {
    return this[kName];
  }

  static bind(fn) {
    return require('async_hooks').AsyncResource.bind(fn);
  }

  static snapshot() {
    const frame = getAsyncContext();
    const run = (fn, ...args) => {
      if (typeof fn !== 'function') throw new TypeError('cb is not a function');
      return runInFrame(frame, fn, undefined, args);
    };
    Object.defineProperties(run, { length: { __proto__: null, value: 1 }, name: { __proto__: null, value: 'bound' } });
    return run;
  }

  disable() {
    setAsyncContext(withoutStore(getAsyncContext(), this));
  }

  enterWith(store) {
    setAsyncContext(withStore(getAsyncContext(), this, store));
  }

  run(store, fn, ...args) {
    const before = getAsyncContext();
    const index = indexIn(before, this);
    if (index !== -1 && Object.is(before[index], store)) return Reflect.apply(fn, null, args);
    const own = withStore(before, this, store);
    setAsyncContext(own);
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      // What fn did to other stores stays.
      const after = getAsyncContext();
      if (after === own) setAsyncContext(before);
      else if (index === -1) setAsyncContext(withoutStore(after, this));
      else setAsyncContext(withStore(after, this, before[index]));
    }
  }

  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  getStore() {
    const frame = getAsyncContext();
    const index = indexIn(frame, this);
    return index === -1 ? this[kDefaultValue] : frame[index];
  }

  withScope(store) {
    const scope = new RunScope(this, this.getStore());
    this.enterWith(store);
    return scope;
  }
}

module.exports = AsyncLocalStorage;
