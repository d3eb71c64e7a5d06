'use strict';

const { codes: { ERR_ASYNC_TYPE, ERR_INVALID_ASYNC_ID } } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { asyncIdSymbol, stateSymbol, triggerAsyncIdSymbol } = require('internal/symbols');
const { getAsyncContext, runInFrame } = require('internal/async_context');
const ids = require('internal/async_hooks');

const kFrame = stateSymbol('context_frame');
const kDestroyed = stateSymbol('destroyed');

let collected;

// Tells the destroy hooks when a resource is garbage, unless that was told before.
function watchCollection(resource, asyncId) {
  collected ??= new FinalizationRegistry(({ id, state }) => {
    if (!state.destroyed) ids.emitDestroy(id);
  });
  const state = { destroyed: false };
  Object.defineProperty(resource, kDestroyed, { __proto__: null, value: state });
  collected.register(resource, { id: asyncId, state });
}

class AsyncResource {
  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerAsyncId = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ? ids.executionAsyncId() : options.triggerAsyncId;
      requireManualDestroy = Boolean(options.requireManualDestroy);
    }
    if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
      throw new ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
    }
    this[kFrame] = getAsyncContext();
    const asyncId = this[asyncIdSymbol] = ids.newAsyncId();
    this[triggerAsyncIdSymbol] = triggerAsyncId;
    if (ids.initHooksExist()) {
      if (type.length === 0) throw new ERR_ASYNC_TYPE(type);
      ids.emitInit(asyncId, type, triggerAsyncId, this);
    }
    if (!requireManualDestroy && ids.destroyHooksExist()) watchCollection(this, asyncId);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const asyncId = this[asyncIdSymbol];
    ids.emitBefore(asyncId, this[triggerAsyncIdSymbol], this);
    try {
      return runInFrame(this[kFrame], fn, thisArg, args);
    } finally {
      ids.emitAfter(asyncId);
    }
  }

  emitDestroy() {
    if (this[kDestroyed] !== undefined) this[kDestroyed].destroyed = true;
    ids.emitDestroy(this[asyncIdSymbol]);
    return this;
  }

  asyncId() {
    return this[asyncIdSymbol];
  }

  triggerAsyncId() {
    return this[triggerAsyncIdSymbol];
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) { return resource.runInAsyncScope(fn, this, ...args); } :
      function(...args) { return resource.runInAsyncScope(fn, thisArg, ...args); };
    Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
      name: { __proto__: null, configurable: true, enumerable: false, value: 'bound', writable: false },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

module.exports = AsyncResource;
