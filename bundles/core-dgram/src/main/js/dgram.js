'use strict';

const EventEmitter = require('events');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS, ERR_SOCKET_BAD_BUFFER_SIZE, ERR_SOCKET_BUFFER_SIZE,
    ERR_SOCKET_DGRAM_NOT_CONNECTED,
  },
  ErrnoException,
} = require('internal/errors');
const {
  validateAbortSignal, validateNumber, validateString, validateUint32,
} = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { nextTick } = require('internal/runtime');
const { CONNECTED, DISCONNECTED, UNBOUND, kOnMessage, kState, running } = require('internal/dgram/state');
const { newHandle } = require('internal/dgram/lookup');

function checkedBlockList(list, name) {
  if (list && !require('net').BlockList.isBlockList(list)) throw new ERR_INVALID_ARG_TYPE(name, 'net.BlockList', list);
  return list;
}

function Socket(type, listener) {
  EventEmitter.call(this);
  let options;
  if (type !== null && typeof type === 'object') {
    options = type;
    ({ type } = options);
    if (options.recvBufferSize) validateUint32(options.recvBufferSize, 'options.recvBufferSize');
    if (options.sendBufferSize) validateUint32(options.sendBufferSize, 'options.sendBufferSize');
  }
  const receiveBlockList = checkedBlockList(options?.receiveBlockList, 'options.receiveBlockList');
  const sendBlockList = checkedBlockList(options?.sendBlockList, 'options.sendBlockList');
  const handle = newHandle(type, options?.lookup);
  this.type = type;
  if (typeof listener === 'function') this.on('message', listener);
  this[kState] = {
    handle,
    receiving: false,
    bindState: UNBOUND,
    connectState: DISCONNECTED,
    queue: undefined,
    reuseAddr: options?.reuseAddr,
    reusePort: options?.reusePort,
    ipv6Only: options?.ipv6Only,
    recvBufferSize: options?.recvBufferSize,
    sendBufferSize: options?.sendBufferSize,
    receiveBlockList,
    sendBlockList,
  };
  if (options?.signal !== undefined) closeOnAbort(this, options.signal);
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const close = () => {
    if (socket[kState].handle) socket.close();
  };
  if (signal.aborted) {
    nextTick(close);
    return;
  }
  signal.addEventListener('abort', close, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', close));
}

function createSocket(type, listener) {
  return new Socket(type, listener);
}

function check(status, syscall) {
  if (status) throw new ErrnoException(status, syscall);
}

Socket.prototype.bind = function(port_, address_) {
  require('internal/dgram/bind').bind(this, arguments);
  return this;
};

Socket.prototype.bindSync = function(options = kEmptyObject) {
  return require('internal/dgram/bind').bindSync(this, options);
};

Socket.prototype.connect = function(port, address, callback) {
  require('internal/dgram/connect').connect(this, port, address, callback);
};

Socket.prototype.connectSync = function(port, address) {
  require('internal/dgram/connect').connectSync(this, port, address);
};

Socket.prototype.disconnect = function() {
  const state = this[kState];
  if (state.connectState !== CONNECTED) throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  check(state.handle.disconnect(), 'connect');
  state.connectState = DISCONNECTED;
};

Socket.prototype.sendto = function(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

Socket.prototype.send = function(buffer, offset, length, port, address, callback) {
  require('internal/dgram/send').send(this, buffer, offset, length, port, address, callback);
};

Socket.prototype.close = function(callback) {
  const state = this[kState];
  if (typeof callback === 'function') this.on('close', callback);
  if (state.queue !== undefined) {
    state.queue.push(() => this.close());
    return this;
  }
  running(this);
  state.receiving = false;
  state.handle.close();
  state.handle = null;
  nextTick(() => this.emit('close'));
  return this;
};

Socket.prototype[Symbol.asyncDispose] = async function() {
  if (!this[kState].handle) return;
  await new Promise((resolve) => this.close(resolve));
};

// Called for each datagram, also by handles of earlier revisions.
Object.defineProperty(Socket.prototype, kOnMessage, {
  __proto__: null,
  writable: true,
  configurable: true,
  value: function onMessage(status, bytes, rinfo) {
    if (status < 0) {
      this.emit('error', new ErrnoException(status, 'recvmsg'));
      return;
    }
    if (this[kState].receiveBlockList?.check(rinfo.address, rinfo.family.toLowerCase())) return;
    rinfo.size = bytes.length;
    this.emit('message', bytes, rinfo);
  },
});

Socket.prototype.address = function() {
  const out = {};
  check(running(this).handle.getsockname(out), 'getsockname');
  return out;
};

Socket.prototype.remoteAddress = function() {
  const state = running(this);
  if (state.connectState !== CONNECTED) throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const out = {};
  check(state.handle.getpeername(out), 'getpeername');
  return out;
};

Socket.prototype.setBroadcast = function(enable) {
  check(this[kState].handle.setBroadcast(enable ? 1 : 0), 'setBroadcast');
};

Socket.prototype.setTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(this[kState].handle.setTTL(ttl), 'setTTL');
  return ttl;
};

Socket.prototype.setMulticastTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(this[kState].handle.setMulticastTTL(ttl), 'setMulticastTTL');
  return ttl;
};

Socket.prototype.setMulticastLoopback = function(enable) {
  check(this[kState].handle.setMulticastLoopback(enable ? 1 : 0), 'setMulticastLoopback');
  return enable;
};

Socket.prototype.setMulticastInterface = function(interfaceAddress) {
  running(this);
  validateString(interfaceAddress, 'interfaceAddress');
  check(this[kState].handle.setMulticastInterface(interfaceAddress), 'setMulticastInterface');
};

Socket.prototype.addMembership = function(multicastAddress, interfaceAddress) {
  running(this);
  if (!multicastAddress) throw new ERR_MISSING_ARGS('multicastAddress');
  check(this[kState].handle.addMembership(multicastAddress, interfaceAddress), 'addMembership');
};

Socket.prototype.dropMembership = function(multicastAddress, interfaceAddress) {
  running(this);
  if (!multicastAddress) throw new ERR_MISSING_ARGS('multicastAddress');
  check(this[kState].handle.dropMembership(multicastAddress, interfaceAddress), 'dropMembership');
};

Socket.prototype.addSourceSpecificMembership = function(sourceAddress, groupAddress, interfaceAddress) {
  running(this);
  validateString(sourceAddress, 'sourceAddress');
  validateString(groupAddress, 'groupAddress');
  check(this[kState].handle.addSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress),
        'addSourceSpecificMembership');
};

Socket.prototype.dropSourceSpecificMembership = function(sourceAddress, groupAddress, interfaceAddress) {
  running(this);
  validateString(sourceAddress, 'sourceAddress');
  validateString(groupAddress, 'groupAddress');
  check(this[kState].handle.dropSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress),
        'dropSourceSpecificMembership');
};

Socket.prototype.ref = function() {
  this[kState].handle?.ref();
  return this;
};

Socket.prototype.unref = function() {
  this[kState].handle?.unref();
  return this;
};

function bufferSize(socket, size, receive) {
  if (size >>> 0 !== size) throw new ERR_SOCKET_BAD_BUFFER_SIZE();
  const result = socket[kState].handle.bufferSize(size, receive);
  if (result >= 0) return result;
  const { 0: code, 1: message } = require('internal/errors').uvErrmapGet(result) ?? ['UNKNOWN', 'unknown error'];
  throw new ERR_SOCKET_BUFFER_SIZE({ errno: result, code, message, syscall: `uv_${receive ? 'recv' : 'send'}_buffer_size` });
}

Socket.prototype.setRecvBufferSize = function(size) {
  bufferSize(this, size, true);
};

Socket.prototype.setSendBufferSize = function(size) {
  bufferSize(this, size, false);
};

Socket.prototype.getRecvBufferSize = function() {
  return bufferSize(this, 0, true);
};

Socket.prototype.getSendBufferSize = function() {
  return bufferSize(this, 0, false);
};

Socket.prototype.getSendQueueSize = function() {
  return this[kState].handle.getSendQueueSize();
};

Socket.prototype.getSendQueueCount = function() {
  return this[kState].handle.getSendQueueCount();
};

module.exports = { createSocket, Socket };
