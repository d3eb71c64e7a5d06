'use strict';

// Rejections that nobody handled by the time the microtasks were done (--unhandled-rejections).

const runtime = require('internal/runtime');
const { isErrorLike } = require('internal/errors');
const { sharedState } = require('internal/symbols');

const state = sharedState('process.rejections', () => ({
  known: new WeakMap(), // promise -> { reason, id, warned }
  pending: [],
  handledLate: [],
  lastId: 0,
}));
const { known, pending, handledLate } = state;

function rejected(promise, reason) {
  const info = { promise, reason, id: ++state.lastId, warned: false, context: runtime.getAsyncContext() };
  known.set(promise, info);
  pending.push(info);
}

function handled(promise) {
  const info = known.get(promise);
  if (info === undefined) return;
  known.delete(promise);
  if (info.warned) handledLate.push(info);
}

function warning(name, message, id) {
  const error = new Error(message);
  error.name = name;
  if (id !== undefined) error.id = id;
  return error;
}

function show(reason) {
  return require('internal/util/inspect').inspect(reason);
}

const explanation = 'This error originated either by throwing inside of an async function without a catch block, ' +
  'or by rejecting a promise which was not handled with .catch().';

// The error in place of a reason that is none.
function rejectionError(reason) {
  const error = new Error(`${explanation} The promise rejected with the reason "${show(reason)}".`);
  Object.defineProperty(error, 'name', { __proto__: null, value: 'UnhandledPromiseRejection', writable: true, configurable: true });
  error.stack = `UnhandledPromiseRejection: ${error.message}`;
  error.code = 'ERR_UNHANDLED_REJECTION';
  return error;
}

function warn({ reason, id }) {
  const text = warning('UnhandledPromiseRejectionWarning',
                       `Unhandled promise rejection. ${explanation} To terminate the node process on unhandled promise rejection, ` +
    'use the CLI flag `--unhandled-rejections=strict` (see ' +
    `https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${id})`);
  try {
    if (isErrorLike(reason)) {
      text.stack = reason.stack;
      process.emitWarning(reason.stack, 'UnhandledPromiseRejectionWarning');
    } else {
      process.emitWarning(typeof reason === 'string' ? reason : show(reason), 'UnhandledPromiseRejectionWarning');
    }
  } catch {
    // A reason that cannot be shown.
  }
  process.emitWarning(text);
}

function raise(reason) {
  runtime.triggerUncaughtException(isErrorLike(reason) ? reason : rejectionError(reason), true);
}

function listenersTook({ reason, promise }) {
  return process.emit('unhandledRejection', reason, promise);
}

const modes = {
  __proto__: null,
  'strict'(info) {
    raise(info.reason);
    if (!listenersTook(info)) warn(info);
  },
  'throw'(info) {
    if (!listenersTook(info)) raise(info.reason);
  },
  'warn'(info) {
    listenersTook(info);
    warn(info);
  },
  'none': listenersTook,
  'warn-with-error-code'(info) {
    if (listenersTook(info)) return;
    warn(info);
    process.exitCode = 1;
  },
};

/** Whether callbacks ran, so that ticks and microtasks may wait. */
function processUnhandledRejections() {
  let ran = handledLate.length > 0;
  while (handledLate.length > 0) {
    const { promise, id } = handledLate.shift();
    if (process.emit('rejectionHandled', promise)) continue;
    process.emitWarning(warning('PromiseRejectionHandledWarning', `Promise rejection was handled asynchronously (rejection id: ${id})`, id));
  }
  const decide = modes[require('internal/options').getOptionValue('--unhandled-rejections') || 'throw'];
  // What is rejected while these run waits for the next time.
  for (let left = pending.length; left > 0; left--) {
    const info = pending.shift();
    if (known.get(info.promise) !== info) continue;
    info.warned = true;
    ran = true;
    const before = runtime.getAsyncContext();
    runtime.setAsyncContext(info.context);
    try {
      decide(info);
    } catch (error) {
      runtime.triggerUncaughtException(error, false);
    }
    runtime.setAsyncContext(before);
  }
  return ran || pending.length > 0;
}

module.exports = { rejected, handled, processUnhandledRejections };
