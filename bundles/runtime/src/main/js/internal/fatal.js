'use strict';

// An exception that nobody caught: process.on('uncaughtException') first, then the message and the end.

const runtime = require('internal/runtime');

function describe(error) {
  if (typeof error === 'object' && error !== null && runtime.types.isNativeError(error)) {
    try {
      return require('internal/util/inspect').inspect(error, { colors: false });
    } catch {
      return String(error.stack);
    }
  }
  return null;
}

function report(error, location) {
  let text = require('internal/error_arrow').above(error, location);
  const described = describe(error);
  if (described !== null) {
    text += described;
  } else {
    let shown;
    try {
      shown = typeof error === 'object' && error !== null ? require('internal/util/inspect').inspect(error) : String(error);
    } catch {
      shown = '[object]';
    }
    text += `Uncaught:\n${shown}`;
    if (!tracesUncaught()) text += '\n(Use `nodule --trace-uncaught ...` to show where the exception was thrown)';
  }
  if (tracesUncaught() && location !== undefined) {
    text += `\nThrown at:\n    at ${location.file}:${location.line}:${location.column}`;
  }
  const advice = adviceFor(error);
  runtime.writeStdio(2, `${text}\n\nNode.js ${runtime.version}\n${advice === undefined ? '' : `${advice}\n`}`);
}

function tracesUncaught() {
  return require('internal/options').getOptionValue('--trace-uncaught') === true;
}

function adviceFor(error) {
  try {
    if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
    return require('internal/modules/missing_package').advice(error);
  } catch {
    return undefined; // not an object, or one whose getters throw
  }
}

/** Whether a listener took the exception. Without the module `process` there are none. */
function isTaken(error, fromPromise) {
  let execution;
  try {
    execution = require('internal/process/execution');
  } catch {
    return false;
  }
  return execution.onUncaught(error, fromPromise);
}

/** The exit code with which the process must end now, or -1 if a listener took the exception. */
function uncaught(error, fromPromise, location) {
  if (isTaken(error, fromPromise)) {
    runtime.asyncTracker?.unwound();
    return -1;
  }
  if (runtime.threadId !== 0) require('internal/worker/main').report(error);
  else report(error, location);
  // An `exit` listener may have changed what onUncaught set.
  const code = Number(process.exitCode ?? 1);
  return Number.isInteger(code) ? code : 1;
}

module.exports = { report, uncaught };
