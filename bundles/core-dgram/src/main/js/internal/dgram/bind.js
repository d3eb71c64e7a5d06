'use strict';

// bind(): a socket of one's own, a descriptor, or in a worker of a cluster the primary's.

const runtime = require('internal/runtime');
const { nextTick } = runtime;
const { codes, ErrnoException, ExceptionWithHostPort } = require('internal/errors');
const { kOwner, sharedState } = require('internal/symbols');
const { kOnMessage, kState, UNBOUND, BINDING, BOUND, running } = require('internal/dgram/state');
const { validateObject, validatePort } = require('internal/validators');
const { validateNumericAddress } = require('internal/dgram/address');
const { UDP } = require('internal/dgram/handle');
const { setLookup } = require('internal/dgram/lookup');

const IPV6_ONLY = 1;
const REUSE_ADDRESS = 4;
const REUSE_PORT = 8;

// Called on the handle, which may belong to an earlier revision.
function onMessage(status, bytes, rinfo) {
  this[kOwner][kOnMessage](status, bytes, rinfo);
}

function startReceiving(socket) {
  const state = socket[kState];
  state.handle.onmessage = onMessage;
  state.handle[kOwner] = socket;
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BOUND;
  if (state.recvBufferSize) socket.setRecvBufferSize(state.recvBufferSize);
  if (state.sendBufferSize) socket.setSendBufferSize(state.sendBufferSize);
}

function startListening(socket) {
  startReceiving(socket);
  socket.emit('listening');
}

function replaceHandle(socket, handle) {
  const state = socket[kState];
  const { handle: earlier } = state;
  setLookup(handle, earlier.lookup);
  handle[kOwner] = socket;
  if (!earlier.hasRef()) handle.unref();
  earlier.close();
  state.handle = handle;
}

// The cluster that this process is a worker of.
function clusterOfWorker() {
  return sharedState('cluster.worker') === undefined ? undefined : require('cluster');
}

function bindInCluster(socket, cluster, options, failed) {
  cluster._getServer(socket, options, (error, handle) => {
    const state = socket[kState];
    if (error) {
      if (state.handle) failed(error);
      return;
    }
    if (!state.handle) {
      handle.close();
      return;
    }
    replaceHandle(socket, handle);
    startListening(socket);
  });
}

function bindDescriptor(socket, state, fd, exclusive) {
  const fail = (error) => {
    state.bindState = UNBOUND;
    throw error;
  };
  const cluster = exclusive ? undefined : clusterOfWorker();
  if (cluster !== undefined) {
    const query = { address: null, port: null, addressType: socket.type, fd, flags: null };
    bindInCluster(socket, cluster, query, (error) => {
      state.bindState = UNBOUND;
      socket.emit('error', new ErrnoException(error, 'open'));
    });
    return;
  }
  const type = require('internal/dgram/descriptor').guessHandleType(fd);
  if (type !== 'UDP') fail(new codes.ERR_INVALID_FD_TYPE(type));
  const status = state.handle.open(fd);
  if (status) fail(new ErrnoException(status, 'open'));
  startListening(socket);
}

function flagsOf({ reuseAddr, ipv6Only, reusePort }) {
  return (reuseAddr ? REUSE_ADDRESS : 0) | (ipv6Only ? IPV6_ONLY : 0) | (reusePort ? REUSE_PORT : 0);
}

function bindAddress(socket, state, ip, port, exclusive) {
  const flags = flagsOf(state);
  const fail = (error) => {
    state.bindState = UNBOUND;
    socket.emit('error', new ExceptionWithHostPort(error, 'bind', ip, port));
  };
  const cluster = exclusive ? undefined : clusterOfWorker();
  if (cluster !== undefined) {
    bindInCluster(socket, cluster, { address: ip, port, addressType: socket.type, fd: -1, flags }, fail);
    return;
  }
  if (runtime.isGuarded) {
    const error = require('internal/permission').denial('Net', `${ip}:${port || 0}`);
    if (error !== undefined) {
      state.bindState = UNBOUND;
      socket.emit('error', error);
      return;
    }
  }
  const status = state.handle.bind(ip, port || 0, flags);
  if (status) fail(status);
  else startListening(socket);
}

// Arguments as bind() has them: (port, address, callback), (options, callback), (handle), each part optional.
function bind(socket, args) {
  let { 0: port } = args;
  const { 1: second } = args;
  const state = running(socket);
  if (state.bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  state.bindState = BINDING;

  const callback = args.length > 0 && args[args.length - 1];
  if (typeof callback === 'function') {
    const removeListeners = () => {
      socket.removeListener('error', removeListeners);
      socket.removeListener('listening', onListening);
    };
    const onListening = function() {
      removeListeners();
      Reflect.apply(callback, this, []);
    };
    socket.on('error', removeListeners);
    socket.on('listening', onListening);
  }

  if (port instanceof UDP) {
    replaceHandle(socket, port);
    startListening(socket);
    return;
  }
  let address = second;
  let exclusive = false;
  if (port !== null && typeof port === 'object') {
    exclusive = Boolean(port.exclusive);
    if (Number.isInteger(port.fd) && port.fd > 0) {
      bindDescriptor(socket, state, port.fd, exclusive);
      return;
    }
    address = port.address || '';
    port = port.port;
  } else if (typeof address === 'function') {
    address = '';
  }
  if (state.reusePort) exclusive = true;
  if (!address) address = anyAddress(socket);
  state.handle.lookup(address, (error, ip) => {
    if (!state.handle) return; // closed meanwhile
    if (error) {
      state.bindState = UNBOUND;
      socket.emit('error', error);
    } else {
      bindAddress(socket, state, ip, port, exclusive);
    }
  });
}

function anyAddress(socket) {
  return socket.type === 'udp4' ? '0.0.0.0' : '::';
}

/** Binds here and now, to a numeric address; 'listening' comes later. */
function bindSync(socket, options) {
  validateObject(options, 'options');
  const state = running(socket);
  if (state.bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  const { address = anyAddress(socket) } = options;
  validateNumericAddress(address, 'options.address', 'bindSync');
  const port = options.port === undefined ? 0 : validatePort(options.port, 'options.port');
  const status = state.handle.bind(address, port, flagsOf(state));
  if (status) throw new ExceptionWithHostPort(status, 'bind', address, port);
  startReceiving(socket);
  nextTick(() => {
    if (state.handle) socket.emit('listening');
  });
  return socket.address();
}

module.exports = { bind, bindSync };
