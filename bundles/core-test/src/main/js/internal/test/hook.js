'use strict';

// before, after, beforeEach, afterEach.

const { asTestFailure, isTestFailure, kinds, testFailure } = require('internal/test/failure');
const { callWith } = require('internal/test/call');
const { validateFunction, validateNumber, validateObject, validateAbortSignal } = require('internal/validators');

const TIMEOUT_MAX = 2 ** 31 - 1;

class Hook {
  constructor(kind, fn, options = { __proto__: null }, location = undefined) {
    validateFunction(fn, 'fn');
    validateObject(options, 'options');
    const { timeout, signal } = options;
    if (timeout !== undefined && timeout !== null && timeout !== Infinity) {
      validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    }
    if (signal) validateAbortSignal(signal, 'options.signal');
    this.kind = kind;
    this.fn = fn;
    this.timeout = timeout ?? Infinity;
    this.signal = signal;
    this.location = location;
    this.parent = undefined; // The test that it belongs to.
    this.finished = false;
    this.stop = undefined; // Ends it from outside while it runs.
  }

  /** The error, if there was one. */
  async run(context, receiver = context) {
    this.finished = false;
    try {
      await callWith(this, this.fn, receiver, context, { timeout: this.timeout, signal: this.signal });
      return undefined;
    } catch (error) {
      return asTestFailure(error, kinds.hook);
    } finally {
      this.finished = true;
    }
  }

  fail(error) {
    this.stop?.(error);
  }
}

/** Runs the hooks of a kind one after another; the first error ends that. */
async function runHooks(hooks, kind, context) {
  for (const hook of hooks) {
    const error = await hook.run(context);
    if (error === undefined) continue;
    const failure = testFailure(`failed running ${kind} hook`, kinds.hook);
    failure.cause = isTestFailure(error) ? error.cause : error;
    throw failure;
  }
}

module.exports = { Hook, runHooks, TIMEOUT_MAX };
