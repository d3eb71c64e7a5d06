'use strict';

// An exception that no code caught: who may take it, and how the process ends otherwise.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

let capture = null; // the exclusive callback
const additional = []; // callbacks that may decline

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    capture = null;
    return;
  }
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (capture !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  capture = fn;
}

function addUncaughtExceptionCaptureCallback(fn) {
  validateFunction(fn, 'fn');
  additional.push(fn);
}

function hasUncaughtExceptionCaptureCallback() {
  return capture !== null;
}

function taken(error, type) {
  if (capture !== null) {
    capture(error);
    return true;
  }
  for (let i = additional.length - 1; i >= 0; i--) {
    if (additional[i](error) === true) return true;
  }
  return process.emit('uncaughtException', error, type);
}

/** Whether somebody took the exception; if not, `exit` listeners have run and the process must end. */
function onUncaught(error, fromPromise) {
  const type = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, type);
  if (taken(error, type)) return true;
  try {
    if (!process._exiting) {
      process.exitCode = 1;
      process._exiting = true;
      process.emit('exit', 1);
    }
  } catch {
    // An exit listener that throws changes nothing about the end.
  }
  return false;
}

module.exports = {
  onUncaught,
  setUncaughtExceptionCaptureCallback,
  addUncaughtExceptionCaptureCallback,
  hasUncaughtExceptionCaptureCallback,
  _fatalException: function _fatalException(error, fromPromise) {
    return onUncaught(error, fromPromise);
  },
};
