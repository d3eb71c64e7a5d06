'use strict';

// A test file in a process of its own: its events become part of this run.

const { kinds, testFailure } = require('internal/test/failure');
const { Test } = require('internal/test/tests');

// Options of the runner that the process of a file has no use for, and those that it must not have.
const OWN_OPTIONS = new Set([
  '--test', '--experimental-test-coverage', '--watch', '--experimental-default-config-file', '--test-force-exit',
  '--test-reporter', '--test-reporter-destination', '--test-shard', '--test-concurrency', '--test-isolation',
  '--experimental-test-isolation', '--watch-path', '--watch-preserve-output', '--test-global-setup', '--run', '--test-rerun-failures',
  '--test-coverage-include', '--test-coverage-exclude', '--test-coverage-lines', '--test-coverage-branches', '--test-coverage-functions',
]);
const WITH_VALUE = new Set([
  '--test-reporter', '--test-reporter-destination', '--test-shard', '--test-concurrency', '--test-isolation',
  '--experimental-test-isolation', '--watch-path', '--test-global-setup', '--run', '--test-rerun-failures',
  '--test-coverage-include', '--test-coverage-exclude', '--test-coverage-lines', '--test-coverage-branches', '--test-coverage-functions',
]);

const kFileTest = Symbol('file test');
const workerIds = new Set();

function takeWorkerId() {
  let id = 1;
  while (workerIds.has(id)) id++;
  workerIds.add(id);
  return id;
}

function optionsFor(harness, settings) {
  const options = [];
  const { execArgv } = process;
  for (let i = 0; i < execArgv.length; i++) {
    const name = execArgv[i].split('=', 1)[0];
    if (OWN_OPTIONS.has(name)) {
      if (WITH_VALUE.has(name) && !execArgv[i].includes('=')) i++;
      continue;
    }
    options.push(execArgv[i]);
  }
  options.push(...settings.execArgv);
  const { config } = harness;
  const has = (name) => options.some((each) => each.startsWith(name));
  if (config.isApi) {
    for (const pattern of config.namePatterns ?? []) options.push(`--test-name-pattern=${pattern}`);
    for (const pattern of config.skipPatterns ?? []) options.push(`--test-skip-pattern=${pattern}`);
  }
  if (config.only && !has('--test-only')) options.push('--test-only');
  if (config.timeout !== Infinity && !has('--test-timeout')) options.push(`--test-timeout=${config.timeout}`);
  return options;
}

/** A test that stands for the file until the file's own tests take its place. */
class FileTest extends Test {
  constructor(options) {
    super(options);
    this.events = [];
    Object.defineProperty(this.contextFor(), kFileTest, { __proto__: null, value: this });
    this.failedSubtests = 0;
    this.reportedSubtests = 0;
  }

  /** The patterns are for what is in the file. */
  applyFilters() {}

  take(event) {
    this.events.push(event);
    this.forward();
  }

  /** In the order of the files. */
  forward() {
    if (!this.isClear()) return;
    for (const event of this.events.splice(0)) this.forwardOne(event);
  }

  forwardOne({ type, data }) {
    const { harness } = this;
    const { root } = harness;
    if (type === 'test:pass' || type === 'test:fail') {
      if (data.nesting === 0) {
        this.reportedSubtests++;
        data.testNumber = ++root.childNumber;
        harness.counts.topLevel++;
      }
      harness.countEvent(type === 'test:pass', data);
      if (type === 'test:fail' && data.skip === undefined && data.todo === undefined) {
        harness.success = false;
        this.failedSubtests++;
      }
    } else if (type === 'test:plan' && data.nesting === 0) {
      return;
    } else if (type === 'test:summary') {
      if (!data.success) harness.success = false;
      data.file ??= this.location.file;
    } else if (type === 'test:diagnostic' && data.nesting === 0 && isTotal(data.message)) {
      return;
    }
    harness.tell(type, data);
  }

  flush() {
    this.forward();
    super.flush();
  }

  report() {
    this.forward();
    // A file with tests is reported as these, unless it failed by itself.
    const isOwnFailure = !this.passed && this.error?.failureType !== kinds.subtests &&
      (this.failedSubtests === 0 || this.error?.failureType !== kinds.code || this.exitSignal !== null);
    if (this.reportedSubtests > 0 && !isOwnFailure) {
      if (!this.passed) this.harness.success = false;
      return;
    }
    this.testNumberShown = ++this.harness.root.childNumber;
    const number = this.testNumber;
    this.testNumber = this.testNumberShown;
    this.reportStart();
    this.harness.result(this);
    this.testNumber = number;
    this.isReported = true;
    for (const { message, level } of this.diagnostics) this.harness.diagnostic(this, message, level);
  }
}

const TOTAL = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

function isTotal(message) {
  return TOTAL.test(message);
}

/** Resolves when the process has ended and all of its events are told. */
function runFile(harness, given, settings) {
  const path = require('path');
  const file = path.resolve(settings.cwd, given);
  harness.root.childNumber ??= 0;
  return harness.root.addSubtest(FileTest, {
    name: given,
    fn() { return spawnFile(harness, this[kFileTest], file, settings); },
    file,
    location: { __proto__: null, line: 1, column: 1, file },
    signal: settings.signal,
    timeout: Infinity,
  });
}

function spawnFile(harness, test, file, { cwd, argv, env, ...settings }) {
  const { spawn } = require('child_process');
  const { WireReader } = require('internal/test/wire');
  const workerId = takeWorkerId();
  const child = spawn(process.execPath, [...optionsFor(harness, settings), file, ...argv], {
    cwd,
    env: {
      ...(env ?? process.env),
      NODE_TEST_CONTEXT: 'child-v8',
      NODE_TEST_WORKER_ID: String(workerId),
      ...(harness.config.isWatching ? { WATCH_REPORT_DEPENDENCIES: '1' } : {}),
    },
    stdio: [harness.config.isRunner ? 'inherit' : 'pipe', 'pipe', 'pipe', ...(harness.config.isWatching ? ['ipc'] : [])],
    signal: test.signal,
  });
  harness.onChild?.(child, file);
  child.stdin?.end();
  const reader = new WireReader(
    (event) => test.take(event),
    (message) => test.take({ type: 'test:stdout', data: { __proto__: null, file, message, entryFile: file } }));
  child.stdout.on('data', (chunk) => reader.write(chunk));
  child.stdout.on('end', () => reader.end());
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (message) => test.take({ type: 'test:stderr', data: { __proto__: null, file, message, entryFile: file } }));
  return new Promise((resolve, reject) => {
    let spawnError;
    child.on('error', (error) => { spawnError = error; });
    child.on('close', (code, signal) => {
      workerIds.delete(workerId);
      test.exitSignal = signal;
      if (code === 0 && signal === null) {
        resolve();
        return;
      }
      if (spawnError !== undefined && !test.signal.aborted) {
        reject(spawnError);
        return;
      }
      const failure = testFailure('test failed', kinds.code);
      failure.exitCode = code;
      failure.signal = signal;
      failure.stack = undefined;
      reject(failure);
    });
  });
}

module.exports = { FileTest, isTotal, runFile };
