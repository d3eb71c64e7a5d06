'use strict';

// postMessageToThread: every thread has an inbox that others find by its number; the answer comes over a channel of its own.

const { codes } = require('internal/errors');
const { sharedState, stateSymbol } = require('internal/symbols');
const { validateNumber } = require('internal/validators');
const thread = require('internal/worker/thread');
const { MessageChannel, adoptPort } = require('internal/worker/ports');
const { kPort, readMessage, writeMessage } = require('internal/worker/message');

const DELIVERED = 0;
const NO_LISTENERS = 1;
const LISTENER_FAILED = 2;
const kReceive = stateSymbol('worker_threads.receive');

function emitted(value, source) {
  try {
    return process.emit('workerMessage', value, source) ? DELIVERED : NO_LISTENERS;
  } catch {
    return LISTENER_FAILED;
  }
}

const inbox = sharedState('worker_threads.inbox', () => {
  const native = binding.inbox();
  const own = { native };
  native.listen(() => own[kReceive]());
  return own;
});

inbox[kReceive] = function receive() {
  const taken = inbox.native.take(true);
  if (taken === undefined || taken === null) return false;
  let answer;
  try {
    const { message: { value, source, port } } = readMessage(taken, adoptPort);
    answer = port;
    answer.postMessage(emitted(value, source));
  } catch {
    answer?.postMessage(LISTENER_FAILED);
  }
  answer?.close();
  return true;
};

async function postMessageToThread(threadId, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = [];
  }
  if (timeout !== undefined) validateNumber(timeout, 'timeout', 0);
  if (threadId === thread.id) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  const { port1, port2 } = new MessageChannel();
  const { bytes, attachments } = writeMessage({ value, source: thread.id, port: port2 }, [...transferList ?? [], port2]);
  if (!binding.postToThread(threadId, bytes, attachments)) throw new codes.ERR_WORKER_MESSAGING_FAILED();
  port2[kPort].closed = true;
  port2[kPort].native.leave();
  const status = await new Promise((resolve, reject) => {
    const timer = timeout === undefined ? undefined : setTimeout(() => {
      reject(new codes.ERR_WORKER_MESSAGING_TIMEOUT());
      port1.close();
    }, timeout);
    port1.once('message', (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    port1.once('close', () => {
      clearTimeout(timer);
      resolve(NO_LISTENERS);
    });
  });
  port1.close();
  if (status === NO_LISTENERS) throw new codes.ERR_WORKER_MESSAGING_FAILED();
  if (status === LISTENER_FAILED) throw new codes.ERR_WORKER_MESSAGING_ERRORED();
}

module.exports = { postMessageToThread };
