'use strict';

// An exception that no code caught: who may take it, and how the process ends otherwise.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { validateFunction } = require('internal/validators');

// The exclusive callback, and those that may decline.
const capture = sharedState('process.capture', () => ({ exclusive: null, additional: [] }));

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    capture.exclusive = null;
    return;
  }
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (capture.exclusive !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  capture.exclusive = fn;
}

function addUncaughtExceptionCaptureCallback(fn) {
  validateFunction(fn, 'fn');
  capture.additional.push(fn);
}

function hasUncaughtExceptionCaptureCallback() {
  return capture.exclusive !== null;
}

function taken(error, type) {
  const { exclusive, additional } = capture;
  if (exclusive !== null) {
    exclusive(error);
    return true;
  }
  for (let i = additional.length - 1; i >= 0; i--) {
    if (additional[i](error) === true) return true;
  }
  if (mustAbort()) abort(error);
  return process.emit('uncaughtException', error, type);
}

/** --abort-on-uncaught-exception: listeners do not count, only what captures. */
function mustAbort() {
  return runtime.threadId === 0 && require('internal/options').getOptionValue('--abort-on-uncaught-exception') === true;
}

function abort(error) {
  let text;
  try {
    text = require('internal/util/inspect').inspect(error);
  } catch {
    text = 'exception';
  }
  runtime.writeStdio(2, `Uncaught:\n${text}\n`);
  process.abort();
}

/** What a callback that captures throws is nobody's to take. */
function takenOrAbort(error, type) {
  if (!mustAbort()) return taken(error, type);
  try {
    return taken(error, type);
  } catch (nested) {
    abort(nested);
    throw nested;
  }
}

/** Whether somebody took the exception; if not, `exit` listeners have run and the process must end. */
function onUncaught(error, fromPromise) {
  const type = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, type);
  if (takenOrAbort(error, type)) return true;
  try {
    if (!process._exiting) {
      process.exitCode = 1;
      process._exiting = true;
      process.emit('exit', 1);
      if (runtime.hasPackagePermissions) require('internal/permission/packages').end();
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
