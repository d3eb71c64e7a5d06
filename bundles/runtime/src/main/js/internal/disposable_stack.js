'use strict';

// DisposableStack, AsyncDisposableStack and SuppressedError of ECMAScript 2026, which the engine does not have yet.

function SuppressedError(error, suppressed, message) {
  const target = new.target ?? SuppressedError;
  const result = Reflect.construct(Error, message === undefined ? [] : [message], target);
  for (const [name, value] of [['error', error], ['suppressed', suppressed]]) {
    Object.defineProperty(result, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
  }
  return result;
}
Object.setPrototypeOf(SuppressedError, Error);
Object.defineProperty(SuppressedError, 'prototype', { __proto__: null, value: Object.create(Error.prototype), writable: false });
for (const [name, value] of [['constructor', SuppressedError], ['name', 'SuppressedError'], ['message', '']]) {
  Object.defineProperty(SuppressedError.prototype, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

const states = new WeakMap();

function stateOf(stack, kind, method) {
  const state = states.get(stack);
  if (state === undefined || state.kind !== kind) {
    throw new TypeError(`Method ${method.startsWith('get ') ? method.replace(' ', ` ${kind}.prototype.`) : `${kind}.prototype.${method}`} ` +
      `called on incompatible receiver ${require('internal/structured_clone').describe(stack)}`);
  }
  return state;
}

function openState(stack, kind, method) {
  const state = stateOf(stack, kind, method);
  if (state.disposed) throw new ReferenceError(`Cannot call ${kind}.prototype.${method} on an already-disposed ${kind}`);
  return state;
}

function checkFunction(value) {
  if (typeof value !== 'function') throw new TypeError(`${String(value)} is not a function`);
}

/** The method that disposes of a value: the asynchronous one falls back to the other, whose result is not waited for. */
function disposerOf(value, isAsync) {
  let method = isAsync ? value[Symbol.asyncDispose] : undefined;
  const isFallback = method === undefined || method === null;
  if (isFallback) method = value[Symbol.dispose];
  if (typeof method !== 'function') throw new TypeError(`Symbol(Symbol.${isAsync ? 'asyncDispose' : 'dispose'}) is not a function`);
  return isAsync && isFallback ? () => { method.call(value); } : () => method.call(value);
}

function common(kind, isAsync) {
  return {
    get disposed() {
      return stateOf(this, kind, 'get disposed').disposed;
    },
    use(value) {
      const state = openState(this, kind, 'use');
      if (value === null || value === undefined) {
        if (isAsync) state.disposers.push(() => {});
        return value;
      }
      if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(`${String(value)} is not an object`);
      state.disposers.push(disposerOf(value, isAsync));
      return value;
    },
    adopt(value, onDispose) {
      const state = openState(this, kind, 'adopt');
      checkFunction(onDispose);
      state.disposers.push(() => onDispose(value));
      return value;
    },
    defer(onDispose) {
      const state = openState(this, kind, 'defer');
      checkFunction(onDispose);
      state.disposers.push(() => onDispose());
    },
    move() {
      const state = openState(this, kind, 'move');
      const moved = isAsync ? new AsyncDisposableStack() : new DisposableStack();
      states.get(moved).disposers = state.disposers;
      state.disposers = [];
      state.disposed = true;
      return moved;
    },
  };
}

/** An error while another one is on its way hides it. */
function join(failure, error) {
  return { error: failure === undefined ? error : new SuppressedError(error, failure.error, 'An error was suppressed during disposal.') };
}

function DisposableStack() {
  if (new.target === undefined) throw new TypeError("Constructor DisposableStack requires 'new'");
  states.set(this, { kind: 'DisposableStack', disposed: false, disposers: [] });
}

function AsyncDisposableStack() {
  if (new.target === undefined) throw new TypeError("Constructor AsyncDisposableStack requires 'new'");
  states.set(this, { kind: 'AsyncDisposableStack', disposed: false, disposers: [] });
}

const { dispose } = {
  dispose() {
    const state = stateOf(this, 'DisposableStack', 'dispose');
    if (state.disposed) return;
    state.disposed = true;
    let failure;
    for (const disposer of state.disposers.splice(0).reverse()) {
      try {
        disposer();
      } catch (error) {
        failure = join(failure, error);
      }
    }
    if (failure !== undefined) throw failure.error;
  },
};

const { disposeAsync } = {
  async disposeAsync() {
    const state = stateOf(this, 'AsyncDisposableStack', 'disposeAsync');
    if (state.disposed) return;
    state.disposed = true;
    let failure;
    for (const disposer of state.disposers.splice(0).reverse()) {
      try {
        await disposer();
      } catch (error) {
        failure = join(failure, error);
      }
    }
    if (failure !== undefined) throw failure.error;
  },
};

function complete(constructor, name, disposer, symbol) {
  const { prototype } = constructor;
  const members = Object.getOwnPropertyDescriptors(common(name, symbol === Symbol.asyncDispose));
  for (const key of Object.keys(members)) Object.defineProperty(prototype, key, { ...members[key], enumerable: false });
  for (const key of [disposer.name, symbol]) {
    Object.defineProperty(prototype, key, { __proto__: null, value: disposer, writable: true, enumerable: false, configurable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, value: name, configurable: true });
}
complete(DisposableStack, 'DisposableStack', dispose, Symbol.dispose);
complete(AsyncDisposableStack, 'AsyncDisposableStack', disposeAsync, Symbol.asyncDispose);

module.exports = { AsyncDisposableStack, DisposableStack, SuppressedError };
