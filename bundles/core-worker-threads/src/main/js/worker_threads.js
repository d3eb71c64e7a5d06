'use strict';

// https://nodejs.org/api/worker_threads.html

const thread = require('internal/worker/thread');

function setEnvironmentData(key, value) {
  if (value === undefined) thread.environmentData.delete(key);
  else thread.environmentData.set(key, value);
}

function getEnvironmentData(key) {
  return thread.environmentData.get(key);
}

function markAsUntransferable(object) {
  const { mark, kUntransferable } = require('internal/worker/message');
  mark(object, kUntransferable);
}

function isMarkedAsUntransferable(object) {
  return require('internal/worker/message').isUntransferable(object);
}

function markAsUncloneable(object) {
  require('internal/worker/message').mark(object, require('internal/symbols').kUncloneable);
}

function moveMessagePortToContext(port, context) {
  return require('internal/worker/ports').moveMessagePortToContext(port, context);
}

async function postMessageToThread(threadId, value, transferList, timeout) {
  return require('internal/worker/inbox').postMessageToThread(threadId, value, transferList, timeout);
}

module.exports = {
  isInternalThread: false,
  isMainThread: thread.isMain,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  resourceLimits: thread.resourceLimits,
  postMessageToThread,
  threadId: thread.id,
  threadName: thread.name,
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  parentPort: thread.parentPort,
  workerData: thread.isMain ? null : thread.workerData,
  setEnvironmentData,
  getEnvironmentData,
};

function lazy(names, load, enumerable = true) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable, get() { return load()[name]; } });
  }
}

lazy(['Worker'], () => require('internal/worker/worker'));
lazy(['MessagePort', 'MessageChannel', 'receiveMessageOnPort'], () => require('internal/worker/ports'));
lazy(['BroadcastChannel'], () => require('internal/worker/broadcast'));
require('internal/runtime').defineLazy(module.exports, 'locks', true, true, () => require('internal/worker/locks').locks);
lazy(['MessageEvent'], () => require('internal/worker/message_event'), false);
