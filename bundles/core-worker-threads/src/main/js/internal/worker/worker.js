'use strict';

// The class Worker: a thread as the one sees it that starts it.

const EventEmitter = require('events');
const path = require('path');
const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { sharedState, stateSymbol } = require('internal/symbols');
const { validateArray, validateObject, validateString } = require('internal/validators');
const thread = require('internal/worker/thread');
const kinds = require('internal/worker/kinds');
const { MessageChannel, adoptPort, drainPort } = require('internal/worker/ports');
const { ChannelReadable, ChannelWritable, arrived, kIO, wanted } = require('internal/worker/stdio');

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const kState = stateSymbol('worker_threads.worker');
const kEnded = stateSymbol('worker_threads.worker.ended');
const kTold = stateSymbol('worker_threads.worker.told');

const LIMITS = { __proto__: null, maxYoungGenerationSizeMb: -1, maxOldGenerationSizeMb: -1, codeRangeSizeMb: -1, stackSizeMb: 4 };

function isUrl(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

/** What is to run: { code, kind, name } */
function entryOf(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
    }
    return { kind: 'eval', target: filename };
  }
  if (isUrl(filename) && filename.protocol === 'data:') return { kind: 'data', target: `${filename}` };
  if (isUrl(filename)) return { kind: 'file', target: require('url').fileURLToPath(filename) };
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  if (!path.isAbsolute(filename) && !/^\.\.?[\\/]/.test(filename)) throw new codes.ERR_WORKER_PATH(filename);
  return { kind: 'file', target: path.resolve(filename) };
}

/** Names and values in one list; undefined shares the environment. */
function environmentOf(env) {
  if (env === SHARE_ENV) return undefined;
  if (env === undefined || env === null) env = process.env;
  else if (typeof env !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  const list = [];
  for (const key of Object.keys(env)) list.push(key, `${env[key]}`);
  return list;
}

function limitsOf(given) {
  const limits = { ...LIMITS };
  if (typeof given !== 'object' || given === null) return limits;
  for (const name of ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb']) {
    if (typeof given[name] === 'number') limits[name] = name === 'maxOldGenerationSizeMb' ? Math.max(given[name], 2) : given[name];
  }
  if (!(limits.stackSizeMb > 0)) limits.stackSizeMb = LIMITS.stackSizeMb;
  return limits;
}

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (runtime.isGuarded) require('internal/permission').demand('WorkerThreads');
    validateObject(options, 'options');
    if (options.execArgv && !Array.isArray(options.execArgv)) throw new codes.ERR_INVALID_ARG_TYPE('options.execArgv', 'Array', options.execArgv);
    let argv = [];
    if (options.argv) {
      validateArray(options.argv, 'options.argv');
      argv = options.argv.map(String);
    }
    const entry = entryOf(filename, options);
    const environment = environmentOf(options.env);
    let name = 'WorkerThread';
    if (options.name) {
      validateString(options.name, 'options.name');
      name = options.name.trim();
    }
    const state = {
      name, native: null, control: null, port: null, limits: limitsOf(options.resourceLimits), id: -1, error: undefined,
      stdin: null, stdout: null, stderr: null, performance: null, startedAt: 0,
    };
    Object.defineProperty(this, kState, { __proto__: null, value: state, writable: true });
    start(this, entry, environment, argv, options);
    process.emit('worker', this);
  }

  postMessage(...args) {
    const { port } = this[kState];
    if (port !== null) port.postMessage(...args);
  }

  terminate(callback) {
    const { native } = this[kState];
    this.ref();
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.', 'DeprecationWarning', 'DEP0132');
      if (native === null) {
        process.nextTick(callback, null, this[kState].exitCode);
        return undefined;
      }
      this.once('exit', (code) => callback(null, code));
    }
    if (native === null) return Promise.resolve();
    native.terminate();
    return new Promise((resolve) => { this.once('exit', resolve); });
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    const { native, port } = this[kState];
    if (native === null) return;
    native.setRef(true);
    port.ref();
  }

  unref() {
    const { native, port } = this[kState];
    if (native === null) return;
    native.setRef(false);
    port.unref();
  }

  get threadId() {
    const { native, id } = this[kState];
    return native === null ? -1 : id;
  }

  get threadName() {
    const { native, name } = this[kState];
    return native === null ? null : name;
  }

  get stdin() {
    return this[kState].stdin;
  }

  get stdout() {
    return this[kState].stdout;
  }

  get stderr() {
    return this[kState].stderr;
  }

  get resourceLimits() {
    const { native, limits } = this[kState];
    return native === null ? {} : { ...limits };
  }

  getHeapSnapshot() {
    if (this[kState].native === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker.getHeapSnapshot()'));
  }

  /** Of the heap that all threads share. */
  getHeapStatistics() {
    if (this[kState].native === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.resolve(require('v8').getHeapStatistics());
  }

  cpuUsage(previous) {
    if (previous) {
      validateObject(previous, 'prev');
      require('internal/validators').validateNumber(previous.user, 'prev.user', 0, Number.MAX_SAFE_INTEGER);
      require('internal/validators').validateNumber(previous.system, 'prev.system', 0, Number.MAX_SAFE_INTEGER);
    }
    const { native } = this[kState];
    if (native === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    const [user, system] = native.cpuMicros();
    return Promise.resolve({ user: user - (previous?.user ?? 0), system: system - (previous?.system ?? 0) });
  }

  startCpuProfile() {
    if (this[kState].native === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker.startCpuProfile()'));
  }

  startHeapProfile() {
    if (this[kState].native === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker.startHeapProfile()'));
  }

  /** A message of the worker's own side. */
  [kTold](message) {
    const state = this[kState];
    switch (message.kind) {
      case kinds.ONLINE:
        this.emit('online');
        break;
      case kinds.FAILED:
        state.error = { value: require('internal/worker/error_form').unpackError(message.error) };
        break;
      case kinds.UNSERIALIZABLE:
        state.error = { value: new codes.ERR_WORKER_UNSERIALIZABLE_ERROR() };
        break;
      case kinds.OUTPUT:
        arrived(state[message.stream], message.chunks);
        break;
      case kinds.WANT_OUTPUT:
        if (state.stdin !== null) wanted(state.stdin);
        break;
    }
  }

  [kEnded](code) {
    const state = this[kState];
    drainPort(state.port);
    drainPort(state.control);
    state.native = null;
    state.exitCode = code;
    for (const port of [state.control, state.port]) {
      if (port === state.control) port.removeAllListeners('message');
      port.close();
    }
    for (const stream of [state.stdout, state.stderr]) {
      if (!stream.readableEnded && !stream[kIO].ended) stream.push(null);
    }
    if (state.stdin !== null) wanted(state.stdin);
    if (state.error !== undefined) this.emit('error', state.error.value);
    this.emit('exit', code);
  }
}

for (const key of [kTold, kEnded]) Object.defineProperty(Worker.prototype, key, { __proto__: null, enumerable: false });

// Through the worker's own method: after a swap it is the new revision's.
function start(worker, entry, environment, argv, options) {
  const state = worker[kState];
  const { port1, port2 } = new MessageChannel();
  state.port = port1;
  const boot = {
    inspect: sharedState('inspector.workers')?.mode,
    ...entry, argv, name: state.name, workerData: options.workerData, port: port2, environmentData: thread.environmentData,
    resourceLimits: state.limits, hasStdin: Boolean(options.stdin), sharesEnvironment: environment === undefined,
    parentId: thread.id,
    packages: runtime.hasPackagePermissions ? require('internal/permission/packages').ofWorker() : undefined,
  };
  const transfer = [port2];
  if (options.transferList) transfer.push(...options.transferList);
  require('internal/worker/inbox');
  const nodeOptions = options.env && options.env !== SHARE_ENV && 'NODE_OPTIONS' in options.env &&
    `${options.env.NODE_OPTIONS}` !== process.env.NODE_OPTIONS ? `${options.env.NODE_OPTIONS}` : undefined;
  state.native = binding.startWorker(
    state.name, environment, options.execArgv || undefined, nodeOptions, state.limits.stackSizeMb,
    (code) => worker[kEnded](code),
    (native) => {
      const control = adoptPort(native);
      state.control = control;
      // What cannot be sent is refused before the thread is there.
      control.postMessage(boot, transfer);
    });
  state.id = state.native.id;
  state.startedAt = performance.now();
  const { control, port } = state;
  control.on('message', (message) => worker[kTold](message));
  control.unref();
  port.on('message', (message) => worker.emit('message', message));
  port.on('messageerror', (error) => worker.emit('messageerror', error));
  port.ref();
  if (options.stdin) state.stdin = new ChannelWritable(control, 'stdin');
  state.stdout = output(control, 'stdout', options.stdout);
  state.stderr = output(control, 'stderr', options.stderr);
  worker.performance = { eventLoopUtilization: utilization.bind(worker) };
}

/** The worker's stream; it goes to this process's own one unless the program wants it. */
function output(control, name, wantedByProgram) {
  const stream = new ChannelReadable(control, name);
  if (wantedByProgram) return stream;
  stream[kIO].keepsAlive = false;
  const target = process[name];
  const limit = target.getMaxListeners?.();
  if (limit > 0) target.setMaxListeners(limit + 4);
  stream.pipe(target);
  const restore = () => {
    const now = target.getMaxListeners?.();
    if (now >= limit + 4) target.setMaxListeners(now - 4);
  };
  if (limit > 0) stream.once('close', restore);
  return stream;
}

function utilization(first, second) {
  const state = this[kState];
  if (state.native === null) return { idle: 0, active: 0, utilization: 0 };
  if (second) {
    const idle = first.idle - second.idle;
    const active = first.active - second.active;
    return { idle, active, utilization: active / (idle + active) };
  }
  const [elapsed, waited] = state.native.loopNanos();
  if (elapsed === 0) return { idle: 0, active: 0, utilization: 0 };
  const idle = waited / 1e6;
  const active = (elapsed - waited) / 1e6;
  if (!first) return { idle, active, utilization: active / (idle + active) };
  const idleDelta = idle - first.idle;
  const activeDelta = active - first.active;
  return { idle: idleDelta, active: activeDelta, utilization: activeDelta / (idleDelta + activeDelta) };
}

module.exports = { SHARE_ENV, Worker };
