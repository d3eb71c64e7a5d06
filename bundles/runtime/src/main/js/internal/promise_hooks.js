'use strict';

// Who wants to hear of promises. The engine tells one function, and none while nobody listens.

const runtime = require('internal/runtime');
const { sharedState } = require('internal/symbols');

// By the engine's numbers; never changed in place, so that an event goes on with the listeners that it began with.
const lists = sharedState('promise_hooks', () => ({ init: [], settled: [], before: [], after: [] }));
const KINDS = ['init', 'settled', 'before', 'after'];

function listen(type, promise, parent) {
  for (const hook of lists[KINDS[type]]) hook(promise, parent);
}

function update() {
  runtime.setPromiseHook(KINDS.some((kind) => lists[kind].length > 0) ? listen : undefined);
}

/** Adds functions by kind; what it returns takes them away again. */
function addPromiseHooks(hooks) {
  for (const kind of KINDS) if (hooks[kind] !== undefined) lists[kind] = [...lists[kind], hooks[kind]];
  update();
  return () => {
    for (const kind of KINDS) {
      const index = lists[kind].indexOf(hooks[kind]);
      if (index !== -1) lists[kind] = lists[kind].toSpliced(index, 1);
    }
    update();
  };
}

module.exports = { addPromiseHooks };
