'use strict';

// run(): the tests of many files, each in a process of its own, or all in this one.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateObject, validateOneOf, validateString,
  validateStringArray, validateUint32, validateNumber, validateInteger,
} = require('internal/validators');
const { commandLine, exclusions, toPattern } = require('internal/test/config');
const { createHarness, shared, watchProcess, watchSignals } = require('internal/test/harness');
const { TestsStream } = require('internal/test/tests_stream');
const { Test } = require('internal/test/tests');
const { kinds, testFailure } = require('internal/test/failure');

function validateOptions(options) {
  validateObject(options, 'options');
  const {
    files, globPatterns, setup, only, signal, watch, shard, isolation = 'process', cwd = process.cwd(), execArgv = [], argv = [],
    forceExit, timeout, globalSetupPath, coverage, coverageIncludeGlobs, coverageExcludeGlobs, lineCoverage, branchCoverage, functionCoverage,
  } = options;
  if (coverage !== undefined && coverage !== null) validateBoolean(coverage, 'options.coverage');
  globsOf(coverageExcludeGlobs, 'options.coverageExcludeGlobs');
  globsOf(coverageIncludeGlobs, 'options.coverageIncludeGlobs');
  if (lineCoverage !== undefined) validateInteger(lineCoverage, 'options.lineCoverage', 0, 100);
  if (branchCoverage !== undefined) validateInteger(branchCoverage, 'options.branchCoverage', 0, 100);
  if (functionCoverage !== undefined) validateInteger(functionCoverage, 'options.functionCoverage', 0, 100);
  if (files !== undefined && files !== null) validateArray(files, 'options.files');
  if (watch !== undefined && watch !== null) validateBoolean(watch, 'options.watch');
  if (forceExit !== undefined && forceExit !== null) {
    validateBoolean(forceExit, 'options.forceExit');
    if (forceExit && watch) throw new ERR_INVALID_ARG_VALUE('options.forceExit', watch, 'is not supported with watch mode');
  }
  if (only !== undefined && only !== null) validateBoolean(only, 'options.only');
  if (globPatterns !== undefined && globPatterns !== null) {
    validateArray(globPatterns, 'options.globPatterns');
    if (globPatterns.length > 0 && files?.length > 0) {
      throw new ERR_INVALID_ARG_VALUE('options.globPatterns', globPatterns, 'is not supported when specifying \'options.files\'');
    }
  }
  validateString(cwd, 'options.cwd');
  if (shard !== undefined && shard !== null) {
    validateObject(shard, 'options.shard');
    validateUint32(shard.total, 'options.shard.total', true);
    if (!Number.isInteger(shard.index) || shard.index < 1 || shard.index > shard.total) {
      if (typeof shard.index !== 'number') throw new ERR_INVALID_ARG_TYPE('options.shard.index', 'number', shard.index);
      throw new ERR_OUT_OF_RANGE('options.shard.index', `>= 1 && <= ${shard.total} ("options.shard.total")`, shard.index);
    }
    if (watch) throw new ERR_INVALID_ARG_VALUE('options.shard', watch, 'shards not supported with watch mode');
  }
  if (setup !== undefined && setup !== null) validateFunction(setup, 'options.setup');
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  validateOneOf(isolation, 'options.isolation', ['process', 'none']);
  validateStringArray(execArgv, 'options.execArgv');
  validateStringArray(argv, 'options.argv');
  if (timeout !== undefined && timeout !== null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
  if (globalSetupPath !== undefined && globalSetupPath !== null) validateString(globalSetupPath, 'options.globalSetupPath');
}

/** A glob or several. */
function globsOf(value, name) {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  validateStringArray(list, name);
  return list;
}

/** Of run({ coverage: true }). */
function coverageFrom({ coverageIncludeGlobs, coverageExcludeGlobs, lineCoverage = 0, branchCoverage = 0, functionCoverage = 0 }, cwd) {
  return {
    __proto__: null,
    cwd,
    includes: globsOf(coverageIncludeGlobs, 'options.coverageIncludeGlobs'),
    excludes: exclusions(globsOf(coverageExcludeGlobs, 'options.coverageExcludeGlobs')),
    thresholds: { line: lineCoverage, branch: branchCoverage, function: functionCoverage },
  };
}

function patternsFrom(value, name) {
  if (value === undefined || value === null) return undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.map((each, i) => {
    if (each instanceof RegExp) return each;
    if (typeof each === 'string') return toPattern(each, `${name}[${i}]`);
    throw new ERR_INVALID_ARG_TYPE(`${name}[${i}]`, ['string', 'RegExp'], each);
  });
}

function concurrencyFrom(value) {
  if (typeof value === 'number') {
    validateUint32(value, 'options.concurrency', true);
    return value;
  }
  if (value === true || value === undefined || value === null) return Math.max(1, require('os').availableParallelism() - 1);
  if (value === false) return 1;
  throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], value);
}

function run(options = { __proto__: null }) {
  validateOptions(options);
  const {
    files, globPatterns, setup, signal, watch = false, shard, isolation = 'process', cwd = process.cwd(), execArgv = [], argv = [],
    forceExit = false, timeout, only, testNamePatterns, testSkipPatterns, inspectPort, globalSetupPath, env,
  } = options;
  const base = commandLine();
  const config = {
    ...base,
    __proto__: null,
    isApi: !base.isRunner,
    only: only ?? base.only,
    namePatterns: patternsFrom(testNamePatterns, 'options.testNamePatterns') ?? base.namePatterns,
    skipPatterns: patternsFrom(testSkipPatterns, 'options.testSkipPatterns') ?? base.skipPatterns,
    timeout: timeout ?? base.timeout,
    rootConcurrency: isolation === 'none' ? 1 : concurrencyFrom(options.concurrency ?? base.concurrency),
    endsWhenIdle: true,
    forceExit,
    isolation,
    waitForSuites: false,
    coverage: options.coverage ? coverageFrom(options, cwd) : base.coverage,
  };
  const stream = new TestsStream();
  if (process.env.NODE_TEST_CONTEXT !== undefined) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    stream.tell(null);
    return stream;
  }
  if (config.coverage !== undefined) require('internal/test/coverage').setUp();
  const harness = createHarness(config, stream);
  debug(harness, options);
  if (base.isRunner && isolation !== 'none') watchSignals(harness);
  let list = files !== undefined && files !== null && files.length > 0 ? files.slice() :
    require('internal/test/files').findFiles(globPatterns ?? (files === undefined || files === null ? undefined : files), cwd);
  if (shard) list = list.filter((_, i) => i % shard.total === shard.index - 1);
  const settings = { cwd, execArgv, argv, env, inspectPort, setup, signal, shard };
  if (signal !== undefined) {
    const stop = () => {
      for (const test of harness.root.subtests) if (!test.finished) test.cancel(testFailure(signal.reason, kinds.aborted));
    };
    if (signal.aborted) process.nextTick(stop);
    else signal.addEventListener('abort', stop, { __proto__: null, once: true });
  }
  const begin = async () => {
    harness.isLoading = true;
    await setup?.(stream);
    if (globalSetupPath ?? base.globalSetup) await require('internal/test/global_setup').setUp(globalSetupPath ?? base.globalSetup);
    if (isolation === 'none') {
      await runHere(harness, list, settings);
    } else {
      const { runFile } = require('internal/test/file_process');
      await Promise.all(list.map((file) => runFile(harness, file, settings)));
    }
    harness.isLoading = false;
    await finish(harness);
  };
  const beginWatching = async () => {
    await setup?.(stream);
    require('internal/test/watch').watch({
      stream, config, settings, files: list, patterns: globPatterns, isFixed: files?.length > 0 && !base.isRunner, finish,
    });
  };
  // Who calls run() is to listen first.
  process.nextTick(() => (watch ? beginWatching : begin)().catch((error) => {
    harness.isLoading = false;
    stream.destroy(error);
  }));
  return stream;
}

async function finish(harness) {
  await harness.root.subtestsDone();
  await harness.runAfterHooks();
  await require('internal/test/global_setup').tearDown();
  harness.finish();
}

function debug(harness, options) {
  const log = require('util').debuglog('test_runner');
  if (log.enabled) {
    const { inspect } = require('internal/util/inspect');
    log('%s', inspect({ isolation: harness.config.isolation, timeout: harness.config.timeout, watch: options.watch }));
  }
}

/** All files in this process: first all are loaded, then what they have named runs. */
async function runHere(harness, list, { cwd }) {
  const before = shared.current;
  // What was named before, by a module of --require for one, belongs to the run.
  if (before !== undefined && before !== harness && before.root.subtests.length === 0) {
    harness.root.hooks = before.root.hooks;
    harness.root.beforeDone = before.root.beforeDone;
  }
  shared.current = harness;
  const { promise, resolve } = Promise.withResolvers();
  harness.bootstrap = promise;
  const { pathToFileURL } = require('url');
  const path = require('path');
  const { importDynamically } = require('internal/modules/esm');
  process.env.NODE_TEST_WORKER_ID ??= '1';
  watchProcess(harness);
  for (const each of list) {
    const file = path.resolve(cwd, each);
    harness.root.entryFile = file;
    try {
      await importDynamically(pathToFileURL(file).href, pathToFileURL(`${cwd}/`).href, {});
    } catch (error) {
      const failed = harness.root.addSubtest(Test, {
        name: file,
        fn() { throw error; },
        location: { __proto__: null, line: 1, column: 1, file },
      });
      failed.catch(() => {});
    }
  }
  await Promise.all(harness.builds);
  // Here `only` counts with and without the option.
  require('internal/test/filter').selectOnly(harness.root);
  const { root } = harness;
  root.subtests = root.subtests.filter((test) => !test.isFiltered);
  root.subtests.forEach((test, i) => {
    test.testNumber = i + 1;
    if (test.isSuite) require('internal/test/filter').selectOnly(test);
  });
  resolve();
  await harness.root.subtestsDone();
}

module.exports = { run };
