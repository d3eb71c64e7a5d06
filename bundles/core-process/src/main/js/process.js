'use strict';

// https://nodejs.org/api/process.html. `process` itself is made by the runtime. Every program pays for this file, so it holds
// only what most of them use; the rest arrives when it is first touched.

const runtime = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');

const kExitCode = stateSymbol('process.exitCode');
const { defineProperty } = Object;

function fixed(name, value) {
  defineProperty(process, name, { __proto__: null, value, writable: false, enumerable: true, configurable: true });
}

function plain(name, value) {
  defineProperty(process, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

// Properties whose values are made when they are first read.
function lazy(name, get) {
  runtime.defineLazy(process, name, true, true, get);
}

function lazyFixed(name, get) {
  runtime.defineLazy(process, name, true, false, get);
}

function lazyFunctions(id, names) {
  for (const name of names) lazy(name, () => require(id)[name]);
}

// A property that runs a getter for good, as Node's stdio has it.
function accessor(name, id, settable = false) {
  defineProperty(process, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require(id)[name]; },
    set: settable ? (value) => { require(id)[name] = value; } : undefined,
  });
}

// Until somebody listens, `process` is an emitter in waiting: the proxy at the end of its prototype chain loads `events` when
// one of its methods is asked for, and gives its place to EventEmitter.prototype.
let emitting = false;
const prototype = Object.getPrototypeOf(process);

function becomeEmitter() {
  if (emitting) return;
  emitting = true;
  const EventEmitter = require('events');
  Object.setPrototypeOf(prototype, EventEmitter.prototype);
  EventEmitter.call(process);
  require('internal/process/listeners').install();
}

const emitterInWaiting = new Proxy(Object.create(null), {
  __proto__: null,
  getPrototypeOf() {
    becomeEmitter();
    return require('events').prototype;
  },
  get(target, key, receiver) {
    if (key in Object.prototype) return Reflect.get(Object.prototype, key, receiver);
    if (key === 'emit') return emit;
    if (typeof key === 'symbol') return undefined;
    becomeEmitter();
    return Reflect.get(require('events').prototype, key, receiver);
  },
  set(target, key, value, receiver) {
    return defineProperty(receiver, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  },
  has(target, key) {
    return key in Object.prototype || (typeof key === 'string' && key in require('events').prototype);
  },
});

// With nobody listening there is nothing to tell, but for the warnings that print themselves.
function emit(event, ...args) {
  if (!emitting) {
    if (event !== 'warning') return false;
    becomeEmitter();
  }
  return process.emit(event, ...args);
}

Object.setPrototypeOf(prototype, emitterInWaiting);

const constructor = function() {};
defineProperty(constructor, 'name', { __proto__: null, value: 'process', configurable: true });
constructor.prototype = prototype;
defineProperty(prototype, 'constructor', { __proto__: null, value: constructor, writable: true, enumerable: false, configurable: true });

fixed('version', runtime.version);
lazyFixed('versions', () => Object.freeze({ ...runtime.versions }));
fixed('arch', binding.arch);
fixed('platform', 'linux');
fixed('pid', runtime.pid);
lazyFixed('ppid', () => binding.ppid());
plain('execPath', runtime.execPath);
plain('execArgv', runtime.execArgv);
plain('argv', runtime.script === undefined ? [runtime.execPath, ...runtime.argv] : [runtime.execPath, runtime.script, ...runtime.argv]);
defineProperty(process, 'argv0', { __proto__: null, value: binding.argv0 ?? 'node', enumerable: true });
plain('debugPort', 9229);
plain('domain', null);
lazy('env', () => require('internal/process/env'));

process[kExitCode] = undefined;
defineProperty(process, kExitCode, { __proto__: null, enumerable: false });

function checkExitCode(value) {
  if (value === null || value === undefined) return;
  let number = value;
  if (typeof value === 'string' && value !== '') number = Number(value);
  if (Number.isInteger(number)) return;
  require('internal/validators').validateInteger(Number.isNaN(number) ? value : number, 'code');
}

defineProperty(process, 'exitCode', {
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

process.reallyExit = function reallyExit(code) {
  runtime.reallyExit(code ?? 0);
};

process.exit = function exit(code) {
  if (arguments.length !== 0) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', Number(process.exitCode || 0));
  }
  process.reallyExit(Number(process.exitCode || 0));
  // Reached only where somebody replaced reallyExit.
};

process.cwd = function cwd() {
  if (!binding.exists(runtime.cwd())) throw require('internal/process/methods').cwdError();
  return runtime.cwd();
};

process.uptime = function uptime() {
  return runtime.hrtime() / 1000;
};

process.hrtime = function hrtime(time) {
  const now = binding.hrtime();
  if (time === undefined) return now;
  const { validateArray } = require('internal/validators');
  validateArray(time, 'time');
  if (time.length !== 2) throw new (require('internal/errors').codes.ERR_OUT_OF_RANGE)('time', 2, time.length);
  const seconds = now[0] - time[0];
  const nanos = now[1] - time[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
};
process.hrtime.bigint = function bigint() {
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

runtime.setRejectionHandlers(
  (promise, reason) => { require('internal/process/promises').rejected(promise, reason); },
  (promise) => { require('internal/process/promises').handled(promise); },
  () => require('internal/process/promises').processUnhandledRejections(),
);

// A child with a channel to its parent.
if (runtime.getEnv('NODE_CHANNEL_FD') !== undefined) {
  const fd = Number(runtime.getEnv('NODE_CHANNEL_FD'));
  const mode = runtime.getEnv('NODE_CHANNEL_SERIALIZATION_MODE') ?? 'json';
  runtime.deleteEnv('NODE_CHANNEL_FD');
  runtime.deleteEnv('NODE_CHANNEL_SERIALIZATION_MODE');
  if (Number.isInteger(fd) && fd >= 0) require('child_process')._forkChild(fd, mode);
}

{
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--deprecation') === false || getOptionValue('--no-deprecation') === true) plain('noDeprecation', true);
  if (getOptionValue('--throw-deprecation')) plain('throwDeprecation', true);
  if (getOptionValue('--trace-deprecation')) plain('traceDeprecation', true);
  if (getOptionValue('--trace-warnings')) plain('traceProcessWarnings', true);
}

module.exports = process;
