'use strict';

// events.on(): events as an asynchronous iterator, with the emitter paused above a high-water mark.

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateInteger, validateStringArray } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const Queue = require('internal/events/queue');

// Internal users (readline) get the first argument of the event itself, not an array of all.
const kFirstEventParam = stateSymbol('events.kFirstEventParam');
const kWatermarkData = Symbol.for('nodejs.watermarkData');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

function iterate(emitter, event, options, listen, unlisten) {
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(low, 'options.lowWaterMark', 1);
  const closeEvents = options.close;
  if (closeEvents !== undefined) validateStringArray(closeEvents, 'options.close');

  const events = new Queue();
  const waiting = new Queue();
  const listeners = [];
  let paused = false;
  let failure = null;
  let finished = false;
  let size = 0;

  const attach = (name, listener, flags, target = emitter) => {
    listen(target, name, listener, flags);
    listeners.push([target, name, listener, flags]);
  };

  const iterator = Object.setPrototypeOf({
    next() {
      if (size > 0) {
        const value = events.shift();
        size--;
        if (paused && !finished && size < low) {
          emitter.resume?.();
          paused = false;
        }
        return Promise.resolve({ value, done: false });
      }
      if (failure !== null) {
        const rejected = Promise.reject(failure);
        failure = null;
        return rejected;
      }
      if (finished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      return close();
    },
    throw(error) {
      if (!error || !(error instanceof Error)) {
        throw new ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
      }
      fail(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [kWatermarkData]: {
      get size() { return size; },
      get low() { return low; },
      get high() { return high; },
      get isPaused() { return paused; },
    },
  }, AsyncIteratorPrototype);

  attach(event, options[kFirstEventParam] ? arrived : (...args) => arrived(args));
  if (event !== 'error' && typeof emitter.on === 'function') attach('error', fail);
  if (closeEvents !== undefined) {
    for (const name of closeEvents) attach(name, close);
  }
  if (signal) {
    const { kResistStopPropagation } = require('internal/event_target');
    attach('abort', () => fail(new AbortError(undefined, { cause: signal.reason })),
      { __proto__: null, once: true, [kResistStopPropagation]: true }, signal);
  }
  return iterator;

  function arrived(value) {
    if (waiting.length > 0) {
      waiting.shift().resolve({ value, done: false });
      return;
    }
    size++;
    if (!paused && size > high) {
      paused = true;
      emitter.pause?.();
    }
    events.push(value);
  }

  function fail(error) {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failure = error;
    close();
  }

  function close() {
    for (const [target, name, listener, flags] of listeners) unlisten(target, name, listener, flags);
    listeners.length = 0;
    finished = true;
    const done = { value: undefined, done: true };
    while (waiting.length > 0) waiting.shift().resolve(done);
    return Promise.resolve(done);
  }
}

module.exports = { iterate, kFirstEventParam };
