'use strict';

// The tree of tests and suites: when each runs, and in which order they are reported.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateNumber, validateUint32 } = require('internal/validators');
const { asTestFailure, isTestFailure, kinds, testFailure } = require('internal/test/failure');
const { callWith, scopeOf } = require('internal/test/call');
const { fullNameWith, hasOnly, isFilteredByName, selectOnly } = require('internal/test/filter');
const { Hook, runHooks, TIMEOUT_MAX } = require('internal/test/hook');
const originals = require('internal/test/originals');

const HOOK_KINDS = ['before', 'after', 'beforeEach', 'afterEach'];
const nothing = () => {};

/** Nanoseconds. */
function now() {
  return Number(process.hrtime.bigint());
}

function concurrencyOf(value, inherited) {
  switch (typeof value) {
    case 'number':
      validateUint32(value, 'options.concurrency', true);
      return value;
    case 'boolean':
      return value ? Infinity : 1;
    default:
      if (value === undefined || value === null) return inherited;
      throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], value);
  }
}

function isGiven(value) {
  return value !== undefined && value !== null && value !== false;
}

class Test {
  constructor(options) {
    const { name, fn, parent, timeout, concurrency, signal, skip, todo, only, plan, expectFailure, location, harness, file } = options;
    this.harness = harness ?? parent.harness;
    this.config = this.harness.config;
    this.parent = parent;
    this.fn = fn ?? nothing;
    this.name = (typeof name === 'string' && name !== '' ? name : fn?.name) || '<anonymous>';
    this.nesting = parent === null ? -1 : parent.nesting + 1;
    this.location = location;
    this.entryFile = file ?? parent?.entryFile;
    this.concurrency = concurrencyOf(concurrency, parent === null ? 1 : parent.concurrency);
    this.timeout = parent === null ? Infinity : parent.timeout;
    if (timeout !== undefined && timeout !== null) {
      if (timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
      this.timeout = timeout;
    }
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    this.outerSignal = signal;
    this.controller = undefined;
    this.isSuite = new.target.isSuite === true; // What filters it has to know.
    this.testId = this.harness.nextId++;
    this.testNumber = 0;
    this.subtests = []; // Those that are reported.
    this.pending = []; // Wait for a place to run.
    this.active = 0;
    this.ready = new Map(); // By number: ended, and not yet reported.
    this.waitingOn = 1;
    this.idle = null; // Resolves when no subtest is left.
    this.hooks = { __proto__: null, before: [], after: [], beforeEach: [], afterEach: [] };
    this.beforeDone = undefined; // The error of the before hooks of one that runs, once they have ended.
    this.diagnostics = [];
    this.tags = [];
    this.only = only === true;
    this.runOnlySubtests = false;
    this.hasRunOnly = false;
    this.sawOnly = false; // A test in it was named with `only`, be it filtered for another reason.
    this.isFiltered = false;
    this.skipped = isGiven(skip);
    this.isTodo = !this.skipped && (isGiven(todo) || (parent?.isSuite === true && parent.isTodo));
    this.message = typeof skip === 'string' ? skip : typeof todo === 'string' ? todo : undefined;
    this.expectFailure = expectFailure || undefined;
    this.passed = false;
    this.cancelled = false;
    this.finished = false;
    this.isReported = false;
    this.isStarted = false; // test:start was told.
    this.error = null;
    this.startTime = null;
    this.endTime = null;
    this.plan = null;
    this.mock = undefined;
    this.context = undefined;
    if (plan !== undefined) this.planFor(plan);
    if (this.only) for (let each = parent; each !== null; each = each.parent) each.sawOnly = true;
    if (parent !== null) this.applyFilters();
  }

  // ---- Filters

  applyFilters() {
    const { config, parent } = this;
    if (config.namePatterns !== null || config.skipPatterns !== null) {
      if (isFilteredByName(this, config)) {
        this.isFiltered = true;
      } else {
        for (let each = parent; each !== null && each.isFiltered; each = each.parent) each.isFiltered = false;
      }
    }
    if (!parent.isSuite) {
      const wantsOnly = parent.runOnlySubtests;
      if (wantsOnly && config.isTestRunning && !config.only) this.warnAboutOnly();
      else if (wantsOnly && !this.only && !this.isSuite) this.isFiltered = true;
    }
    if (this.only && config.isTestRunning && !config.only) this.warnAboutOnly();
  }

  warnAboutOnly() {
    const warning = "'only' and 'runOnly' require the --test-only command-line option.";
    if (!this.diagnostics.some(({ message }) => message === warning)) this.diagnostic(warning);
  }

  filter() {
    this.isFiltered = true;
  }

  // ---- Where it is

  get fullName() {
    return this.parent === null ? this.name : fullNameWith(this, ' > ');
  }

  get signal() {
    if (this.controller === undefined) {
      this.controller = new (require('internal/abort_controller').AbortController)();
      require('events').setMaxListeners(0, this.controller.signal);
      if (this.finished) this.controller.abort();
      const outer = this.outerSignal;
      if (outer?.aborted) this.controller.abort(outer.reason);
      else outer?.addEventListener('abort', () => this.controller.abort(outer.reason), { __proto__: null, once: true });
    }
    return this.controller.signal;
  }

  planFor(count, options) {
    const { TestPlan } = require('internal/test/plan');
    this.plan = new TestPlan(count, options);
  }

  // ---- Subtests

  /** Adds a test or suite; gives the promise of its end. */
  addSubtest(Class, options) {
    const parent = this.finished ? this.harness.root : this;
    const test = new Class({ ...options, parent });
    if (test.isFiltered && !test.isSuite) return Promise.resolve();
    if (this.finished) {
      test.fail(testFailure('test could not be started because its parent finished', kinds.parentFinished));
    } else if (this.isSuite && !this.isBuilding) {
      test.fail(testFailure('test could not be started because its parent finished', kinds.parentFinished));
    }
    test.build?.();
    if (test.isFiltered) {
      parent.dropFiltered?.(test);
      return Promise.resolve();
    }
    if (this.config.only && test.isSuite && test.built === undefined && test.buildError === undefined && !hasOnly(test) &&
        !parent.isSuite && parent.runOnlySubtests) {
      return Promise.resolve();
    }
    parent.append(test);
    if (parent.isSuite) return Promise.resolve(); // They run when the suite does.
    return test.start();
  }

  append(test) {
    this.subtests.push(test);
    test.testNumber = this.subtests.length;
    this.harness.enqueued(test);
  }

  /** Runs now, or when there is a place for it. */
  start() {
    const { parent } = this;
    parent.idle ??= Promise.withResolvers();
    if (parent.hasPlace()) {
      parent.active++;
      return this.harness.ready(() => this.runAndRelease());
    }
    return new Promise((resolve) => {
      parent.pending.push(() => resolve(this.runAndRelease()));
    });
  }

  hasPlace() {
    return this.active < this.concurrency;
  }

  async runAndRelease() {
    const { parent, harness } = this;
    if (!this.isFiltered) {
      harness.dequeued(this);
      await this.run();
    }
    parent.active--;
    while (parent.pending.length > 0 && parent.hasPlace()) {
      parent.active++;
      parent.pending.shift()();
    }
    if (parent.active === 0 && parent.pending.length === 0) {
      parent.idle?.resolve();
      parent.idle = null;
      if (parent.parent === null) harness.rootIdle();
    }
  }

  /** The end of all subtests, also of those that are named meanwhile. */
  async subtestsDone() {
    while (this.idle !== null) await this.idle.promise;
  }

  // ---- Running

  contextFor() {
    const { TestContext } = require('internal/test/context');
    return this.context ??= new TestContext(this);
  }

  async run() {
    if (this.startTime === null) this.startTime = now();
    if (!this.skipped && this.error === null) {
      if (this.outerSignal?.aborted) this.fail(testFailure(this.outerSignal.reason, kinds.aborted));
      else await this.runBody();
    } else if (this.skipped) {
      this.pass();
    }
    this.end();
  }

  async runBody() {
    const context = this.contextFor();
    try {
      const parentError = await this.parent?.beforeDone;
      if (parentError) throw asHookFailure(parentError);
      await this.runInherited('beforeEach');
      const { timeout, outerSignal: signal } = this;
      await callWith(this, this.fn, context, context, { timeout, signal });
      await this.subtestsBy(timeout);
      const waiting = this.plan?.check();
      if (waiting !== undefined) await callWith(this, () => waiting, context, context, { timeout, signal, passesCallback: false });
      const own = await this.beforeDone;
      if (own) throw asTestFailure(own.cause ?? own, kinds.code);
      this.pass();
    } catch (error) {
      this.fail(asTestFailure(error, kinds.code));
    }
    this.cancelSubtests();
    try {
      await runHooks(this.hooks.after, 'after', context);
    } catch (error) {
      this.fail(error);
    }
    try {
      await this.runInherited('afterEach');
    } catch (error) {
      this.fail(error);
    }
    this.mock?.reset();
    this.controller?.abort();
  }

  /** Waits for subtests that nobody awaited; the timeout goes on. */
  async subtestsBy(timeout) {
    if (this.idle === null) return;
    const left = timeout === Infinity ? Infinity : Math.max(1, timeout - (now() - this.startTime) / 1e6);
    await callWith(this, () => this.subtestsDone(), this.context, this.context,
                   { timeout: left, signal: this.outerSignal, passesCallback: false });
  }

  /** Hooks around each test: those of the outermost first, and last for afterEach's. */
  async runInherited(kind) {
    const chain = [];
    for (let each = this.parent; each !== null; each = each.parent) chain.push(each);
    chain.reverse();
    const hooks = chain.flatMap((each) => each.hooks[kind]);
    if (hooks.length === 0) return;
    if (kind === 'afterEach') {
      const inner = [];
      for (const each of chain.reverse()) inner.push(...each.hooks[kind]);
      await runHooks(inner, kind, this.context);
    } else {
      await runHooks(hooks, kind, this.context);
    }
  }

  addHook(kind, fn, options, location) {
    const hook = new Hook(kind, fn, options, location);
    hook.parent = this;
    if (kind === 'before' && this.startTime !== null && !this.isSuite) {
      // It is running: now, and what comes later waits for it.
      const before = this.beforeDone;
      const context = this.contextFor();
      const done = hook.run(context);
      this.beforeDone = before === undefined ? done : before.then((error) => error ?? done);
      return;
    }
    this.hooks[kind].push(hook);
  }

  pass() {
    if (this.error !== null) return;
    if (this.expectFailure && !this.skipped) {
      this.error = testFailure('test was expected to fail but passed', kinds.expected);
      return;
    }
    this.passed = true;
  }

  fail(error) {
    if (this.error !== null) return;
    if (this.expectFailure && !this.skipped && this.failsAsExpected(error)) {
      this.passed = true;
      this.expectedError = error;
      return;
    }
    this.error = error;
    this.passed = false;
    if (error.failureType === kinds.cancelled || error.failureType === kinds.timeout || error.failureType === kinds.aborted) {
      this.cancelled = true;
    }
  }

  failsAsExpected(failure) {
    const wanted = this.expectFailure;
    const match = wanted === true || typeof wanted === 'string' ? undefined :
      wanted !== null && typeof wanted === 'object' && ('match' in wanted || 'label' in wanted) ? wanted.match : wanted;
    if (match === undefined) return true;
    const { cause } = failure;
    try {
      require('assert').throws(() => { throw cause; }, match);
      return true;
    } catch {
      return false;
    }
  }

  /** Ends what still runs when its parent ends. */
  cancelSubtests() {
    for (const test of this.subtests) {
      if (!test.finished) test.cancel();
    }
    this.pending.length = 0;
  }

  cancel(error = testFailure('test did not finish before its parent and was cancelled', kinds.cancelled)) {
    if (this.finished) return;
    this.cancelSubtests();
    this.fail(error);
    this.passed = false;
    this.cancelled = true;
    this.stop?.(error);
    this.controller?.abort();
    this.startTime ??= now();
    this.end();
  }

  /** An error that no code of the test caught. */
  takeUncaught(error, kind) {
    const failure = testFailure(error, kind);
    this.fail(failure);
    this.stop?.(failure);
    this.controller?.abort();
  }

  // ---- The end, and the report

  end() {
    if (this.finished) return;
    this.endTime = now();
    this.finished = true;
    let failed = 0;
    for (const test of this.subtests) {
      if (!test.finished) test.cancel();
      if (!test.passed && !test.isTodo && !test.skipped) failed++;
    }
    if ((this.passed || this.error === null) && failed > 0) {
      this.passed = true;
      this.error = null;
      const failure = testFailure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, kinds.subtests);
      if (this.expectFailure && !this.skipped) {
        this.fail(failure);
      } else {
        this.error = failure;
        this.passed = false;
      }
    }
    this.harness.completed(this);
    this.controller?.abort();
    const { parent } = this;
    if (parent !== null) {
      parent.ready.set(this.testNumber, this);
      parent.flush();
    }
  }

  isClear() {
    return this.parent === null || (this.parent.waitingOn === this.testNumber && this.parent.isClear());
  }

  /** Reports, in order, those that have ended. */
  flush() {
    if (!this.isClear()) return;
    for (;;) {
      const test = this.ready.get(this.waitingOn);
      if (test === undefined) break;
      this.ready.delete(this.waitingOn);
      test.report();
      this.waitingOn++;
    }
    // The one that comes next may have some that wait.
    this.subtests[this.waitingOn - 1]?.flush();
  }

  reportStart() {
    if (this.isStarted || this.parent === null) return;
    this.isStarted = true;
    this.parent.reportStart();
    this.harness.started(this);
  }

  report() {
    this.reportStart();
    this.flushAll();
    if (this.subtests.length > 0) this.harness.planned(this);
    this.harness.result(this);
    this.isReported = true;
    for (const { message, level } of this.diagnostics) this.harness.diagnostic(this, message, level);
  }

  flushAll() {
    for (const test of this.subtests.slice(this.waitingOn - 1)) {
      this.ready.delete(test.testNumber);
      test.report();
      this.waitingOn++;
    }
  }

  diagnostic(message, level = 'info') {
    this.diagnostics.push({ message: String(message), level });
  }

  get duration() {
    return ((this.endTime ?? now()) - (this.startTime ?? now())) / 1e6;
  }
}

function asHookFailure(error) {
  const failure = testFailure(error, kinds.hook);
  failure.cause = isTestFailure(error) ? error.cause : error;
  return failure;
}

/** What describe() makes: its function names tests, which run when it has its turn. */
class Suite extends Test {
  static isSuite = true;

  constructor(options) {
    super(options);
    this.isBuilding = false;
    this.built = undefined;
    this.buildError = undefined;
  }

  contextFor() {
    const { SuiteContext } = require('internal/test/context');
    return this.context ??= new SuiteContext(this);
  }

  dropFiltered() {}

  build() {
    if (this.skipped || this.error !== null) return;
    const context = this.contextFor();
    this.isBuilding = true;
    const failed = (error) => {
      this.isBuilding = false;
      this.buildError = error;
      // It is there with its error, whatever its name is.
      this.isFiltered = false;
    };
    let result;
    try {
      result = scopeOf(this).runInAsyncScope(this.fn, context, context);
    } catch (error) {
      failed(error);
      return;
    }
    if (typeof result?.then === 'function') {
      // What it names later may be what was asked for.
      this.isFiltered = false;
      this.built = Promise.resolve(result).then(() => { this.isBuilding = false; }, failed);
      this.harness.building(this.built);
    } else {
      this.isBuilding = false;
    }
  }

  async runBody() {
    const context = this.contextFor();
    await this.built;
    if (this.buildError !== undefined) {
      this.fail(testFailure(this.buildError, kinds.code));
      this.cancelSubtests();
      return;
    }
    if (this.config.only) selectOnly(this);
    this.dropUnwanted();
    try {
      const parentError = await this.parent?.beforeDone;
      if (parentError) throw asHookFailure(parentError);
      // One limit for the hooks and the tests.
      const { timeout, outerSignal: signal } = this;
      await callWith(this, () => this.runTests(context), context, context, { timeout, signal, passesCallback: false });
      this.pass();
    } catch (error) {
      this.fail(asTestFailure(error, kinds.code));
    }
    this.cancelSubtests();
    try {
      await runHooks(this.hooks.after, 'after', context);
    } catch (error) {
      this.fail(error);
    }
    this.controller?.abort();
  }

  async runTests(context) {
    await runHooks(this.hooks.before, 'before', context);
    for (const test of this.subtests) test.start().catch(nothing);
    await this.subtestsDone();
  }

  /** Tests that were filtered after they had been named. */
  dropUnwanted() {
    this.subtests = this.subtests.filter((test) => !test.isFiltered);
    this.subtests.forEach((test, i) => { test.testNumber = i + 1; });
  }
}

module.exports = { HOOK_KINDS, Suite, Test, now, originals };
