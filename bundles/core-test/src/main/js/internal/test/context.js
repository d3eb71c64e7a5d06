'use strict';

// What the function of a test or suite is given.

const { validateFunction, validateNumber, validateObject } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const originals = require('internal/test/originals');

const kTest = stateSymbol('test.context');

function own(context, test) {
  Object.defineProperty(context, kTest, { __proto__: null, value: test });
}

class TestContext {
  constructor(test) {
    own(this, test);
  }

  get signal() {
    return this[kTest].signal;
  }

  get name() {
    return this[kTest].name;
  }

  get filePath() {
    return this[kTest].entryFile;
  }

  get fullName() {
    return this[kTest].fullName;
  }

  get error() {
    const { error } = this[kTest];
    return error === null ? null : error.cause ?? error;
  }

  get passed() {
    return this[kTest].passed;
  }

  get attempt() {
    return 0;
  }

  get tags() {
    return this[kTest].tags;
  }

  get workerId() {
    const id = process.env.NODE_TEST_WORKER_ID;
    return id === undefined ? undefined : Number(id);
  }

  diagnostic(message) {
    this[kTest].diagnostic(message);
  }

  log(message) {
    this[kTest].diagnostic(message);
  }

  plan(count, options = { __proto__: null }) {
    const test = this[kTest];
    if (test.plan !== null) {
      const { kinds, testFailure } = require('internal/test/failure');
      throw testFailure('cannot set plan more than once', kinds.code);
    }
    test.planFor(count, options);
  }

  get assert() {
    const test = this[kTest];
    return test.assertions ??= require('internal/test/assertions').forTest(test, this);
  }

  get mock() {
    const test = this[kTest];
    return test.mock ??= new (require('internal/test/mock').MockTracker)();
  }

  runOnly(value) {
    const test = this[kTest];
    test.runOnlySubtests = Boolean(value);
  }

  skip(message) {
    const test = this[kTest];
    test.skipped = true;
    test.isTodo = false;
    test.message = message ?? undefined;
  }

  todo(message) {
    const test = this[kTest];
    if (test.skipped) return;
    test.isTodo = true;
    test.message = message ?? undefined;
  }

  test(name, options, fn) {
    const test = this[kTest];
    test.plan?.count();
    return require('internal/test/harness').addTo(test, [name, options, fn]);
  }

  before(fn, options) {
    addHook(this, 'before', fn, options);
  }

  after(fn, options) {
    addHook(this, 'after', fn, options);
  }

  beforeEach(fn, options) {
    addHook(this, 'beforeEach', fn, options);
  }

  afterEach(fn, options) {
    addHook(this, 'afterEach', fn, options);
  }

  waitFor(condition, options = { __proto__: null }) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    validateNumber(interval, 'options.interval', 0, 2 ** 31 - 1);
    validateNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
    const { promise, resolve, reject } = Promise.withResolvers();
    const nothing = {};
    let cause = nothing;
    let poll;
    const deadline = originals.setTimeout(() => {
      originals.clearTimeout(poll);
      // The condition that still runs is given up.
      ended = true;
      const error = new Error('waitFor() timed out');
      if (cause !== nothing) error.cause = cause;
      reject(error);
    }, timeout);
    let ended = false;
    const attempt = async () => {
      let result;
      try {
        result = await condition();
      } catch (error) {
        cause = error;
        if (!ended) poll = originals.setTimeout(attempt, interval);
        return;
      }
      if (ended) return;
      ended = true;
      originals.clearTimeout(deadline);
      resolve(result);
    };
    attempt();
    return promise;
  }
}

function addHook(context, kind, fn, options) {
  const test = context[kTest];
  test.addHook(kind, fn, options, require('internal/test/location').callerLocation());
}

class SuiteContext {
  constructor(suite) {
    own(this, suite);
  }

  get signal() {
    return this[kTest].signal;
  }

  get name() {
    return this[kTest].name;
  }

  get filePath() {
    return this[kTest].entryFile;
  }

  get fullName() {
    return this[kTest].fullName;
  }

  get passed() {
    return this[kTest].passed;
  }

  get attempt() {
    return 0;
  }

  diagnostic(message) {
    this[kTest].diagnostic(message);
  }

  log(message) {
    this[kTest].diagnostic(message);
  }
}

module.exports = { SuiteContext, TestContext };
