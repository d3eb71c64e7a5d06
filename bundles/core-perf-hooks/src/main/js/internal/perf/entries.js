'use strict';

// What the performance timeline holds (W3C Performance Timeline, User Timing, Resource Timing).

const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { customInspectSymbol } = require('internal/util');
const { now } = require('internal/perf/clock');

const kData = stateSymbol('perf_hooks.entry');
const kConstruct = Symbol('construct');

function data(entry, name) {
  if (typeof entry !== 'object' || entry === null || entry[kData] === undefined) throw new codes.ERR_INVALID_THIS(name);
  return entry[kData];
}

function inspectAs(entry, fields, depth, options, inspect) {
  if (depth < 0) return entry;
  const shown = {};
  for (const field of fields) shown[field] = entry[field];
  return `${entry.constructor.name} ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

class PerformanceEntry {
  constructor(token = undefined, fields) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    Object.defineProperty(this, kData, { __proto__: null, value: fields });
  }

  get name() { return data(this, 'PerformanceEntry').name; }
  get entryType() { return data(this, 'PerformanceEntry').entryType; }
  get startTime() { return data(this, 'PerformanceEntry').startTime; }
  get duration() { return data(this, 'PerformanceEntry').duration; }

  toJSON() {
    const { name, entryType, startTime, duration } = data(this, 'PerformanceEntry');
    return { name, entryType, startTime, duration };
  }

  [customInspectSymbol](depth, options, inspect) {
    const fields = ['name', 'entryType', 'startTime', 'duration'];
    if (data(this, 'PerformanceEntry').detail !== undefined || 'detail' in this) fields.push('detail');
    return inspectAs(this, fields, depth, options, inspect);
  }
}

// Node's own kinds: function, gc, http, net, dns.
class PerformanceNodeEntry extends PerformanceEntry {
  get detail() { return data(this, 'NodePerformanceEntry').detail; }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = data(this, 'NodePerformanceEntry');
    return { name, entryType, startTime, duration, detail };
  }
}
Object.defineProperty(PerformanceNodeEntry, 'name', { __proto__: null, value: 'PerformanceNodeEntry' });

const NODE_TIMING = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete', 'idleTime'];

function detailOf(options) {
  const detail = options?.detail;
  return detail == null ? null : require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (NODE_TIMING.includes(name)) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) require('internal/validators').validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    require('internal/validators').validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(kConstruct, { name, entryType: 'mark', startTime, duration: 0, detail: detailOf(options) });
  }

  get detail() { return data(this, 'PerformanceMark').detail; }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = data(this, 'PerformanceMark');
    return { name, entryType, startTime, duration, detail };
  }
}

class PerformanceMeasure extends PerformanceEntry {
  get detail() { return data(this, 'PerformanceMeasure').detail; }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = data(this, 'PerformanceMeasure');
    return { name, entryType, startTime, duration, detail };
  }
}

const RESOURCE_FIELDS = ['initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart',
  'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart', 'responseStart',
  'responseEnd', 'encodedBodySize', 'decodedBodySize', 'transferSize', 'deliveryType', 'responseStatus'];

class PerformanceResourceTiming extends PerformanceEntry {
  toJSON() {
    const { name, entryType, startTime, duration } = this;
    const result = { name, entryType, startTime, duration };
    for (const field of RESOURCE_FIELDS) result[field] = this[field];
    return result;
  }

  [customInspectSymbol](depth, options, inspect) {
    return inspectAs(this, ['name', 'entryType', 'startTime', 'duration', ...RESOURCE_FIELDS], depth, options, inspect);
  }
}
for (const field of RESOURCE_FIELDS) {
  const { get } = Object.getOwnPropertyDescriptor({
    get [field]() { return data(this, 'PerformanceResourceTiming')[field]; },
  }, field);
  Object.defineProperty(PerformanceResourceTiming.prototype, field, { __proto__: null, get, enumerable: true, configurable: true });
}

for (const [Class, fields] of [
  [PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']], [PerformanceMark, ['detail']],
  [PerformanceMeasure, ['detail']], [PerformanceResourceTiming, ['toJSON']],
]) {
  for (const field of fields) Object.defineProperty(Class.prototype, field, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
}

// An object of a class that users cannot construct.
function createEntry(Class, fields) {
  return new Class(kConstruct, fields);
}

function createResourceTiming(url, initiator, timing, cacheMode, bodyInfo, status, deliveryType) {
  const connection = timing.finalConnectionTimingInfo;
  return createEntry(PerformanceResourceTiming, {
    name: url, entryType: 'resource', startTime: timing.startTime, duration: timing.endTime - timing.startTime,
    initiatorType: initiator, nextHopProtocol: connection?.ALPNNegotiatedProtocol ? [connection.ALPNNegotiatedProtocol] : [],
    workerStart: timing.finalServiceWorkerStartTime, redirectStart: timing.redirectStartTime, redirectEnd: timing.redirectEndTime,
    fetchStart: timing.postRedirectStartTime, domainLookupStart: connection?.domainLookupStartTime,
    domainLookupEnd: connection?.domainLookupEndTime, connectStart: connection?.connectionStartTime,
    connectEnd: connection?.connectionEndTime, secureConnectionStart: connection?.secureConnectionStartTime,
    requestStart: timing.finalNetworkRequestStartTime, responseStart: timing.finalNetworkResponseStartTime, responseEnd: timing.endTime,
    encodedBodySize: timing.encodedBodySize, decodedBodySize: timing.decodedBodySize,
    transferSize: cacheMode === 'local' ? 0 : cacheMode === 'validated' ? 300 : timing.encodedBodySize + 300,
    deliveryType, responseStatus: status,
  });
}

module.exports = {
  PerformanceEntry, PerformanceNodeEntry, PerformanceMark, PerformanceMeasure, PerformanceResourceTiming,
  createEntry, createResourceTiming, detailOf, inspectAs, NODE_TIMING, kConstruct,
};
