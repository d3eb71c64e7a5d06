'use strict';

// send(), in its two forms: to an address, and on a connected socket to the peer.

const {
  codes: { ERR_IP_BLOCKED, ERR_SOCKET_DGRAM_IS_CONNECTED }, ExceptionWithHostPort,
} = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { nextTick } = require('internal/runtime');
const { BOUND, CONNECTED, UNBOUND, kState, running } = require('internal/dgram/state');
const { sliceBuffer, toChunks } = require('internal/dgram/message');
const { enqueue } = require('internal/dgram/queue');

function isBlocked(list, ip) {
  return Boolean(list) && list.check(ip, `ipv${require('net').isIP(ip)}`);
}

function send(socket, buffer, offset, length, port, address, callback) {
  const connected = socket[kState].connectState === CONNECTED;
  if (!connected) {
    if (address || (port && typeof port !== 'function')) {
      buffer = sliceBuffer(buffer, offset, length);
    } else {
      callback = port;
      port = offset;
      address = length;
    }
  } else {
    if (typeof length === 'number') {
      buffer = sliceBuffer(buffer, offset, length);
      if (typeof port === 'function') {
        callback = port;
        port = null;
      }
    } else {
      callback = offset;
    }
    if (port || address) throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  }
  const chunks = toChunks(buffer);
  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address != null) {
    validateString(address, 'address');
  }
  sendChunks(socket, chunks, port, address, callback);
}

function sendChunks(socket, chunks, port, address, callback) {
  const state = running(socket);
  if (state.bindState === UNBOUND) socket.bind({ port: 0, exclusive: true }, null);
  if (state.bindState !== BOUND) {
    enqueue(socket, () => sendChunks(socket, chunks, port, address, callback));
  } else if (state.connectState === CONNECTED) {
    transmit(socket, chunks, undefined, address, port, callback);
  } else {
    state.handle.lookup(address, (error, ip) => {
      if (!error) transmit(socket, chunks, ip, address, port, callback);
      else if (callback) nextTick(callback, error);
      else nextTick(() => socket.emit('error', error));
    });
  }
}

function transmit(socket, chunks, ip, address, port, callback) {
  const state = socket[kState];
  if (!state.handle) return;
  if (ip && isBlocked(state.sendBlockList, ip)) {
    if (callback) nextTick(callback, new ERR_IP_BLOCKED(ip));
    return;
  }
  const result = state.handle.send(chunks, port ? port : 0, port ? ip : undefined, (status, size) => {
    if (!callback) return;
    if (status < 0) callback(new ExceptionWithHostPort(status, 'send', address, port));
    else callback(null, size);
  });
  if (!callback || result === 0) return;
  if (result >= 1) nextTick(callback, null, result - 1);
  else nextTick(callback, new ExceptionWithHostPort(result, 'send', address, port));
}

module.exports = { send, isBlocked };
