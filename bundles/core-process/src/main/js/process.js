'use strict';

// https://nodejs.org/api/process.html. `process` itself is made by the runtime and is the face of what is exported here. Every
// program pays for this file, so it holds only what most of them use; the rest arrives when it is first touched.

const runtime = require('internal/runtime');
const { sharedState, stateSymbol } = require('internal/symbols');

const kExitCode = stateSymbol('process.exitCode');
const { defineProperty } = Object;
const surface = {};
// Values that applications change stay what they are.
const values = sharedState('process.values', () => ({
  execArgv: runtime.execArgv,
  argv: runtime.script === undefined ? [runtime.execPath, ...runtime.argv] : [runtime.execPath, runtime.script, ...runtime.argv],
}));

function fixed(name, value) {
  defineProperty(surface, name, { __proto__: null, value, writable: false, enumerable: true, configurable: true });
}

function plain(name, value) {
  defineProperty(surface, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

// Properties whose values are made when they are first read.
function lazy(name, get) {
  runtime.defineLazy(surface, name, true, true, get);
}

function lazyFixed(name, get) {
  runtime.defineLazy(surface, name, true, false, get);
}

function lazyFunctions(id, names) {
  for (const name of names) lazy(name, () => require(id)[name]);
}

// A property that runs a getter for good, as Node's stdio has it.
function accessor(name, id, settable = false) {
  defineProperty(surface, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require(id)[name]; },
    set: settable ? (value) => { require(id)[name] = value; } : undefined,
  });
}

fixed('version', runtime.version);
lazyFixed('versions', () => {
  const versions = { ...runtime.versions };
  if (!runtime.isBuiltin('sqlite')) delete versions.sqlite;
  return Object.freeze(versions);
});
fixed('arch', binding.arch);
fixed('platform', 'linux');
fixed('pid', runtime.pid);
lazyFixed('ppid', () => binding.ppid());
plain('execPath', runtime.execPath);
plain('execArgv', values.execArgv);
plain('argv', values.argv);
defineProperty(surface, 'argv0', { __proto__: null, value: binding.argv0 ?? 'node', enumerable: true });
defineProperty(surface, 'debugPort', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() { return require('internal/process/facts').debugPort; },
  set(value) { require('internal/process/facts').debugPort = value; },
});
plain('domain', null);
lazy('env', () => require('internal/process/env').env());

function checkExitCode(value) {
  if (value === null || value === undefined) return;
  let number = value;
  if (typeof value === 'string' && value !== '') number = Number(value);
  if (Number.isInteger(number)) return;
  require('internal/validators').validateInteger(Number.isNaN(number) ? value : number, 'code');
}

defineProperty(surface, 'exitCode', {
  __proto__: null,
  enumerable: true,
  configurable: false,
  get() { return process[kExitCode]; },
  set(value) {
    if (value !== null && value !== undefined) checkExitCode(value);
    process[kExitCode] = value;
  },
});

plain('_exiting', false);

surface.reallyExit = function reallyExit(code) {
  require('internal/main').leaveInspector();
  runtime.reallyExit(code ?? 0);
};

surface.exit = function exit(code) {
  if (arguments.length !== 0) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', Number(process.exitCode || 0));
  }
  process.reallyExit(Number(process.exitCode || 0));
  // Reached only where somebody replaced reallyExit.
};

surface.cwd = function cwd() {
  if (!binding.exists(runtime.cwd())) throw require('internal/process/methods').cwdError();
  return runtime.cwd();
};

surface.uptime = function uptime() {
  return runtime.hrtime() / 1000;
};

surface.hrtime = function hrtime(time) {
  const now = binding.hrtime();
  if (time === undefined) return now;
  const { validateArray } = require('internal/validators');
  validateArray(time, 'time');
  if (time.length !== 2) throw new (require('internal/errors').codes.ERR_OUT_OF_RANGE)('time', 2, time.length);
  const seconds = now[0] - time[0];
  const nanos = now[1] - time[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
};
surface.hrtime.bigint = function bigint() {
  return binding.hrtimeBigInt();
};

lazyFunctions('internal/process/warning', ['emitWarning']);
lazyFunctions('internal/process/execution', ['_fatalException', 'setUncaughtExceptionCaptureCallback',
  'addUncaughtExceptionCaptureCallback', 'hasUncaughtExceptionCaptureCallback']);
lazyFunctions('internal/process/methods', ['kill', '_kill', 'abort', 'chdir', 'umask', 'cpuUsage', 'threadCpuUsage', 'resourceUsage',
  'memoryUsage', 'constrainedMemory', 'availableMemory', 'loadEnvFile', 'getActiveResourcesInfo', '_getActiveHandles',
  '_getActiveRequests', 'getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'execve', 'ref', 'unref', 'openStdin', '_rawDebug',
  'setSourceMapsEnabled', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_tickCallback']);
lazyFunctions('internal/process/credentials', ['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'setuid', 'seteuid', 'setgid',
  'setegid', 'setgroups', 'initgroups']);
accessor('stdin', 'internal/process/stdio');
accessor('stdout', 'internal/process/stdio');
accessor('stderr', 'internal/process/stdio');
accessor('title', 'internal/process/facts', true);
accessor('sourceMapsEnabled', 'internal/process/facts');
accessor('report', 'internal/process/facts');
lazyFixed('release', () => require('internal/process/facts').release);
lazyFixed('config', () => require('internal/process/facts').config);
lazyFixed('moduleLoadList', () => require('internal/process/facts').moduleLoadList);
lazyFixed('features', () => require('internal/process/facts').features);
lazy('finalization', () => require('internal/process/finalization').createFinalization());
lazy('allowedNodeEnvironmentFlags', () => require('internal/process/flags').allowedFlags());

module.exports = surface;
