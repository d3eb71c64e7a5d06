'use strict';

// Functions whose calls are entries of the timeline.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { isPromise } = require('internal/util/types');
const { now } = require('internal/perf/clock');
const { PerformanceNodeEntry, createEntry } = require('internal/perf/entries');
const { enqueue } = require('internal/perf/observer');
const { isHistogram } = require('internal/perf/histogram');

function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && (!isHistogram(histogram) || typeof histogram.record !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }

  function done(startTime, args) {
    const duration = now() - startTime;
    if (histogram !== undefined) histogram.record(Math.max(1, Math.ceil(duration * 1e6)));
    enqueue(createEntry(PerformanceNodeEntry, { name: fn.name, entryType: 'function', startTime, duration, detail: args }));
  }

  function timerified(...args) {
    const startTime = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!new.target && typeof result?.finally === 'function' && (isPromise(result) || typeof result.then === 'function')) {
      return result.finally(() => done(startTime, args));
    }
    done(startTime, args);
    return result;
  }

  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

module.exports = { timerify };
