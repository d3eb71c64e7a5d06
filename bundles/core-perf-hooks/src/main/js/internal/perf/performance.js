'use strict';

// The global `performance`.

const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { customInspectSymbol, lazyDOMException } = require('internal/util');
const { EventTarget, Event, defineEventHandler } = require('internal/event_target');
const { now, timeOrigin } = require('internal/perf/clock');
const { PerformanceEntry, PerformanceMark, PerformanceMeasure, createEntry, createResourceTiming, detailOf, inspectAs, NODE_TIMING,
  kConstruct } = require('internal/perf/entries');
const timeline = require('internal/perf/observer');

const kPerformance = stateSymbol('perf_hooks.performance');
const loaded = now();

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kConstruct, { name: 'node', entryType: 'node', startTime: 0, get duration() { return now(); } });
    const fields = {
      nodeStart: () => 0, v8Start: () => 0, environment: () => loaded, bootstrapComplete: () => loaded,
      loopStart: () => {
        const since = binding.loopMillis();
        return since < 0 ? -1 : now() - since;
      },
      loopExit: () => (process._exiting ? now() : -1), idleTime: () => binding.idleMillis(),
    };
    for (const name of Object.keys(fields)) {
      Object.defineProperty(this, name, { __proto__: null, enumerable: true, configurable: true, get: fields[name] });
    }
    Object.defineProperty(this, 'uvMetricsInfo', {
      __proto__: null, enumerable: true, configurable: true, get: () => ({ loopCount: 0, events: 0, eventsWaiting: 0 }),
    });
  }

  toJSON() {
    const result = { name: 'node', entryType: 'node', startTime: 0, duration: this.duration };
    for (const name of NODE_TIMING) result[name] = this[name];
    result.uvMetricsInfo = this.uvMetricsInfo;
    return result;
  }

  [customInspectSymbol](depth, options, inspect) {
    return inspectAs(this, ['name', 'entryType', 'startTime', 'duration', 'nodeStart', 'v8Start', 'bootstrapComplete', 'environment',
      'loopStart', 'loopExit', 'idleTime'], depth, options, inspect);
  }
}

function eventLoopUtilization(util1, util2) {
  const since = binding.loopMillis();
  if (since < 0) return { idle: 0, active: 0, utilization: 0 };
  if (util2) {
    const idle = util1.idle - util2.idle;
    const active = util1.active - util2.active;
    return { idle, active, utilization: active / (idle + active) };
  }
  const idle = binding.idleMillis();
  const active = since - idle;
  if (!util1) return { idle, active, utilization: active / (idle + active) };
  const idleDelta = idle - util1.idle;
  const activeDelta = active - util1.active;
  return { idle: idleDelta, active: activeDelta, utilization: activeDelta / (idleDelta + activeDelta) };
}

function check(value) {
  if (value?.[kPerformance] === undefined) throw new codes.ERR_INVALID_THIS('Performance');
}

// A mark's name, a milestone of Node.js, or a time.
function toTimestamp(mark) {
  if (mark === undefined) return undefined;
  if (typeof mark === 'number') {
    if (mark < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  const name = `${mark}`;
  if (NODE_TIMING.includes(name)) return performance.nodeTiming[name];
  const entry = timeline.lastMark(name);
  if (entry === undefined) throw lazyDOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  return entry.startTime;
}

function endTime(endMark, options) {
  if (endMark !== undefined) return toTimestamp(endMark);
  if (options?.end !== undefined) return toTimestamp(options.end);
  if (options?.start !== undefined && options?.duration !== undefined) return toTimestamp(options.start) + toTimestamp(options.duration);
  return now();
}

function startTime(options, startMark) {
  if (options?.start !== undefined) return toTimestamp(options.start);
  if (options?.duration !== undefined && options?.end !== undefined) return toTimestamp(options.end) - toTimestamp(options.duration);
  if (startMark !== undefined) return toTimestamp(startMark);
  return 0;
}

class Performance extends EventTarget {
  constructor(token = undefined) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    Object.defineProperty(this, kPerformance, { __proto__: null, value: {} });
  }

  clearMarks(name = undefined) {
    check(this);
    timeline.clear('mark', name === undefined ? undefined : `${name}`);
  }

  clearMeasures(name = undefined) {
    check(this);
    timeline.clear('measure', name === undefined ? undefined : `${name}`);
  }

  clearResourceTimings(name = undefined) {
    check(this);
    timeline.clear('resource', name === undefined ? undefined : `${name}`);
  }

  getEntries() {
    check(this);
    return timeline.select();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return timeline.select(`${name}`, type === undefined ? undefined : `${type}`);
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return timeline.select(undefined, `${type}`);
  }

  mark(name, options = {}) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const entry = new PerformanceMark(name, options);
    timeline.enqueue(entry);
    timeline.bufferMark(entry);
    return entry;
  }

  measure(name, startOrMeasureOptions = {}, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const { validateString, validateObject } = require('internal/validators');
    validateString(name, 'name');
    let options;
    let startMark;
    if (startOrMeasureOptions !== null && typeof startOrMeasureOptions === 'object') {
      options = startOrMeasureOptions;
      const { start, end, duration } = options;
      if ((start !== undefined || end !== undefined || duration !== undefined || options.detail !== undefined) && endMark !== undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
      }
      if (options.detail !== undefined && start === undefined && end === undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
      }
      if (start !== undefined && end !== undefined && duration !== undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
          'Must not have options.start, options.end, and options.duration specified');
      }
      validateObject(options, 'startOrMeasureOptions');
    } else if (startOrMeasureOptions !== undefined && startOrMeasureOptions !== null) {
      startMark = startOrMeasureOptions;
    }
    const end = endTime(endMark, options);
    const start = startTime(options, startMark);
    const entry = createEntry(PerformanceMeasure, {
      name, entryType: 'measure', startTime: start, duration: end - start, detail: detailOf(options),
    });
    timeline.enqueue(entry);
    timeline.bufferMeasure(entry);
    return entry;
  }

  now() {
    check(this);
    return now();
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    timeline.setResourceLimit(maxSize >>> 0);
  }

  get timeOrigin() {
    check(this);
    return timeOrigin;
  }

  toJSON() {
    check(this);
    return { nodeTiming: this.nodeTiming, timeOrigin, eventLoopUtilization: eventLoopUtilization() };
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin },
                                  { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus, deliveryType = '') {
  if (global !== globalThis || (cacheMode !== '' && cacheMode !== 'local')) {
    throw new codes.ERR_INTERNAL_ASSERTION('cache should be an empty string or \'local\'');
  }
  const entry = createResourceTiming(requestedUrl, initiatorType, timingInfo, cacheMode, bodyInfo, responseStatus, deliveryType);
  timeline.enqueue(entry);
  timeline.bufferResource(entry, () => performance.dispatchEvent(new Event('resourcetimingbufferfull')));
  return entry;
}

for (const name of ['clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON']) {
  Object.defineProperty(Performance.prototype, name, { __proto__: null, enumerable: true });
}
let nodeTiming;
Object.defineProperties(Performance.prototype, {
  eventLoopUtilization: { __proto__: null, configurable: true, enumerable: false, writable: true, value: eventLoopUtilization },
  nodeTiming: {
    __proto__: null, configurable: true, enumerable: false,
    get() { return nodeTiming ??= new PerformanceNodeTiming(); },
    set(value) { Object.defineProperty(this, 'nodeTiming', { __proto__: null, value, writable: true, enumerable: true, configurable: true }); },
  },
  markResourceTiming: { __proto__: null, configurable: true, enumerable: false, writable: true, value: markResourceTiming },
  timerify: {
    __proto__: null, configurable: true, enumerable: false, writable: true,
    value: function timerify(...args) { return require('internal/perf/timerify').timerify(...args); },
  },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Performance' },
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const performance = new Performance(kConstruct);

module.exports = { Performance, performance, eventLoopUtilization };
