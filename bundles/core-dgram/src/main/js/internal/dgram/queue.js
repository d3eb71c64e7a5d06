'use strict';

// What was asked of a socket before it was bound: it waits for 'listening', and is dropped with an error.

const EventEmitter = require('events');
const { kState } = require('internal/dgram/state');

function enqueue(socket, operation) {
  const state = socket[kState];
  if (state.queue === undefined) {
    state.queue = [];
    socket.once(EventEmitter.errorMonitor, onListenError);
    socket.once('listening', onListenSuccess);
  }
  state.queue.push(operation);
}

function onListenSuccess() {
  this.removeListener(EventEmitter.errorMonitor, onListenError);
  const state = this[kState];
  const { queue } = state;
  state.queue = undefined;
  for (const operation of queue) operation();
}

function onListenError() {
  this.removeListener('listening', onListenSuccess);
  this[kState].queue = undefined;
}

module.exports = { enqueue };
