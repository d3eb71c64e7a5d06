'use strict';

// The run of this process: its root, who reports it, and its end.

const { sharedState } = require('internal/symbols');
const { commandLine } = require('internal/test/config');
const { kinds, testFailure } = require('internal/test/failure');
const { running } = require('internal/test/call');
const { Suite, Test, now } = require('internal/test/tests');
const { callerLocation } = require('internal/test/location');
const originals = require('internal/test/originals');
const { runHooks } = require('internal/test/hook');

const shared = sharedState('test.harness', () => ({ current: undefined }));

class Harness {
  constructor(config, stream) {
    this.config = config;
    this.stream = stream;
    this.nextId = 0;
    this.counts = {
      __proto__: null, tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0,
    };
    this.success = true;
    this.isFinished = false;
    this.afterDone = undefined;
    this.bootstrap = undefined; // Before it no test runs: reporters, a global setup.
    this.builds = []; // Suites whose functions are asynchronous.
    this.onEnd = undefined;
    this.alive = undefined; // What keeps the process while tests run.
    this.root = new Test({ name: '<root>', parent: null, harness: this, timeout: config.timeout, concurrency: config.rootConcurrency });
    this.root.runOnlySubtests = config.only;
    this.root.startTime = now();
    this.root.contextFor();
  }

  /** Calls `run` when tests may run. */
  ready(run) {
    return this.bootstrap === undefined ? Promise.resolve().then(run) : this.bootstrap.then(run);
  }

  building(promise) {
    this.builds.push(promise);
  }

  // ---- Events

  tell(type, data) {
    this.stream.tell(type, data);
  }

  place(test) {
    const { location } = test;
    return location === undefined ? { __proto__: null, file: test.entryFile } : location;
  }

  about(test) {
    return {
      __proto__: null,
      nesting: test.nesting,
      name: test.name,
      testId: test.testId,
      parentId: test.parent.testId,
      tags: test.tags,
      ...this.place(test),
      entryFile: test.entryFile,
    };
  }

  enqueued(test) {
    this.tell('test:enqueue', { ...this.about(test), __proto__: null, type: test.isSuite ? 'suite' : 'test' });
  }

  dequeued(test) {
    this.hold();
    this.tell('test:dequeue', { ...this.about(test), __proto__: null, type: test.isSuite ? 'suite' : 'test' });
  }

  started(test) {
    this.tell('test:start', this.about(test));
  }

  planned(test) {
    const count = test.subtests.length;
    this.tell('test:plan', { __proto__: null, nesting: test.nesting + 1, ...this.place(test), count, entryFile: test.entryFile });
  }

  outcome(test) {
    const details = { __proto__: null, duration_ms: test.duration, type: test.isSuite ? 'suite' : 'test' };
    if (test.parent === null) delete details.type;
    if (!test.passed) details.error = test.error;
    const outcome = {
      ...this.about(test), __proto__: null, testNumber: test.testNumber, details,
    };
    if (test.skipped) outcome.skip = test.message ?? true;
    else if (test.isTodo) outcome.todo = test.message ?? true;
    else if (test.expectFailure) outcome.expectFailure = labelOf(test.expectFailure);
    return outcome;
  }

  completed(test) {
    if (test.parent === null) return;
    const outcome = this.outcome(test);
    outcome.details = { ...outcome.details, passed: test.passed };
    this.tell('test:complete', outcome);
  }

  result(test) {
    this.count(test);
    this.tell(test.passed ? 'test:pass' : 'test:fail', this.outcome(test));
  }

  diagnostic(test, message, level) {
    this.tell('test:diagnostic', {
      __proto__: null, nesting: Math.max(0, test.nesting), ...this.place(test), message, level, entryFile: test.entryFile,
    });
  }

  count(test) {
    if (test.parent === this.root) this.counts.topLevel++;
    this.countOne(test.isSuite, test.passed, test.skipped, test.isTodo, test.cancelled);
    if (!test.passed && !test.skipped && !test.isTodo) this.success = false;
  }

  /** Counts what another process has told. */
  countEvent(passed, { details, skip, todo }) {
    const kind = details.error?.failureType;
    const cancelled = kind === kinds.cancelled || kind === kinds.timeout || kind === kinds.aborted;
    this.countOne(details.type === 'suite', passed, skip !== undefined, todo !== undefined, cancelled);
  }

  countOne(isSuite, passed, skipped, isTodo, cancelled) {
    const { counts } = this;
    if (isSuite) {
      counts.suites++;
      return;
    }
    counts.tests++;
    if (skipped) counts.skipped++;
    else if (isTodo) counts.todo++;
    else if (cancelled) counts.cancelled++;
    else if (!passed) counts.failed++;
    else counts.passed++;
  }

  // ---- The end

  /** A test that waits for something that keeps no process alive is waited for all the same. */
  hold() {
    this.alive ??= originals.setInterval(() => {}, 2 ** 31 - 1);
  }

  release() {
    originals.clearInterval(this.alive);
    this.alive = undefined;
  }

  /** All top-level tests have ended; others may come. */
  rootIdle() {
    this.release();
    if (this.isFinished) return;
    originals.setImmediate(() => originals.setImmediate(() => {
      if (this.root.active > 0 || this.root.pending.length > 0 || this.isLoading) return;
      this.runAfterHooks().then(() => {
        if (this.config.forceExit || this.config.endsWhenIdle) this.finish();
      });
    }));
  }

  runAfterHooks() {
    return this.afterDone ??= (async () => {
      const { root } = this;
      const before = await root.beforeDone;
      if (before) this.failRoot(before);
      try {
        await runHooks(root.hooks.after, 'after', root.context);
      } catch (error) {
        this.failRoot(error, root.hooks.after[0]?.location);
      }
    })();
  }

  failRoot(error, location) {
    const { root } = this;
    root.fail(error);
    root.location ??= location;
    this.success = false;
  }

  /** Reports what is left, the totals, and ends the stream. */
  finish() {
    if (this.isFinished) return;
    this.isFinished = true;
    this.release();
    const { root, counts } = this;
    const late = testFailure('Promise resolution is still pending but the event loop has already resolved', kinds.cancelled);
    for (const test of root.subtests) {
      if (!test.finished) test.cancel(late);
    }
    root.flush();
    root.endTime = now();
    const isFailed = root.error !== null;
    if (isFailed) {
      const outcome = {
        __proto__: null, nesting: 0, name: root.entryFile, testNumber: root.subtests.length + 1, ...this.place(root),
        details: { __proto__: null, duration_ms: root.duration, error: root.error },
      };
      this.tell('test:fail', outcome);
    }
    this.tell('test:plan', { __proto__: null, nesting: 0, ...this.place(root), count: root.childNumber ?? root.subtests.length });
    for (const { message, level } of root.diagnostics) this.diagnostic(root, message, level);
    const totals = [
      ['tests', counts.tests], ['suites', counts.suites], ['pass', counts.passed], ['fail', counts.failed],
      ['cancelled', counts.cancelled], ['skipped', counts.skipped], ['todo', counts.todo], ['duration_ms', root.duration],
    ];
    for (const [name, value] of totals) this.diagnostic(root, `${name} ${value}`, 'info');
    if (this.config.coverage !== undefined) this.reportCoverage();
    if (!this.success && !this.config.isApi) process.exitCode ??= 1;
    require('internal/test/snapshot').writeSnapshots();
    this.tell('test:summary', {
      __proto__: null, success: this.success, counts, duration_ms: root.duration, file: this.config.isChild ? root.entryFile : undefined,
    });
    this.stream.tell(null);
    this.onEnd?.();
  }

  reportCoverage() {
    const coverage = require('internal/test/coverage');
    let summary;
    try {
      summary = coverage.summary(this.config.coverage);
    } catch (error) {
      this.diagnostic(this.root, `Warning: Could not report code coverage. ${error}`, 'warn');
      return;
    } finally {
      coverage.cleanUp();
    }
    for (const message of coverage.missed(summary)) {
      this.success = false;
      process.exitCode = 1;
      this.diagnostic(this.root, message, 'error');
    }
    this.tell('test:coverage', { __proto__: null, nesting: 0, summary });
  }

  // ---- Errors that nobody caught

  takeUncaught(error, kind) {
    const owner = running.getStore();
    const root = this.root;
    const place = owner?.location;
    if (owner === undefined || owner === root || owner.finished) {
      const shown = describe(error);
      let message;
      if (owner === undefined || owner === root) {
        message = 'Error: A resource generated asynchronous activity after the test ended. This activity created the error ' +
          `"${shown}" which triggered an ${kind} event, caught by the test runner.`;
      } else {
        const what = owner.kind === undefined ? `Test "${owner.name}"` : `Test hook "${owner.kind}"`;
        const path = place === undefined ? '' :
          ` at ${require('path').relative(process.cwd(), place.file)}:${place.line}:${place.column}`;
        message = `Error: ${what}${path} generated asynchronous activity after the test ended. This activity created the error ` +
          `"${shown}" and would have caused the test to fail, but instead triggered an ${kind} event.`;
      }
      root.diagnostic(message, 'warn');
      this.success = false;
      process.exitCode = 1;
      return;
    }
    if (owner.takeUncaught !== undefined) owner.takeUncaught(error, kind);
    else owner.fail(testFailure(error, kind));
  }
}

function labelOf(expectFailure) {
  if (typeof expectFailure === 'string') return expectFailure;
  return typeof expectFailure === 'object' && typeof expectFailure.label === 'string' ? expectFailure.label : true;
}

function describe(error) {
  try {
    return String(error);
  } catch {
    return require('internal/util/inspect').inspect(error);
  }
}

// ---- The process's own harness

function createHarness(config, stream) {
  return new Harness(config, stream);
}

function current() {
  return shared.current ??= start();
}

/** The harness of the process, which reports to where the command line says. */
function start() {
  const config = { ...commandLine(), __proto__: null };
  const { TestsStream } = require('internal/test/tests_stream');
  if (config.coverage !== undefined) require('internal/test/coverage').setUp();
  const harness = createHarness(config, new TestsStream());
  harness.root.entryFile = process.argv[1];
  watchProcess(harness);
  const setUp = require('internal/test/reporting').connect(harness.stream, config);
  if (setUp !== undefined) harness.bootstrap = setUp;
  if (config.globalSetup !== undefined && !config.isChild && !config.isRunner) {
    harness.bootstrap = Promise.resolve(harness.bootstrap).then(() => require('internal/test/global_setup').setUp(config.globalSetup));
  }
  return harness;
}

function watchProcess(harness) {
  const onUncaught = (error) => harness.takeUncaught(error, kinds.uncaught);
  const onRejection = (error) => harness.takeUncaught(error, kinds.unhandled);
  const isIdle = () => harness.root.active === 0 && harness.root.pending.length === 0;
  const onBeforeExit = async () => {
    if (harness.isFinished) return;
    if (isIdle()) {
      await harness.runAfterHooks();
    }
    if (harness.root.active > 0 && isIdle()) return;
    end(true);
  };
  const end = (clean) => {
    if (!clean && isIdle()) harness.runAfterHooks();
    harness.finish();
    process.removeListener('uncaughtException', onUncaught);
    process.removeListener('unhandledRejection', onRejection);
  };
  const onExit = () => {
    if (!harness.isFinished) end(false);
    if (!harness.success) process.exitCode ||= 1;
  };
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onRejection);
  process.on('beforeExit', onBeforeExit);
  process.on('exit', onExit);
  if (harness.config.isRunner) watchSignals(harness);
  if (harness.config.forceExit) {
    harness.onEnd = () => originals.setImmediate(() => process.exit());
  }
}

/** Ctrl+C: what was done so far is reported. */
function watchSignals(harness) {
  const onSignal = () => {
    const names = interrupted(harness.root);
    if (names.length > 0) harness.root.diagnostic(`Interrupted while running: ${names.join(', ')}`, 'warn');
    harness.success = false;
    harness.finish();
    process.exitCode = 1;
    // The reporters have their last words.
    originals.setImmediate(() => originals.setImmediate(() => process.exit(1)));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function interrupted(root) {
  return root.subtests.filter((test) => !test.finished && test.startTime !== null).map((test) => test.name);
}

// ---- What the module's functions do

function readArguments(name, options, fn) {
  if (typeof name === 'function') {
    fn = name;
    name = undefined;
    options = undefined;
  } else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
    name = undefined;
  } else if (typeof options === 'function') {
    fn = options;
    options = undefined;
  }
  if (options === null || (options !== undefined && typeof options !== 'object')) options = undefined;
  return { name, options: options ?? {}, fn: typeof fn === 'function' ? fn : undefined };
}

/** Where a test belongs that is named now. */
function owner() {
  const harness = current();
  const test = running.getStore();
  if (test === undefined || test.kind !== undefined || test.harness !== harness) return harness.root;
  if (test.isSuite) return test.isBuilding ? test : harness.root;
  return test.finished ? harness.root : test;
}

function newTest(Class, parent, args, extra, location) {
  const { name, options, fn } = readArguments(args[0], args[1], args[2]);
  return parent.addSubtest(Class, { ...options, ...extra, name, fn, location });
}

/** test(), with the running test as its parent. */
function add(args, extra) {
  return newTest(Test, owner(), args, extra, callerLocation());
}

function addSuite(args, extra) {
  return newTest(Suite, owner(), args, extra, callerLocation());
}

/** t.test(). */
function addTo(parent, args) {
  return newTest(Test, parent, args, undefined, callerLocation());
}

function addHook(kind, fn, options) {
  const test = running.getStore() === undefined ? current().root : owner();
  test.addHook(kind, fn, options, callerLocation());
}

module.exports = { add, addHook, addSuite, addTo, createHarness, current, owner, shared, watchProcess, watchSignals };
