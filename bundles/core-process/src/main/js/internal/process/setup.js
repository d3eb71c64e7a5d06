'use strict';

// What the runtime and the outside call of this module. They reach it through the state that all revisions share, so that
// the current revision answers.

const runtime = require('internal/runtime');
const { sharedState, stateSymbol, through } = require('internal/symbols');
const { getOptionValue } = require('internal/options');

const { defineProperty } = Object;
const calls = sharedState('process.calls', () => ({ emitting: false, traps: {} }));

// Until somebody listens, `process` is an emitter in waiting: the proxy at the end of its prototype chain loads `events` when
// one of its methods is asked for, and gives its place to EventEmitter.prototype.
function becomeEmitter() {
  if (calls.emitting) return;
  calls.emitting = true;
  const EventEmitter = require('events');
  Object.setPrototypeOf(Object.getPrototypeOf(process), EventEmitter.prototype);
  EventEmitter.call(process);
  require('internal/process/listeners').install();
}

// With nobody listening there is nothing to tell, but for the warnings that print themselves.
function emit(event, ...args) {
  if (!calls.emitting) {
    if (event !== 'warning') return false;
    becomeEmitter();
  }
  return process.emit(event, ...args);
}

const traps = {
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
};

/** Makes this revision the one that is called. */
function connect() {
  Object.assign(calls.traps, traps);
  calls.rejected = (promise, reason) => { require('internal/process/promises').rejected(promise, reason); };
  calls.handled = (promise) => { require('internal/process/promises').handled(promise); };
  calls.processRejections = () => require('internal/process/promises').processUnhandledRejections();
  calls.added = (event) => { require('internal/process/listeners').onNewListener(event); };
  calls.removed = (event) => { require('internal/process/listeners').onRemoveListener(event); };
  calls.warned = (warning) => { require('internal/process/warning').onWarning(warning); };
}

function hide(target, name, value) {
  defineProperty(target, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

/** A child with a channel to its parent. */
function openChannel() {
  const fd = Number(runtime.getEnv('NODE_CHANNEL_FD'));
  const mode = runtime.getEnv('NODE_CHANNEL_SERIALIZATION_MODE') ?? 'json';
  runtime.deleteEnv('NODE_CHANNEL_FD');
  runtime.deleteEnv('NODE_CHANNEL_SERIALIZATION_MODE');
  if (Number.isInteger(fd) && fd >= 0) require('child_process')._forkChild(fd, mode);

  // A worker of a cluster
  const id = runtime.getEnv('NODE_UNIQUE_ID');
  if (id && process.argv[1]) {
    runtime.deleteEnv('NODE_UNIQUE_ID');
    sharedState('cluster.worker', () => ({ id }));
    require('cluster');
  }
}

/** Once in a realm, when `process` has its properties. */
function start() {
  connect();
  const prototype = Object.getPrototypeOf(process);
  Object.setPrototypeOf(prototype, new Proxy({ __proto__: null }, calls.traps));
  const constructor = function() {};
  defineProperty(constructor, 'name', { __proto__: null, value: 'process', configurable: true });
  constructor.prototype = prototype;
  hide(prototype, 'constructor', constructor);
  hide(process, stateSymbol('process.exitCode'), undefined);
  if (getOptionValue('--permission') || getOptionValue('--permission-audit')) {
    runtime.isGuarded = true;
    require('internal/permission').start();
  }
  runtime.setRejectionHandlers(through(calls, 'rejected'), through(calls, 'handled'), through(calls, 'processRejections'));
  if (runtime.getEnv('NODE_CHANNEL_FD') !== undefined) openChannel();
  if (getOptionValue('--deprecation') === false || getOptionValue('--no-deprecation') === true) process.noDeprecation = true;
  if (getOptionValue('--throw-deprecation')) process.throwDeprecation = true;
  if (getOptionValue('--trace-deprecation')) process.traceDeprecation = true;
  if (getOptionValue('--trace-warnings')) process.traceProcessWarnings = true;
}

module.exports = { connect, start };
