'use strict';

// What a socket knows of itself, under one symbol.

const { stateSymbol } = require('internal/symbols');
const { codes: { ERR_SOCKET_DGRAM_NOT_RUNNING } } = require('internal/errors');

const kState = stateSymbol('dgram.state');
const kOnMessage = stateSymbol('dgram.onMessage');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;

const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

/** The state of a socket that is not closed. */
function running(socket) {
  const state = socket[kState];
  if (!state.handle) throw new ERR_SOCKET_DGRAM_NOT_RUNNING();
  return state;
}

module.exports = { kOnMessage, kState, UNBOUND, BINDING, BOUND, DISCONNECTED, CONNECTING, CONNECTED, running };
