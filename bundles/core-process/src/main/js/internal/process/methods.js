'use strict';

// Methods of `process` that few programs call.

const runtime = require('internal/runtime');
const { codes, ErrnoException, UVException } = require('internal/errors');
const { validateNumber, validateObject, validateString, validateBoolean, parseFileMode } = require('internal/validators');

function cwdError() {
  const error = new Error('ENOENT: process.cwd failed with error no such file or directory, the current working directory was likely ' +
    'removed without changing the working directory, uv_cwd');
  return Object.assign(error, { errno: -2, code: 'ENOENT', syscall: 'uv_cwd' });
}

function chdir(directory) {
  validateString(directory, 'directory');
  if (runtime.isGuarded) require('internal/permission').demand('FileSystemRead', directory);
  const result = binding.chdir(directory);
  if (typeof result === 'number') throw new UVException({ errno: result, syscall: 'chdir', path: runtime.cwd(), dest: directory });
  runtime.setCwd(result);
}

/** A signal to an application that shares its process with others: nobody else may get it. */
function signalMyself(number) {
  const { signals } = require('os').constants;
  const name = Object.keys(signals).find((key) => signals[key] === number);
  if (process.listenerCount(name) > 0) process.emit(name, name, number);
  else process.reallyExit(128 + number);
  return 0;
}

function _kill(pid, signal) {
  if (binding.shared && signal !== 0 && (pid === process.pid || pid === 0)) return signalMyself(signal);
  return binding.kill(pid, signal);
}

/** A package may signal and replace processes if it may start some. */
function demandProcesses(resource) {
  const error = require('internal/permission').packageDenial('ChildProcess', resource);
  if (error !== undefined) throw error;
}

function kill(pid, signal) {
  if (runtime.hasPackagePermissions && Number(pid) !== process.pid) demandProcesses(`${pid}`);
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  let number = signal;
  if (typeof signal !== 'number') {
    const name = signal || 'SIGTERM';
    number = require('os').constants.signals[name];
    if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(name);
  }
  const error = process._kill(pid | 0, number);
  if (error) throw new ErrnoException(error, 'kill');
  return true;
}

function umask(mask) {
  if (mask === undefined) return binding.umask(-1);
  return binding.umask(parseFileMode(mask, 'mask'));
}

function previousUsage(value) {
  if (!value) return;
  validateObject(value, 'prevValue');
  for (const field of ['user', 'system']) {
    validateNumber(value[field], `prevValue.${field}`);
    if (value[field] < 0 || value[field] > Number.MAX_SAFE_INTEGER) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${field}`, value[field]);
    }
  }
}

function usage(of) {
  return (previous) => {
    previousUsage(previous);
    const now = binding.usage(of);
    const user = now[0];
    const system = now[1];
    return previous ? { user: user - previous.user, system: system - previous.system } : { user, system };
  };
}

const processUsage = usage(0);
const threadUsage = usage(1);

function cpuUsage(prevValue) {
  return processUsage(prevValue);
}

function threadCpuUsage(prevValue) {
  return threadUsage(prevValue);
}

const resourceFields = ['userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize',
  'minorPageFault', 'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount',
  'voluntaryContextSwitches', 'involuntaryContextSwitches'];

function resourceUsage() {
  const values = binding.usage(0);
  const result = {};
  resourceFields.forEach((name, i) => { result[name] = values[i]; });
  return result;
}

function memoryUsage() {
  const values = binding.memoryUsage();
  return { rss: values[0], heapTotal: values[1], heapUsed: values[2], external: values[3], arrayBuffers: values[4] };
}
memoryUsage.rss = function rss() {
  return binding.memoryUsage()[0];
};

function constrainedMemory() {
  return binding.constrainedMemory();
}

function availableMemory() {
  return binding.availableMemory();
}

function loadEnvFile(path = undefined) {
  const file = path === undefined ? '.env' : path;
  const content = require('fs').readFileSync(file, 'utf8');
  const parsed = require('util').parseEnv(content);
  for (const key of Object.keys(parsed)) if (!(key in process.env) || process.env[key] === undefined) process.env[key] = parsed[key];
}

function getActiveResourcesInfo() {
  return runtime.activeResources();
}

function getBuiltinModule(id) {
  validateString(id, 'id');
  const bare = id.startsWith('node:') ? id.slice(5) : id;
  if (bare.startsWith('internal/')) return undefined;
  const { isBuiltin } = require('module');
  if (runtime.hasPackagePermissions && runtime.isBuiltin(bare)) runtime.demandLoad(bare, undefined, true);
  return (isBuiltin === undefined ? runtime.isBuiltin(bare) : isBuiltin(id)) ? runtime.requireBuiltin(bare) : undefined;
}

function noBinding(name) {
  return new Error(`No such module: ${name}`);
}

function dlopen(module, filename) {
  if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('process.dlopen needs at least 2 arguments.');
  const error = new Error(`Native addons are not supported: ${filename}`);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
}

function execve(execPath, args = [], env = process.env) {
  validateString(execPath, 'execPath');
  if (runtime.hasPackagePermissions) demandProcesses(execPath);
  if (!Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'Array', args);
  args.forEach((value, i) => {
    if (typeof value !== 'string' || value.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE(`args[${i}]`, value, 'must be a string without null bytes');
    }
  });
  const environment = [];
  if (env !== undefined) {
    validateObject(env, 'env');
    for (const key of Object.keys(env)) {
      const value = env[key];
      if (typeof value !== 'string' || `${key}${value}`.includes('\0')) {
        throw new codes.ERR_INVALID_ARG_VALUE('env', env, 'must be an object with string keys and values without null bytes');
      }
      environment.push(`${key}=${value}`);
    }
  }
  require('internal/util').emitExperimentalWarning('process.execve');
  process._exiting = true;
  const errno = binding.execve(require('path').resolve(execPath), args, environment);
  const [code] = require('internal/errors').uvErrmapGet(errno);
  process._rawDebug(`process.execve failed with error code ${code}`);
  process.abort();
}

function ref(maybeRefable) {
  const fn = maybeRefable?.[Symbol.for('nodejs.ref')] || maybeRefable?.[Symbol.for('node:ref')] || maybeRefable?.ref;
  if (typeof fn === 'function') Reflect.apply(fn, maybeRefable, []);
}

function unref(maybeRefable) {
  const fn = maybeRefable?.[Symbol.for('nodejs.unref')] || maybeRefable?.[Symbol.for('node:unref')] || maybeRefable?.unref;
  if (typeof fn === 'function') Reflect.apply(fn, maybeRefable, []);
}

function openStdin() {
  process.stdin.resume();
  return process.stdin;
}

function _rawDebug(...args) {
  runtime.writeStdio(2, `${require('internal/util/inspect').format(...args)}\n`);
}

function setSourceMapsEnabled(value) {
  validateBoolean(value, 'enabled');
  require('module').setSourceMapsSupport(value, { nodeModules: value, generatedCode: value });
}

module.exports = {
  cwdError,
  chdir,
  _kill,
  kill,
  abort() { // a method, as it cannot be constructed
    binding.abort();
  },
  umask,
  cpuUsage,
  threadCpuUsage,
  resourceUsage,
  memoryUsage,
  constrainedMemory,
  availableMemory,
  loadEnvFile,
  getActiveResourcesInfo,
  _getActiveHandles: function _getActiveHandles() { return []; },
  _getActiveRequests: function _getActiveRequests() { return []; },
  getBuiltinModule,
  binding: function binding(module) {
    throw noBinding(String(module));
  },
  _linkedBinding: function _linkedBinding(module) {
    throw Object.assign(new Error(`No such binding: ${module}`), { code: 'ERR_INVALID_MODULE' });
  },
  dlopen,
  execve,
  ref,
  unref,
  openStdin,
  _rawDebug,
  setSourceMapsEnabled,
  _debugProcess: function _debugProcess() {
    process.kill(arguments[0], 'SIGUSR1');
  },
  _debugEnd: function _debugEnd() {
    require('inspector').close();
  },
  _startProfilerIdleNotifier: () => {},
  _stopProfilerIdleNotifier: () => {},
  _tickCallback: function runNextTicks() { runtime.runMicrotasks(); },
};
