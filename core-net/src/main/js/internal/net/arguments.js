'use strict';

// The forms in which connect() and listen() take their arguments: (options), (path), (port, host), each with a callback last.

const { stateSymbol } = require('internal/symbols');

const kNormalized = stateSymbol('net.kNormalized');

function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

function isPipeName(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

function normalizeArgs(args) {
  if (args.length === 0) return mark([{}, null]);
  const { 0: first } = args;
  let options = {};
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const callback = args[args.length - 1];
  return mark([options, typeof callback === 'function' ? callback : null]);
}

function mark(normalized) {
  normalized[kNormalized] = true;
  return normalized;
}

module.exports = { normalizeArgs, isPipeName, toNumber, kNormalized };
