'use strict';

// What the primary and a worker tell each other on the channel: { cmd: 'NODE_CLUSTER', seq, act, ... }, and answers with `ack`.

const { sharedState } = require('internal/symbols');

const COMMAND = 'NODE_CLUSTER';

const waiting = sharedState('cluster.messages', () => ({ callbacks: new Map(), seq: 0 }));

/** Sends a message; false if there is no channel. `reply` is called with the answer and its handle. */
function send(target, message, handle, reply) {
  if (!target.connected) return false;
  const seq = waiting.seq++;
  if (typeof reply === 'function') waiting.callbacks.set(seq, reply);
  return target.send({ cmd: COMMAND, ...message, seq }, handle);
}

/** A listener for 'internalMessage' that gives answers to whom they are for, and anything else to `receive`. */
function receiver(self, receive) {
  return function onInternalMessage(message, handle) {
    if (message.cmd !== COMMAND) return;
    let target = receive;
    const reply = message.ack === undefined ? undefined : waiting.callbacks.get(message.ack);
    if (reply !== undefined) {
      waiting.callbacks.delete(message.ack);
      target = reply;
    }
    Reflect.apply(target, self, [message, handle]);
  };
}

module.exports = { send, receiver };
