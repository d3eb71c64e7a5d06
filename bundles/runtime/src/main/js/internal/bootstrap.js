'use strict';

// The globals of a realm. Each is made when it is first touched: hello world pays for none of them.

const runtime = require('internal/runtime');

runtime.asyncTracker = undefined;

for (const name of ['AsyncContext', 'AsyncIterator', 'Java', 'Packages', 'Polyglot']) delete globalThis[name];
delete Math.sumPrecise;
delete String.dedent;

// What formats stacks is the runtime's; this stands where programs look for it, to call it or to put it back.
function ErrorPrepareStackTrace(error, trace) {
  const header = String(error);
  return trace.length === 0 ? header : `${header}\n    at ${trace.join('\n    at ')}`;
}
Object.defineProperty(Error, 'prepareStackTrace', { __proto__: null, value: ErrorPrepareStackTrace, writable: true, enumerable: false, configurable: true });
runtime.setDefaultPrepareStackTrace(ErrorPrepareStackTrace);

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
}

function lazy(id, names, enumerable = false) {
  for (const name of names) runtime.defineLazy(globalThis, name, enumerable, true, () => require(id)[name]);
}

Object.defineProperty(globalThis, Symbol.toStringTag, { __proto__: null, value: 'global', configurable: true });
define('global', globalThis, true);
Object.setPrototypeOf(Object.getPrototypeOf(process), Object.create(Object.prototype));
Object.defineProperty(Object.getPrototypeOf(process), 'constructor', { __proto__: null, value: function process() {}, configurable: true, writable: true });
Object.defineProperty(process, Symbol.toStringTag, { __proto__: null, value: 'process', writable: true, configurable: true });
define('process', process);
process.nextTick = function nextTick(callback, ...args) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
  if (process._exiting) return;
  // Set while async_hooks are watched, see internal/async_hooks.
  if (runtime.asyncTracker !== undefined) runtime.asyncTracker.tick(callback, args);
  else runtime.nextTick(callback, ...args);
};
require('process');
require('internal/process/setup').start();
Object.defineProperty(process, 'moduleVersions', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return require('internal/swap').versions();
  },
});
define('queueMicrotask', function queueMicrotask(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
  runtime.queueMicrotask(runtime.asyncTracker === undefined ? callback : runtime.asyncTracker.microtask(callback));
}, true);

lazy('timers', ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'], true);
runtime.defineLazy(globalThis, 'console', false, true, () => require('console'));
lazy('internal/dom_exception', ['DOMException', 'QuotaExceededError']);
lazy('internal/disposable_stack', ['SuppressedError', 'DisposableStack', 'AsyncDisposableStack']);
lazy('buffer', ['Buffer', 'Blob', 'File']);
lazy('buffer', ['atob', 'btoa'], true);
lazy('url', ['URL', 'URLSearchParams', 'URLPattern']);
lazy('internal/abort_controller', ['AbortController', 'AbortSignal']);
lazy('internal/event_target', ['Event', 'EventTarget', 'CustomEvent']);
// The module that makes these stands on the engine's own, which would be hidden from here on.
if (!primordials.TextEncoder || !primordials.TextDecoder) throw new Error('The engine has no text encoding');
lazy('util', ['TextEncoder', 'TextDecoder']);
lazy('internal/crypto/webcrypto', ['Crypto', 'CryptoKey', 'SubtleCrypto']);
lazy('perf_hooks', ['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver', 'PerformanceObserverEntryList',
  'PerformanceResourceTiming', 'Performance']);
lazy('perf_hooks', ['performance'], true);
lazy('worker_threads', ['MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel']);
lazy('stream/web', ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
  'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
  'WritableStream', 'WritableStreamDefaultController', 'WritableStreamDefaultWriter', 'ByteLengthQueuingStrategy',
  'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream']);
const { getOptionValue } = require('internal/options');
define('fetch', function fetch(input, init = undefined) {
  return require('internal/fetch').fetch(input, init);
}, true);
lazy('internal/fetch', ['FormData', 'Headers', 'Request', 'Response', 'ErrorEvent']);
if (getOptionValue('--experimental-websocket')) lazy('internal/fetch', ['WebSocket', 'CloseEvent']);
if (getOptionValue('--experimental-eventsource')) lazy('internal/fetch', ['EventSource']);
if (runtime.hasWebAssembly) runtime.defineLazy(globalThis, 'WebAssembly', false, true, () => require('internal/webassembly').WebAssembly);
if (getOptionValue('--expose-gc')) define('gc', require('internal/gc'));
define('structuredClone', function structuredClone(value, options) {
  const clone = require('internal/structured_clone');
  return arguments.length === 0 ? clone.missingValue() : clone.structuredClone(value, options);
}, true);
if (getOptionValue('--experimental-global-navigator')) {
  lazy('internal/navigator', ['Navigator']);
  Object.defineProperty(globalThis, 'navigator', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return require('internal/navigator').navigator;
    },
  });
}
Object.defineProperty(globalThis, 'crypto', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    const value = require('crypto').webcrypto;
    define('crypto', value, true);
    return value;
  },
  set(value) {
    define('crypto', value, true);
  },
});

// Code of node:vm brings its own answers; everything else is the loader's.
runtime.esm.setHooks(
  (meta, url, host) => (host === undefined ? require('internal/modules/esm').initializeImportMeta(meta, url) : host.initializeMeta?.(meta)),
  (specifier, referrer, attributes, host, shadowRealm, phase) => (host === undefined
    ? require('internal/modules/esm').importDynamically(specifier, referrer, attributes, shadowRealm, phase)
    : host.importModule(specifier, attributes, phase)));
