'use strict';

const timers = require('timers');
const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');

function check(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return { signal, ref };
}

/** A promise of `value` when `start(done)` calls done, or of an AbortError when the signal comes first. */
function promiseOf(options, value, start, stop) {
  const { signal, ref } = check(options);
  return new Promise((resolve, reject) => {
    let abort;
    const timer = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    if (!ref) timer.unref();
    if (signal !== undefined) {
      abort = () => {
        stop(timer);
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', abort, { once: true });
    }
  });
}

// Bad arguments reject rather than throw: an async function around the checks.
async function setTimeout(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  return promiseOf(options, value, (done) => timers.setTimeout(done, delay), timers.clearTimeout);
}

async function setImmediate(value, options = {}) {
  return promiseOf(options, value, (done) => timers.setImmediate(done), timers.clearImmediate);
}

async function* setInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, 'delay');
  const { signal, ref } = check(options);
  let due = 0;
  let wake;
  const interval = timers.setInterval(() => {
    due++;
    wake?.();
  }, delay);
  if (!ref) interval.unref();
  const abort = () => {
    timers.clearInterval(interval);
    wake?.();
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    while (!signal?.aborted) {
      if (due === 0) await new Promise((resolve) => (wake = resolve));
      wake = undefined;
      for (; due > 0; due--) yield value;
    }
    throw new AbortError(undefined, { cause: signal.reason });
  } finally {
    timers.clearInterval(interval);
    signal?.removeEventListener('abort', abort);
  }
}

const kScheduler = Symbol('kScheduler');

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  wait(delay, options) {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

const scheduler = Object.create(Scheduler.prototype);
Object.defineProperty(scheduler, kScheduler, { __proto__: null, value: true });

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
