'use strict';

// util.debounce and util.throttle.

const { codes: { ERR_THROTTLED } } = require('internal/errors');
const { AbortError } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');

// Calls `fn` once calls have paused for `wait` ms; all callers of that time get its result.
function debounce(fn, wait) {
  validateFunction(fn, 'fn');
  validateNumber(wait, 'wait', 0);
  let timer;
  let last; // the receiver and arguments of the latest call
  let waiting = [];
  let referenced = true;

  function run() {
    clearTimeout(timer);
    timer = undefined;
    const { receiver, args } = last;
    const callers = waiting;
    last = undefined;
    waiting = [];
    let result;
    try {
      result = Reflect.apply(fn, receiver, args);
    } catch (error) {
      for (const caller of callers) caller.reject(error);
      return;
    }
    for (const caller of callers) caller.resolve(result);
  }

  const debounced = (() => function(...args) {
    last = { receiver: this, args };
    const caller = Promise.withResolvers();
    waiting.push(caller);
    clearTimeout(timer);
    timer = setTimeout(run, wait);
    if (!referenced) timer.unref();
    return caller.promise;
  })();
  return withControls(debounced, {
    cancel(reason = new AbortError()) {
      clearTimeout(timer);
      timer = undefined;
      const callers = waiting;
      waiting = [];
      for (const caller of callers) caller.reject(reason);
    },
    flush() {
      if (timer !== undefined) run();
    },
    ref() {
      referenced = true;
      timer?.ref();
      return debounced;
    },
    unref() {
      referenced = false;
      timer?.unref();
      return debounced;
    },
  }, () => waiting.length);
}

// Lets `limit` calls through in each `interval` ms.
function throttle(fn, limit, interval) {
  validateFunction(fn, 'fn');
  validateNumber(limit, 'limit', 1);
  validateNumber(interval, 'interval', 0);
  let started = [];
  return function throttled(...args) {
    const now = performance.now();
    started = started.filter((time) => now - time < interval);
    if (started.length >= limit) return Promise.reject(new ERR_THROTTLED());
    started.push(now);
    return Promise.resolve(Reflect.apply(fn, this, args));
  };
}

function withControls(fn, controls, count) {
  Object.assign(fn, controls);
  Object.defineProperty(fn, 'pending', { __proto__: null, get: () => count() > 0, configurable: true });
  Object.defineProperty(fn, 'pendingCount', { __proto__: null, get: count, configurable: true });
  return fn;
}

module.exports = { debounce, throttle };
