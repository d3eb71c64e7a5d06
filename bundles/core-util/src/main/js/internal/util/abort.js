'use strict';

// util's helpers around AbortSignal.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateObject, kValidateObjectAllowObjects } = require('internal/validators');

function isAbortSignal(value) {
  return typeof AbortSignal === 'function' && value instanceof AbortSignal;
}

// Settles when the signal aborts, unless `resource` is collected before.
async function aborted(signal, resource) {
  if (!isAbortSignal(signal)) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateObject(resource, 'resource', kValidateObjectAllowObjects);
  if (signal.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers();
  const reference = new WeakRef(resource);
  const options = { __proto__: null, once: true };
  signal.addEventListener('abort', () => {
    if (reference.deref() !== undefined) resolve();
  }, options);
  return promise;
}

function transferableAbortSignal(signal) {
  if (!isAbortSignal(signal)) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  return signal;
}

function transferableAbortController() {
  return new AbortController();
}

module.exports = { aborted, transferableAbortSignal, transferableAbortController };
