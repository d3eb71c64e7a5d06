'use strict';

// The ids of asynchronous operations, the stack of those that are running, and the hooks that hear of them. Nothing is tracked
// before somebody asks; then `runtime.asyncTracker` stands, and ticks, microtasks, timers and requests report through it.

const runtime = require('internal/runtime');
const { asyncIdSymbol, sharedState, stateSymbol, triggerAsyncIdSymbol } = require('internal/symbols');

const kInit = stateSymbol('init');
const kBefore = stateSymbol('before');
const kAfter = stateSymbol('after');
const kDestroy = stateSymbol('destroy');
const kPromiseResolve = stateSymbol('promiseResolve');
const kNoPromiseHook = stateSymbol('kNoPromiseHook');
const KINDS = [kInit, kBefore, kAfter, kDestroy, kPromiseResolve];

const topLevelResource = {};

const state = sharedState('async_hooks', () => ({
  lastId: 1,
  executionId: 1,
  triggerId: 0,
  resource: topLevelResource,
  stack: [], // Executions that were interrupted: id, trigger id, resource in turn.
  hooks: [], // Never changed in place.
  pending: undefined,
  telling: 0,
  counts: { __proto__: null, [kInit]: 0, [kBefore]: 0, [kAfter]: 0, [kDestroy]: 0, [kPromiseResolve]: 0 },
  destroyQueue: [],
  stopPromises: undefined,
}));

function newAsyncId() {
  return ++state.lastId;
}

// Promises

let collected;

/** A promise that nobody holds is told to the destroy hooks. */
function watchCollection(promise, asyncId) {
  collected ??= new FinalizationRegistry(emitDestroy);
  collected.register(promise, asyncId);
}

function trackPromise(promise, parent) {
  if (promise[asyncIdSymbol] !== undefined) return;
  // The parent first: its number is the lower one.
  if (parent !== undefined) trackPromise(parent);
  promise[triggerAsyncIdSymbol] = parent === undefined ? state.executionId : parent[asyncIdSymbol];
  promise[asyncIdSymbol] = newAsyncId();
}

function promiseInit(promise, parent) {
  if (promise[asyncIdSymbol] !== undefined) return;
  trackPromise(promise, parent);
  emitInit(promise[asyncIdSymbol], 'PROMISE', promise[triggerAsyncIdSymbol], promise);
  if (state.counts[kDestroy] > 0) watchCollection(promise, promise[asyncIdSymbol]);
}

function promiseBefore(promise) {
  trackPromise(promise);
  emitBefore(promise[asyncIdSymbol], promise[triggerAsyncIdSymbol], promise);
}

function promiseAfter(promise) {
  trackPromise(promise);
  // Hooks that were enabled in the reaction have not heard of its begin.
  if (state.executionId === promise[asyncIdSymbol]) emitAfter(promise[asyncIdSymbol]);
}

function promiseSettled(promise) {
  trackPromise(promise);
  if (state.counts[kPromiseResolve] > 0) tell(kPromiseResolve, promise[asyncIdSymbol]);
}

function updatePromiseHooks() {
  const wanted = state.hooks.some((hook) => !hook[kNoPromiseHook]);
  if (wanted === (state.stopPromises !== undefined)) return;
  if (wanted) {
    const { addPromiseHooks } = require('internal/promise_hooks');
    state.stopPromises = addPromiseHooks({ init: promiseInit, before: promiseBefore, after: promiseAfter, settled: promiseSettled });
  } else {
    state.stopPromises();
    state.stopPromises = undefined;
  }
}

// Hooks

/** Hooks that change while hooks are told something count from the next event on. */
function setHooks(hooks) {
  if (state.telling > 0) {
    state.pending = hooks;
    return;
  }
  state.hooks = hooks;
  state.pending = undefined;
  for (const kind of KINDS) state.counts[kind] = hooks.filter((hook) => hook[kind] !== undefined).length;
  updatePromiseHooks();
}

function addHook(hook) {
  activate();
  const hooks = state.pending ?? state.hooks;
  if (!hooks.includes(hook)) setHooks([...hooks, hook]);
}

function removeHook(hook) {
  const hooks = state.pending ?? state.hooks;
  if (hooks.includes(hook)) setHooks(hooks.filter((each) => each !== hook));
}

// What a hook throws ends the process: there is nobody to catch it.
function fatal(error) {
  const shown = typeof error?.stack === 'string' ? error.stack : String(error);
  process._rawDebug(shown);
  if (require('internal/options').getOptionValue('--abort-on-uncaught-exception')) process.abort();
  if (process.listenerCount('exit') > 0) {
    process.exitCode = 1;
    process.emit('exit', 1);
  }
  process.reallyExit(1);
}

function tell(kind, ...args) {
  state.telling++;
  try {
    for (const hook of state.hooks) {
      if (hook[kind] !== undefined) hook[kind](...args);
    }
  } catch (error) {
    fatal(error);
  }
  if (--state.telling === 0 && state.pending !== undefined) setHooks(state.pending);
}

function emitInit(asyncId, type, trigger, value) {
  if (state.counts[kInit] > 0) tell(kInit, asyncId, type, trigger ?? state.executionId, value);
}

function emitBefore(asyncId, trigger, value) {
  state.stack.push(state.executionId, state.triggerId, state.resource);
  state.executionId = asyncId;
  state.triggerId = trigger;
  state.resource = value ?? topLevelResource;
  if (state.counts[kBefore] > 0) tell(kBefore, asyncId);
}

function emitAfter(asyncId) {
  if (state.counts[kAfter] > 0) tell(kAfter, asyncId);
  if (state.stack.length === 0) return;
  state.resource = state.stack.pop();
  state.triggerId = state.stack.pop();
  state.executionId = state.stack.pop();
}

function flushDestroyed() {
  while (state.destroyQueue.length > 0) {
    for (const asyncId of state.destroyQueue.splice(0)) tell(kDestroy, asyncId);
  }
}

// Not within the operation that ends, but soon after.
function emitDestroy(asyncId) {
  if (state.counts[kDestroy] === 0 || asyncId <= 0) return;
  if (state.destroyQueue.push(asyncId) === 1) runtime.soon(flushDestroyed);
}

/** Gives an operation its ids, as its own properties, and tells the hooks. */
function begin(resource, type) {
  resource[asyncIdSymbol] = newAsyncId();
  resource[triggerAsyncIdSymbol] = state.executionId;
  emitInit(resource[asyncIdSymbol], type, state.executionId, resource);
}

function end(resource) {
  emitDestroy(resource[asyncIdSymbol]);
}

/** Runs code of an operation. What it throws leaves the stack of executions for `unwound`, as a listener may ask where it was thrown. */
function run(resource, fn, thisArg, args) {
  const asyncId = resource[asyncIdSymbol];
  emitBefore(asyncId, resource[triggerAsyncIdSymbol], resource);
  const result = Reflect.apply(fn, thisArg, args);
  emitAfter(asyncId);
  return result;
}

function runOnce(resource) {
  try {
    emitBefore(resource[asyncIdSymbol], resource[triggerAsyncIdSymbol], resource);
    resource.callback(...resource.args);
  } finally {
    end(resource);
  }
  emitAfter(resource[asyncIdSymbol]);
}

const tracker = {
  begin,
  run,
  end,
  tick(callback, args) {
    const resource = { callback, args };
    begin(resource, 'TickObject');
    runtime.nextTick(runOnce, resource);
  },
  microtask(callback) {
    const resource = { callback, args: [] };
    begin(resource, 'Microtask');
    return () => runOnce(resource);
  },
  /** The callback of one request: told when it is called, and over then. */
  request(type, callback, resource = {}) {
    begin(resource, type);
    return function(...args) {
      const asyncId = resource[asyncIdSymbol];
      emitBefore(asyncId, resource[triggerAsyncIdSymbol], resource);
      try {
        Reflect.apply(callback, this, args);
      } finally {
        end(resource);
      }
      emitAfter(asyncId);
    };
  },
  /** After an uncaught error that a listener took nothing is running any more. */
  unwound() {
    while (state.stack.length > 0) emitAfter(state.executionId);
  },
};

function activate() {
  runtime.asyncTracker = tracker;
}

if (runtime.asyncTracker !== undefined) activate(); // This revision follows on another.

module.exports = {
  kInit, kBefore, kAfter, kDestroy, kPromiseResolve, kNoPromiseHook,
  addHook, removeHook,
  newAsyncId, emitInit, emitBefore, emitAfter, emitDestroy,
  executionAsyncId() {
    activate();
    return state.executionId;
  },
  triggerAsyncId() {
    activate();
    return state.triggerId;
  },
  executionAsyncResource() {
    activate();
    return state.resource;
  },
  initHooksExist: () => state.counts[kInit] > 0,
  destroyHooksExist: () => state.counts[kDestroy] > 0,
};
