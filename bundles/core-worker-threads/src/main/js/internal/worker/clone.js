'use strict';

// The copy of a message that its receiver gets, and what moves instead of being copied.

const { codes } = require('internal/errors');
const { kUncloneable, stateSymbol } = require('internal/symbols');
const { cloneWithTransfer, dataCloneError } = require('internal/structured_clone');

const kUntransferable = stateSymbol('worker_threads.untransferable');

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

function cloneMessage(value, options, movePort) {
  const list = transferListOf(options);
  for (const item of list) {
    if (item?.[kUntransferable]) throw dataCloneError('An object could not be cloned because it is marked as untransferable.');
  }
  const ports = [];
  const data = cloneWithTransfer(value, list, (item) => {
    const moved = movePort(item);
    ports.push(moved);
    return moved;
  });
  return { data, ports };
}

module.exports = { cloneMessage, mark, kUntransferable, kUncloneable };
