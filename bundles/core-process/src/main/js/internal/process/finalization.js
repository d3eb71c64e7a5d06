'use strict';

// process.finalization: callbacks at the end of the process for objects that are still alive then.

const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { validateFunction } = require('internal/validators');

function createFinalization() {
  const state = sharedState('process.finalization', () => ({
    registry: null, byEvent: { __proto__: null, exit: [], beforeExit: [] }, listening: new Set(),
  }));
  const { byEvent, listening } = state;

  function run(event) {
    const entries = byEvent[event];
    byEvent[event] = [];
    for (const { ref, fn } of entries) {
      const object = ref.deref();
      if (object !== undefined) fn(object, event);
    }
  }

  function add(event, object, fn) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Object', object);
    }
    validateFunction(fn, 'fn');
    state.registry ??= new FinalizationRegistry((entry) => {
      byEvent[entry.event] = byEvent[entry.event].filter((other) => other !== entry);
    });
    const entry = { ref: new WeakRef(object), fn, event };
    state.registry.register(object, entry, object);
    byEvent[event].push(entry);
    if (!listening.has(event)) {
      listening.add(event);
      process.on(event, () => run(event));
    }
  }

  return {
    register: function register(object, fn) { add('exit', object, fn); },
    registerBeforeExit: function registerBeforeExit(object, fn) { add('beforeExit', object, fn); },
    unregister: function unregister(object) {
      if (state.registry === null) return;
      state.registry.unregister(object);
      for (const event of ['exit', 'beforeExit']) byEvent[event] = byEvent[event].filter(({ ref }) => ref.deref() !== object);
    },
  };
}

module.exports = { createFinalization };
