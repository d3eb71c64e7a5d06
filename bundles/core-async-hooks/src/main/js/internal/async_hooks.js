'use strict';

// The ids of asynchronous operations, the stack of those that are running, and the hooks that hear of them. Other core modules
// report what they start through here (newAsyncId, emitInit, emitBefore, emitAfter, emitDestroy) where they keep ids at all.

const { stateSymbol } = require('internal/symbols');

const kInit = stateSymbol('init');
const kBefore = stateSymbol('before');
const kAfter = stateSymbol('after');
const kDestroy = stateSymbol('destroy');
const kPromiseResolve = stateSymbol('promiseResolve');

let lastId = 1;
let executionId = 1;
let triggerId = 0;
const stack = []; // Executions that were interrupted: id, trigger id, resource in turn.
const topLevelResource = {};
let resource = topLevelResource;

// Never changed in place: an emission goes on with the hooks that it began with.
let hooks = [];
const counts = { __proto__: null, [kInit]: 0, [kBefore]: 0, [kAfter]: 0, [kDestroy]: 0, [kPromiseResolve]: 0 };
const destroyQueue = [];

function newAsyncId() {
  return ++lastId;
}

function addHook(hook) {
  if (hooks.includes(hook)) return;
  hooks = [...hooks, hook];
  for (const kind of Reflect.ownKeys(counts)) counts[kind] += hook[kind] === undefined ? 0 : 1;
}

function removeHook(hook) {
  if (!hooks.includes(hook)) return;
  hooks = hooks.filter((each) => each !== hook);
  for (const kind of Reflect.ownKeys(counts)) counts[kind] -= hook[kind] === undefined ? 0 : 1;
}

// What a hook throws ends the process: there is nobody to catch it.
function fatal(error) {
  const shown = typeof error?.stack === 'string' ? error.stack : String(error);
  process._rawDebug(shown);
  if (process.listenerCount('exit') > 0) {
    process.exitCode = 1;
    process.emit('exit', 1);
  }
  process.reallyExit(1);
}

function tell(kind, ...args) {
  try {
    for (const hook of hooks) {
      if (hook[kind] !== undefined) hook[kind](...args);
    }
  } catch (error) {
    fatal(error);
  }
}

function emitInit(asyncId, type, trigger, value) {
  if (counts[kInit] > 0) tell(kInit, asyncId, type, trigger ?? executionId, value);
}

function emitBefore(asyncId, trigger, value) {
  stack.push(executionId, triggerId, resource);
  executionId = asyncId;
  triggerId = trigger;
  resource = value ?? topLevelResource;
  if (counts[kBefore] > 0) tell(kBefore, asyncId);
}

function emitAfter(asyncId) {
  if (counts[kAfter] > 0) tell(kAfter, asyncId);
  if (stack.length === 0) return;
  resource = stack.pop();
  triggerId = stack.pop();
  executionId = stack.pop();
}

function flushDestroyed() {
  while (destroyQueue.length > 0) {
    for (const asyncId of destroyQueue.splice(0)) tell(kDestroy, asyncId);
  }
}

// Not within the operation that ends, but soon after.
function emitDestroy(asyncId) {
  if (counts[kDestroy] === 0 || asyncId <= 0) return;
  if (destroyQueue.push(asyncId) === 1) require('timers').setImmediate(flushDestroyed).unref?.();
}

module.exports = {
  kInit, kBefore, kAfter, kDestroy, kPromiseResolve,
  addHook, removeHook,
  newAsyncId, emitInit, emitBefore, emitAfter, emitDestroy,
  executionAsyncId: () => executionId,
  triggerAsyncId: () => triggerId,
  executionAsyncResource: () => resource,
  initHooksExist: () => counts[kInit] > 0,
  destroyHooksExist: () => counts[kDestroy] > 0,
  // After an uncaught error nothing is running any more.
  clearStack() {
    stack.length = 0;
    executionId = triggerId = 0;
    resource = topLevelResource;
  },
};
