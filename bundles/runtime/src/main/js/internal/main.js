'use strict';

// What the command line asks for, and the end of the process.

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');

function preload() {
  const requests = getOptionValue('--require');
  if (requests.length > 0) require('internal/modules/commonjs').Module._preloadModules(requests);
}

/** --env-file: the first file that names a variable wins, and the environment before all files. */
function loadEnvFiles() {
  const files = getOptionValue('--env-file');
  const optional = getOptionValue('--env-file-if-exists');
  for (const file of files ? files.split('\n') : []) {
    try {
      process.loadEnvFile(file);
    } catch (error) {
      require('fs').writeSync(2, `${process.argv0}: ${file}: ${error.code === 'ENOENT' ? 'not found' : error.message}\n`);
      process.reallyExit(9);
    }
  }
  for (const file of optional ? optional.split('\n') : []) {
    try {
      process.loadEnvFile(file);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}

/** Before any code of the program is loaded. */
function countExecution() {
  const folder = runtime.getEnv('NODE_V8_COVERAGE');
  if (runtime.threadId !== 0 || (!folder && !getOptionValue('--experimental-test-coverage'))) return;
  require('internal/coverage').start(folder || undefined);
}

const INSPECTED = ['--inspect', '--inspect-brk', '--inspect-wait', '--cpu-prof', '--heapsnapshot-signal'];

/** What has the inspector loaded before the program. */
function startInspector() {
  for (const option of INSPECTED) {
    if (getOptionValue(option) === false) continue; // given without a value it is an empty text
    inspector = require('internal/inspector/main');
    inspector.start();
    return;
  }
}

let inspector;

/** Right before the first statement of the program. */
function breakOnStart() {
  inspector?.breakOnStart();
}

/** SIGUSR1 */
function startInspectorBySignal() {
  inspector = require('internal/inspector/main');
  inspector.startBySignal();
}

/** Once, whichever way the process ends: those who look at it may look to the end. */
function leaveInspector() {
  const loaded = inspector ?? (runtime.isInspectorLoaded ? require('internal/inspector/main') : undefined);
  inspector = undefined;
  runtime.isInspectorLoaded = false;
  loaded?.end();
}

const grants = ['--allow-fs-read', '--allow-fs-write', '--allow-addons', '--allow-child-process', '--allow-inspector', '--allow-wasi',
  '--allow-worker', '--allow-net'];

/** Whoever grants something believes the rest refused. */
function refuseGrantsWithoutPermission() {
  for (const grant of grants) {
    const value = getOptionValue(grant);
    if (value === undefined || value === false || value.length === 0) continue;
    const { codes } = require('internal/errors');
    throw new codes.ERR_MISSING_OPTION('--permission');
  }
}

/** Permissions of packages, if the application has some, and their audit. */
function limitPackages() {
  const audit = getOptionValue('--package-permission-audit') || undefined;
  const manifest = runtime.findPackagePermissions(runtime.script);
  if (manifest === undefined && audit === undefined) return;
  const files = [...getOptionValue('--require'), ...getOptionValue('--import')];
  require('internal/permission/packages').startMain(manifest, audit, [runtime.script, ...files]);
}

function run() {
  countExecution();
  if (runtime.threadId === 0) limitPackages();
  // Not by process.permission: what process has not is looked for at the emitter that it would have to become.
  if (getOptionValue('--permission') || getOptionValue('--permission-audit')) require('internal/permission').warn();
  else refuseGrantsWithoutPermission();
  loadEnvFiles();
  const frames = getOptionValue('--stack-trace-limit');
  if (typeof frames === 'number') Error.stackTraceLimit = frames;
  if (runtime.threadId === 0) startInspector();
  const code = getOptionValue('--eval');
  const script = getOptionValue('--run');
  if (runtime.threadId !== 0) {
    require('internal/worker/main').run();
  } else if (typeof script === 'string') {
    require('internal/main/run_script').run(script);
  } else if (getOptionValue('--watch') && process.env.WATCH_REPORT_DEPENDENCIES === undefined && !getOptionValue('--test')) {
    require('internal/main/watch').run();
  } else if (getOptionValue('--check')) {
    require('internal/main/check').run();
  } else if (getOptionValue('--test')) {
    preload();
    const patterns = runtime.script === undefined ? [] : [runtime.script, ...runtime.argv];
    require('internal/modules/esm').runAfterPreloads(() => require('internal/test/main').main(patterns));
  } else if (typeof code === 'string') {
    preload();
    require('internal/main/eval').run(code);
    if (getOptionValue('--interactive')) require('internal/repl/main').run();
  } else if (runtime.script === undefined && (getOptionValue('--interactive') || require('internal/process/stdio').isTTY(0))) {
    preload();
    require('internal/modules/esm').runAfterPreloads(() => require('internal/repl/main').run());
  } else if (runtime.script === '-' || runtime.script === '' || runtime.script === undefined) {
    preload();
    require('internal/main/stdin').run();
  } else {
    process.argv[1] = require('path').resolve(runtime.script);
    preload();
    require('module').runMain();
  }
}

let unsettled = null;

/** The promise of an entry point with top-level await; while it is pending at the end, the exit code is 13. */
function setEntryPromise(state) {
  unsettled = state;
}

function beforeExit() {
  process.emit?.('beforeExit', process.exitCode ?? 0);
}

function exit() {
  if (process._exiting) return Number(process.exitCode ?? 0);
  process._exiting = true;
  if (unsettled !== null && unsettled.pending && process.exitCode === undefined) {
    process.exitCode = 13;
    if (unsettled.warn) unsettled.warn();
  }
  process.emit?.('exit', Number(process.exitCode ?? 0));
  if (runtime.hasPackagePermissions) require('internal/permission/packages').end();
  leaveInspector();
  return Number(process.exitCode ?? 0);
}

/** The container asks the application to end. */
function terminate() {
  process.kill(process.pid, 'SIGTERM');
}

module.exports = { beforeExit, breakOnStart, exit, leaveInspector, run, setEntryPromise, startInspectorBySignal, terminate };
