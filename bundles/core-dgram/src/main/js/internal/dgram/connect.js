'use strict';

const {
  codes: { ERR_IP_BLOCKED, ERR_SOCKET_DGRAM_IS_CONNECTED }, ExceptionWithHostPort,
} = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { nextTick } = require('internal/runtime');
const {
  BOUND, CONNECTED, CONNECTING, DISCONNECTED, UNBOUND, kState, running,
} = require('internal/dgram/state');
const { validateNumericAddress } = require('internal/dgram/address');
const { enqueue } = require('internal/dgram/queue');
const { isBlocked } = require('internal/dgram/send');

function connect(socket, port, address, callback) {
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  } else if (address === undefined) {
    address = '';
  }
  validateString(address, 'address');
  const state = running(socket);
  if (state.connectState !== DISCONNECTED) throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  state.connectState = CONNECTING;
  if (state.bindState === UNBOUND) socket.bind({ port: 0, exclusive: true }, null);
  if (state.bindState === BOUND) lookUp(socket, port, address, callback);
  else enqueue(socket, () => lookUp(socket, port, address, callback));
}

function lookUp(socket, port, address, callback) {
  if (callback) socket.once('connect', callback);
  socket[kState].handle.lookup(address, (error, ip) => finish(socket, error, ip, address, port, callback));
}

function finish(socket, error, ip, address, port, callback) {
  const state = socket[kState];
  if (!state.handle) return;
  if (!error && isBlocked(state.sendBlockList, ip)) error = new ERR_IP_BLOCKED(ip);
  if (!error) {
    const status = state.handle.connect(ip, port);
    if (status) error = new ExceptionWithHostPort(status, 'connect', address, port);
  }
  if (error) {
    state.connectState = DISCONNECTED;
    nextTick(() => {
      if (callback) {
        socket.removeListener('connect', callback);
        callback(error);
      } else {
        socket.emit('error', error);
      }
    });
    return;
  }
  state.connectState = CONNECTED;
  nextTick(() => socket.emit('connect'));
}

/** Connects here and now, to a numeric address; 'connect' comes later. */
function connectSync(socket, port, address) {
  port = validatePort(port, 'Port', false);
  if (address === undefined) address = socket.type === 'udp4' ? '127.0.0.1' : '::1';
  validateNumericAddress(address, 'address', 'connectSync');
  const state = running(socket);
  if (state.connectState !== DISCONNECTED) throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  if (isBlocked(state.sendBlockList, address)) throw new ERR_IP_BLOCKED(address);
  if (state.bindState === UNBOUND) socket.bindSync();
  const status = state.handle.connect(address, port);
  if (status) throw new ExceptionWithHostPort(status, 'connect', address, port);
  state.connectState = CONNECTED;
  nextTick(() => {
    if (state.handle) socket.emit('connect');
  });
}

module.exports = { connect, connectSync };
