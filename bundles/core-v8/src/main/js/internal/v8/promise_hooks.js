'use strict';

// v8.promiseHooks (Node.js documentation: V8, Promise hooks).

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { addPromiseHooks } = require('internal/promise_hooks');
const { isAsyncFunction } = require('internal/util/types');

// An async function would make promises of its own without end.
function validatePlainFunction(value, name) {
  if (typeof value !== 'function' || isAsyncFunction(value)) throw new ERR_INVALID_ARG_TYPE(name, 'function', value);
}

function createHook({ init, before, after, settled } = {}) {
  const hooks = { init, before, after, settled };
  for (const kind of Object.keys(hooks)) if (hooks[kind] !== undefined) validatePlainFunction(hooks[kind], `${kind}Hook`);
  return addPromiseHooks(hooks);
}

function single(kind) {
  return (hook) => {
    validatePlainFunction(hook, `${kind}Hook`);
    return addPromiseHooks({ [kind]: hook });
  };
}

module.exports = {
  createHook,
  onInit: single('init'),
  onBefore: single('before'),
  onAfter: single('after'),
  onSettled: single('settled'),
};
