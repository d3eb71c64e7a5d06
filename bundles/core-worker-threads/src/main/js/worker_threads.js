'use strict';

// https://nodejs.org/api/worker_threads.html, for the main thread. Workers themselves are not there yet.

const { codes } = require('internal/errors');

const environmentData = new Map();

class Worker {
  constructor() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('worker_threads.Worker');
  }
}

function setEnvironmentData(key, value) {
  if (value === undefined) environmentData.delete(key);
  else environmentData.set(key, value);
}

function getEnvironmentData(key) {
  return environmentData.get(key);
}

function markAsUntransferable(object) {
  const { mark, kUntransferable } = require('internal/worker/clone');
  mark(object, kUntransferable);
}

function isMarkedAsUntransferable(object) {
  return object?.[require('internal/worker/clone').kUntransferable] === true;
}

function markAsUncloneable(object) {
  const { mark, kUncloneable } = require('internal/worker/clone');
  mark(object, kUncloneable);
}

function moveMessagePortToContext() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('worker_threads.moveMessagePortToContext()');
}

async function postMessageToThread() {
  throw new codes.ERR_WORKER_MESSAGING_FAILED();
}

module.exports = {
  isInternalThread: false,
  isMainThread: true,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  resourceLimits: {},
  postMessageToThread,
  threadId: 0,
  threadName: '',
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: null,
  workerData: null,
  setEnvironmentData,
  getEnvironmentData,
};

for (const name of ['MessagePort', 'MessageChannel', 'receiveMessageOnPort', 'BroadcastChannel']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return require('internal/worker/ports')[name]; },
  });
}
Object.defineProperty(module.exports, 'MessageEvent', {
  __proto__: null, configurable: true, enumerable: false, get() { return require('internal/worker/message_event').MessageEvent; },
});
