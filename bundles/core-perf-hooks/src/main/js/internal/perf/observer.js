'use strict';

// The timeline's buffers and those who watch it.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');

const SUPPORTED = Object.freeze(['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource']);

let marks = [];
let measures = [];
let resources = [];
let resourceLimit = 250;
let secondary = []; // resources beyond the limit, until the event has been seen
let fullPending = false;

const observers = new Set();
const pending = new Set();
let scheduled = false;

function inOrder(list) {
  return list.slice().sort((a, b) => a.startTime - b.startTime);
}

class PerformanceObserverEntryList {
  constructor(entries = undefined) {
    Object.defineProperty(this, 'entries', { __proto__: null, value: inOrder(entries), enumerable: false });
  }

  getEntries() {
    return this.entries.slice();
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return this.entries.filter(({ entryType }) => entryType === `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return this.entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`));
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    return `PerformanceObserverEntryList ${inspect(this.entries, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

class PerformanceObserver {
  constructor(callback) {
    validateFunction(callback, 'callback');
    Object.defineProperties(this, {
      callback: { __proto__: null, value: callback },
      types: { __proto__: null, value: new Set() },
      buffer: { __proto__: null, value: [], writable: true },
      kind: { __proto__: null, value: undefined, writable: true },
    });
  }

  static get supportedEntryTypes() {
    return SUPPORTED;
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = { ...options };
    if (entryTypes === undefined && type === undefined) throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    if (this.kind === undefined) this.kind = entryTypes === undefined ? 'single' : 'multiple';
    else if (this.kind === 'single' && entryTypes !== undefined) throw modification('multiple', 'single');
    else if (this.kind === 'multiple' && type !== undefined) throw modification('single', 'multiple');
    if (this.kind === 'multiple') {
      if (!Array.isArray(entryTypes) || entryTypes.some((value) => typeof value !== 'string')) {
        throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      }
      this.types.clear();
      for (const each of entryTypes) if (SUPPORTED.includes(each)) this.types.add(each);
    } else {
      if (!SUPPORTED.includes(type)) return;
      this.types.add(type);
      if (buffered) {
        const entries = select(undefined, type);
        if (entries.length > 0) {
          this.buffer.push(...entries);
          queue(this);
        }
      }
    }
    if (this.types.size > 0) observers.add(this);
    else this.disconnect();
  }

  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.buffer = [];
    this.types.clear();
    this.kind = undefined;
  }

  takeRecords() {
    const list = this.buffer;
    this.buffer = [];
    return list;
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    return `PerformanceObserver ${inspect({ connected: observers.has(this), pending: pending.has(this), entryTypes: [...this.types],
      buffer: this.buffer }, options)}`;
  }
}
for (const [Class, names] of [[PerformanceObserver, ['observe', 'disconnect', 'takeRecords']],
  [PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: Class.name });
}

function modification(wanted, was) {
  const { lazyDOMException } = require('internal/util');
  return lazyDOMException(`PerformanceObserver can not change to ${wanted} observations`, 'InvalidModificationError') ?? new Error(was);
}

function deliver() {
  scheduled = false;
  const list = [...pending];
  pending.clear();
  for (const observer of list) {
    const entries = observer.takeRecords();
    if (entries.length > 0) Reflect.apply(observer.callback, observer, [new PerformanceObserverEntryList(entries), observer]);
  }
}

function queue(observer) {
  pending.add(observer);
  if (scheduled) return;
  scheduled = true;
  setImmediate(deliver);
}

function enqueue(entry) {
  for (const observer of observers) {
    if (!observer.types.has(entry.entryType)) continue;
    observer.buffer.push(entry);
    queue(observer);
  }
}

function hasObserver(type) {
  for (const observer of observers) if (observer.types.has(type)) return true;
  return false;
}

function bufferMark(entry) {
  marks.push(entry);
}

function bufferMeasure(entry) {
  measures.push(entry);
}

function bufferResource(entry, dispatchFull) {
  if (resources.length < resourceLimit && !fullPending) {
    resources.push(entry);
    return;
  }
  if (!fullPending) {
    fullPending = true;
    setImmediate(() => {
      while (secondary.length > 0) {
        const before = secondary.length;
        if (resources.length >= resourceLimit) dispatchFull();
        while (secondary.length > 0 && resources.length < resourceLimit) resources.push(secondary.shift());
        if (secondary.length >= before) {
          secondary = [];
          break;
        }
      }
      fullPending = false;
    });
  }
  secondary.push(entry);
}

function select(name, type) {
  let list = type === 'mark' ? marks : type === 'measure' ? measures : type === 'resource' ? resources :
    type === undefined ? [...marks, ...measures, ...resources] : [];
  if (name !== undefined) list = list.filter((entry) => entry.name === name);
  return inOrder(list);
}

function clear(type, name) {
  const keep = (list) => (name === undefined ? [] : list.filter((entry) => entry.name !== name));
  if (type === 'mark') marks = keep(marks);
  else if (type === 'measure') measures = keep(measures);
  else resources = keep(resources);
}

function lastMark(name) {
  for (let i = marks.length - 1; i >= 0; i--) if (marks[i].name === name) return marks[i];
  return undefined;
}

module.exports = {
  PerformanceObserver, PerformanceObserverEntryList, enqueue, hasObserver, bufferMark, bufferMeasure, bufferResource, select, clear,
  lastMark,
  setResourceLimit(limit) { resourceLimit = limit; },
};
