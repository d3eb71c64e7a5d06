'use strict';

// The iterator helpers of Readable: map, filter, toArray, ...

const {
  AbortError, codes: { ERR_MISSING_ARGS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateInteger, validateObject,
} = require('internal/validators');
const { finishedPromise } = require('internal/streams/finished');

const kSkip = Symbol('kSkip');
const kEnd = Symbol('kEnd');

function checkOptions(options) {
  if (options !== null && options !== undefined) validateObject(options, 'options');
  if (options?.signal !== null && options?.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
  }
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

function map(fn, options) {
  validateFunction(fn, 'fn');
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency !== null && options?.concurrency !== undefined) {
    concurrency = Math.floor(options.concurrency);
  }
  let ahead = concurrency - 1;
  if (options?.highWaterMark !== null && options?.highWaterMark !== undefined) {
    ahead = Math.floor(options.highWaterMark);
  }
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(ahead, 'options.highWaterMark', 0);
  return mapConcurrently(this, fn, options?.signal, concurrency, ahead + concurrency);
}

/** Calls of `fn` run side by side; results come in the order of the values, at most `limit` of them in waiting. */
async function* mapConcurrently(stream, fn, signal, concurrency, limit) {
  const controller = new AbortController();
  const ownSignal = AbortSignal.any(signal ? [signal, controller.signal] : [controller.signal]);
  const fnOptions = { signal: ownSignal };
  const queue = [];
  let running = 0;
  let isDone = false;
  let wakeConsumer = null;
  let wakePump = null;

  function wakePumpIfRoom() {
    if (wakePump && !isDone && running < concurrency && queue.length < limit) {
      const wake = wakePump;
      wakePump = null;
      wake();
    }
  }

  function onSettled() {
    running--;
    wakePumpIfRoom();
  }

  function onRejected() {
    isDone = true;
    onSettled();
  }

  function add(promise) {
    running++;
    promise.then(onSettled, onRejected);
    queue.push(promise);
  }

  function wakeConsumerNow() {
    if (wakeConsumer) {
      const wake = wakeConsumer;
      wakeConsumer = null;
      wake();
    }
  }

  async function pump() {
    try {
      for await (const value of stream) {
        if (isDone) return;
        throwIfAborted(ownSignal);
        let result;
        try {
          result = fn(value, fnOptions);
          if (result === kSkip) continue;
          result = Promise.resolve(result);
        } catch (error) {
          result = Promise.reject(error);
        }
        add(result);
        wakeConsumerNow();
        if (!isDone && (queue.length >= limit || running >= concurrency)) {
          await new Promise((resolve) => { wakePump = resolve; });
        }
      }
      queue.push(kEnd);
    } catch (error) {
      add(Promise.reject(error));
    } finally {
      isDone = true;
      wakeConsumerNow();
    }
  }

  pump();
  try {
    for (;;) {
      while (queue.length > 0) {
        const value = await queue[0];
        if (value === kEnd) return;
        throwIfAborted(ownSignal);
        if (value !== kSkip) yield value;
        queue.shift();
        wakePumpIfRoom();
      }
      await new Promise((resolve) => { wakeConsumer = resolve; });
    }
  } finally {
    isDone = true;
    if (wakePump) {
      wakePump();
      wakePump = null;
    }
    controller.abort();
  }
}

function filter(fn, options) {
  validateFunction(fn, 'fn');
  return map.call(this, async (value, fnOptions) => ((await fn(value, fnOptions)) ? value : kSkip), options);
}

function flatMap(fn, options) {
  const values = map.call(this, fn, options);
  return (async function* flatMap() {
    for await (const value of values) yield* value;
  })();
}

/** The count that drop and take get. */
function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options = undefined) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* drop() {
    throwIfAborted(options?.signal);
    for await (const value of stream) {
      throwIfAborted(options?.signal);
      if (number-- <= 0) yield value;
    }
  })();
}

function take(number, options = undefined) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* take() {
    throwIfAborted(options?.signal);
    for await (const value of stream) {
      throwIfAborted(options?.signal);
      if (number-- > 0) yield value;
      // Ends before the stream is asked for one more.
      if (number <= 0) return;
    }
  })();
}

async function some(fn, options = undefined) {
  // eslint-disable-next-line no-unused-vars
  for await (const unused of filter.call(this, fn, options)) return true;
  return false;
}

async function every(fn, options = undefined) {
  validateFunction(fn, 'fn');
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const result of filter.call(this, fn, options)) return result;
  return undefined;
}

async function forEach(fn, options) {
  validateFunction(fn, 'fn');
  async function callOnly(value, fnOptions) {
    await fn(value, fnOptions);
    return kSkip;
  }
  // eslint-disable-next-line no-unused-vars, no-empty
  for await (const unused of map.call(this, callOnly, options));
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const value of this) {
    throwIfAborted(options?.signal);
    result.push(value);
  }
  return result;
}

class ReduceAwareErrMissingArgs extends ERR_MISSING_ARGS {
  constructor() {
    super('reduce');
    this.message = 'Reduce of an empty stream requires an initial value';
  }
}

async function reduce(reducer, initialValue, options) {
  validateFunction(reducer, 'reducer');
  checkOptions(options);
  let hasValue = arguments.length > 1;
  let value = initialValue;
  if (options?.signal?.aborted) {
    const error = new AbortError(undefined, { cause: options.signal.reason });
    this.once('error', () => {}); // It goes to the caller.
    await finishedPromise(this.destroy(error));
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  if (options?.signal) {
    options.signal.addEventListener('abort', () => controller.abort(), { once: true, signal });
  }
  let sawAny = false;
  try {
    for await (const next of this) {
      sawAny = true;
      if (options?.signal?.aborted) throw new AbortError();
      if (hasValue) {
        value = await reducer(value, next, { signal });
      } else {
        value = next;
        hasValue = true;
      }
    }
    if (!sawAny && !hasValue) throw new ReduceAwareErrMissingArgs();
  } finally {
    controller.abort();
  }
  return value;
}

const streamReturning = { drop, filter, flatMap, map, take };
const promiseReturning = { every, forEach, reduce, toArray, some, find };

/** Adds the helpers to Readable's prototype. */
function addOperators(Readable) {
  const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');
  function add(name, operator, method) {
    Object.defineProperties(method, {
      name: { __proto__: null, value: operator.name },
      length: { __proto__: null, value: operator.length },
    });
    Object.defineProperty(Readable.prototype, name, {
      __proto__: null, value: method, enumerable: false, configurable: true, writable: true,
    });
  }
  for (const [name, operator] of Object.entries(streamReturning)) {
    add(name, operator, function(...args) {
      if (new.target) throw new ERR_ILLEGAL_CONSTRUCTOR();
      return Readable.from(Reflect.apply(operator, this, args));
    });
  }
  for (const [name, operator] of Object.entries(promiseReturning)) {
    add(name, operator, function(...args) {
      if (new.target) throw new ERR_ILLEGAL_CONSTRUCTOR();
      return Promise.resolve().then(() => Reflect.apply(operator, this, args));
    });
  }
}

module.exports = { addOperators };
