'use strict';

// Calls what a test or hook consists of, and waits for its end: a promise, a callback, a timeout, a signal, or an error from outside.

const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const { kinds, testFailure } = require('internal/test/failure');
const originals = require('internal/test/originals');

/** The test or hook whose code runs. */
const running = new AsyncLocalStorage();

/** In it the owner is the one whose code runs. Few frames of the runner are between that code and who named it. */
function scopeOf(owner) {
  return running.run(owner, () => new AsyncResource('Test', { requireManualDestroy: true }));
}

function callWith(owner, fn, receiver, context, { timeout, signal, passesCallback = true }) {
  const { promise, resolve, reject } = Promise.withResolvers();
  let timer;
  let onAbort;
  if (signal?.aborted) {
    return Promise.reject(testFailure(signal.reason, kinds.aborted));
  }
  owner.stop = reject;
  if (timeout !== Infinity && timeout !== undefined && timeout !== null) {
    timer = originals.setTimeout(() => {
      reject(testFailure(`test timed out after ${timeout}ms`, kinds.timeout));
    }, timeout);
    timer.unref();
  }
  if (signal !== undefined && signal !== null) {
    onAbort = () => reject(testFailure(signal.reason, kinds.aborted));
    require('events').setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort, { __proto__: null, once: true });
  }
  const resource = scopeOf(owner);
  if (passesCallback && fn.length > 1) {
    callBack(resource, fn, receiver, context, resolve, reject);
  } else {
    try {
      const result = resource.runInAsyncScope(fn, receiver, context);
      // Promise.resolve() reads `then` once.
      if (result === null || (typeof result !== 'object' && typeof result !== 'function')) resolve(result);
      else Promise.resolve(result).then(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }
  return promise.finally(() => {
    originals.clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
    owner.stop = undefined;
  });
}

function callBack(resource, fn, receiver, context, resolve, reject) {
  let calls = 0;
  const done = (error) => {
    calls++;
    if (calls === 1) {
      if (error) reject(error);
      // Whatever else happens in this turn, a second call for one, counts.
      else queueMicrotask(() => resolve());
      return;
    }
    const failure = testFailure('callback invoked multiple times', kinds.multipleCallbacks);
    if (calls > 2) return;
    if (settled) throw failure;
    reject(failure);
  };
  let settled = false;
  const { runInAsyncScope } = resource;
  try {
    const result = Reflect.apply(runInAsyncScope, resource, [fn, receiver, context, done]);
    if (typeof result?.then === 'function') {
      result.then(undefined, () => {});
      reject(testFailure('passed a callback but also returned a Promise', kinds.callbackAndPromise));
    }
  } catch (error) {
    reject(error);
  }
  settled = true;
}

module.exports = { callWith, running, scopeOf };
