'use strict';

// Histograms of integers with a given number of significant figures (HdrHistogram's way of rounding).

const { codes } = require('internal/errors');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

const kState = stateSymbol('perf_hooks.histogram');
const kConstruct = Symbol('construct');
const EMPTY_MIN = 9223372036854775807n;

function newState(lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3) {
  return {
    lowest, highest,
    // So many values of one power of two are told apart.
    subBuckets: 2 ** Math.ceil(Math.log2(2 * 10 ** figures)),
    counts: new Map(), total: 0, exceeds: 0, previous: undefined, sorted: null,
  };
}

function unit(state, value) {
  return value < state.subBuckets ? 1 : 2 ** (Math.floor(Math.log2(value)) - Math.log2(state.subBuckets) + 1);
}

function floorOf(state, value) {
  const size = unit(state, value);
  return Math.floor(value / size) * size;
}

function ceilOf(state, value) {
  return floorOf(state, value) + unit(state, value) - 1;
}

function middle(state, value) {
  return floorOf(state, value) + Math.floor(unit(state, value) / 2);
}

function add(state, value, count = 1) {
  if (value > state.highest) {
    state.exceeds++;
    return;
  }
  const key = floorOf(state, value);
  state.counts.set(key, (state.counts.get(key) ?? 0) + count);
  state.total += count;
  state.sorted = null;
}

function sorted(state) {
  return state.sorted ??= [...state.counts].sort((a, b) => a[0] - b[0]);
}

function valueAt(state, percentile) {
  const target = Math.max(1, Math.ceil((Math.min(percentile, 100) / 100) * state.total - 1e-9));
  let seen = 0;
  for (const [value, count] of sorted(state)) {
    seen += count;
    if (seen >= target) return ceilOf(state, value);
  }
  return 0;
}

// The steps that HdrHistogram prints: each halves the distance to 100.
function steps(state) {
  const result = new Map();
  let next = 0;
  let seen = 0;
  for (const [value, count] of sorted(state)) {
    seen += count;
    while ((seen / state.total) * 100 >= next) {
      result.set(next, ceilOf(state, value));
      next += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - next))) + 1);
      if (seen === state.total) break;
    }
  }
  const entries = sorted(state);
  result.set(100, entries.length === 0 ? 0 : ceilOf(state, entries[entries.length - 1][0]));
  return result;
}

function mean(state) {
  let sum = 0;
  for (const [value, count] of state.counts) sum += middle(state, value) * count;
  return sum / state.total;
}

function stddev(state) {
  const average = mean(state);
  let sum = 0;
  for (const [value, count] of state.counts) sum += (middle(state, value) - average) ** 2 * count;
  return Math.sqrt(sum / state.total);
}

function stateOf(histogram) {
  const state = histogram?.[kState];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('Histogram');
  return state;
}

function checkPercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) {
    throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
  }
}

class Histogram {
  constructor(token, state) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    Object.defineProperty(this, kState, { __proto__: null, value: state });
  }

  get count() { return stateOf(this).total; }
  get countBigInt() { return BigInt(stateOf(this).total); }
  get exceeds() { return stateOf(this).exceeds; }
  get exceedsBigInt() { return BigInt(stateOf(this).exceeds); }

  get minBigInt() {
    const state = stateOf(this);
    return state.total === 0 ? EMPTY_MIN : BigInt(sorted(state)[0][0]);
  }

  get min() { return Number(this.minBigInt); }

  get max() {
    const state = stateOf(this);
    return state.total === 0 ? 0 : ceilOf(state, sorted(state)[sorted(state).length - 1][0]);
  }

  get maxBigInt() { return BigInt(this.max); }
  get mean() { return mean(stateOf(this)); }
  get stddev() { return stddev(stateOf(this)); }

  percentile(percentile) {
    const state = stateOf(this);
    checkPercentile(percentile);
    return valueAt(state, percentile);
  }

  percentileBigInt(percentile) {
    const state = stateOf(this);
    checkPercentile(percentile);
    return BigInt(valueAt(state, percentile));
  }

  get percentiles() { return steps(stateOf(this)); }

  get percentilesBigInt() {
    return new Map([...steps(stateOf(this))].map(([percentile, value]) => [percentile, BigInt(value)]));
  }

  reset() {
    const state = stateOf(this);
    state.counts.clear();
    state.total = 0;
    state.exceeds = 0;
    state.sorted = null;
  }

  toJSON() {
    return {
      count: this.count, min: this.min, max: this.max, mean: this.mean, exceeds: this.exceeds, stddev: this.stddev,
      percentiles: Object.fromEntries(this.percentiles),
    };
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles },
                                { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

class RecordableHistogram extends Histogram {
  record(val) {
    const state = stateOf(this);
    if (typeof val === 'bigint') {
      if (val < 1n || val > 9223372036854775807n) throw new codes.ERR_OUT_OF_RANGE('val', '>= 1 && <= 9223372036854775807', val);
      add(state, Number(val));
      return;
    }
    if (!Number.isInteger(val)) throw new codes.ERR_INVALID_ARG_TYPE('val', ['integer', 'bigint'], val);
    validateInteger(val, 'val', 1);
    add(state, val);
  }

  recordDelta() {
    const state = stateOf(this);
    const time = process.hrtime.bigint();
    if (state.previous !== undefined && time > state.previous) add(state, Number(time - state.previous));
    state.previous = time;
  }

  add(other) {
    const state = stateOf(this);
    if (!(other instanceof RecordableHistogram)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    const source = stateOf(other);
    for (const [value, count] of source.counts) add(state, value, count);
    state.exceeds += source.exceeds;
  }
}

class IntervalHistogram extends Histogram {
  enable() {
    const state = stateOf(this);
    if (state.timer !== undefined) return false;
    let previous = process.hrtime.bigint();
    state.timer = setInterval(() => {
      const time = process.hrtime.bigint();
      const delta = Number(time - previous);
      previous = time;
      if (delta > 0) add(state, delta);
    }, state.resolution).unref();
    return true;
  }

  disable() {
    const state = stateOf(this);
    if (state.timer === undefined) return false;
    clearInterval(state.timer);
    state.timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}
Object.defineProperty(IntervalHistogram, 'name', { __proto__: null, value: 'ELDHistogram' });

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  const histogram = new IntervalHistogram(kConstruct, newState(1, 3.6e12));
  histogram[kState].resolution = resolution;
  return histogram;
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  else if (highest < 2n * BigInt(lowest)) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('options.highest', highest);
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kConstruct, newState(Number(lowest), Number(highest), figures));
}

function isHistogram(value) {
  return value?.[kState] !== undefined;
}

module.exports = { createHistogram, monitorEventLoopDelay, isHistogram };
