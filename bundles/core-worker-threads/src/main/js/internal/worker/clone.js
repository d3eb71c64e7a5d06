'use strict';

// The copy of a message that its receiver gets, and what moves instead of being copied.

const { codes } = require('internal/errors');
const { lazyDOMException } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { isAnyArrayBuffer } = require('internal/util/types');
const runtime = require('internal/runtime');

const kUntransferable = stateSymbol('worker_threads.untransferable');
const kUncloneable = stateSymbol('worker_threads.uncloneable');

function dataCloneError(message) {
  return lazyDOMException(message, 'DataCloneError');
}

function mark(object, symbol) {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) return;
  Object.defineProperty(object, symbol, { __proto__: null, value: true, enumerable: false, configurable: false });
}

function transferListOf(options) {
  const list = Array.isArray(options) || typeof options?.[Symbol.iterator] === 'function' ? options : options?.transfer;
  if (list === undefined || list === null) return [];
  if (typeof list[Symbol.iterator] !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('options.transfer', 'an iterable', list);
  return [...list];
}

// Ports travel at the top of a message or as properties of its first level.
function cloneMessage(value, options, movePort) {
  const list = transferListOf(options);
  const moved = new Map();
  for (const item of list) {
    if (item?.[kUntransferable]) throw dataCloneError('An object could not be cloned because it is marked as untransferable.');
  }
  if (new Set(list).size !== list.length) throw dataCloneError('Transfer list contains duplicate ArrayBuffer');
  const place = (item) => {
    if (!moved.has(item)) moved.set(item, movePort(item));
    return moved.get(item);
  };
  const isPort = (item) => list.includes(item) && !isAnyArrayBuffer(item);
  if (value?.[kUncloneable]) throw dataCloneError(`${Object.prototype.toString.call(value)} could not be cloned.`);
  let result;
  if (isPort(value)) {
    result = place(value);
  } else if (list.some((item) => !isAnyArrayBuffer(item)) && value !== null && typeof value === 'object') {
    const rest = Array.isArray(value) ? value.slice() : { ...value };
    const ports = [];
    for (const key of Object.keys(rest)) {
      if (!isPort(rest[key])) continue;
      ports.push([key, rest[key]]);
      rest[key] = null;
    }
    result = runtime.structuredClone(rest);
    for (const [key, port] of ports) result[key] = place(port);
  } else {
    result = runtime.structuredClone(value);
  }
  for (const item of list) {
    if (isAnyArrayBuffer(item) && typeof item.transfer === 'function') item.transfer();
    else if (!isAnyArrayBuffer(item)) place(item);
  }
  return { data: result, ports: [...moved.values()] };
}

module.exports = { cloneMessage, mark, kUntransferable, kUncloneable };
