'use strict';

const { codes: { ERR_ASYNC_CALLBACK, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateBoolean } = require('internal/validators');
const ids = require('internal/async_hooks');
const AsyncResource = require('internal/async_resource');

const { kInit, kBefore, kAfter, kDestroy, kPromiseResolve, kNoPromiseHook } = ids;

class AsyncHook {
  constructor({ init, before, after, destroy, promiseResolve, trackPromises }) {
    const callbacks = { init, before, after, destroy, promiseResolve };
    for (const name of Object.keys(callbacks)) {
      const callback = callbacks[name];
      if (callback !== undefined && typeof callback !== 'function') throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
    }
    if (trackPromises !== undefined) validateBoolean(trackPromises, 'trackPromises');
    this[kInit] = init;
    this[kBefore] = before;
    this[kAfter] = after;
    this[kDestroy] = destroy;
    this[kPromiseResolve] = promiseResolve;
    this[kNoPromiseHook] = trackPromises === false;
    if (trackPromises === false && promiseResolve) {
      throw new ERR_INVALID_ARG_VALUE('trackPromises', trackPromises, 'must not be false when promiseResolve is enabled');
    }
  }

  enable() {
    ids.addHook(this);
    return this;
  }

  disable() {
    ids.removeHook(this);
    return this;
  }
}

function createHook(callbacks) {
  return new AsyncHook(callbacks);
}

function executionAsyncId() {
  return ids.executionAsyncId();
}

function triggerAsyncId() {
  return ids.triggerAsyncId();
}

function executionAsyncResource() {
  return ids.executionAsyncResource();
}

module.exports = {
  get AsyncLocalStorage() {
    return require('internal/async_local_storage');
  },
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  get asyncWrapProviders() {
    return require('internal/providers');
  },
  AsyncResource,
};
