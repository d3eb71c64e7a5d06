'use strict';

const runtime = require('internal/runtime');
const { nextTick } = runtime;
const EventEmitter = require('events');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING },
  ErrnoException,
  uvExceptionWithHostPort,
} = require('internal/errors');
const { validateAbortSignal, validateNumber, validatePort } = require('internal/validators');
const { kOwner, sharedState, stateSymbol } = require('internal/symbols');
const { isIP } = require('internal/net/address');
const { TCP, Pipe, ServerHandle } = require('internal/net/handle');
const { normalizeArgs, isPipeName, toNumber } = require('internal/net/arguments');
const {
  Socket, publish, kSetNoDelay, kSetKeepAlive, kSetKeepAliveInitialDelay,
} = require('internal/net/socket');

const EINVAL = -22;
const IPV6_ONLY = 1;

const kAccept = stateSymbol('net.accept');
const kBacklog = stateSymbol('net.backlog');

// All servers that listen, of all revisions
const { listening } = sharedState('net', () => ({ listening: new Set() }));
const DEFAULT_BACKLOG = 511;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);

  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options == null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options.highWaterMark !== undefined) {
    validateNumber(options.highWaterMark, 'options.highWaterMark');
    if (options.highWaterMark < 0) options.highWaterMark = undefined;
  }

  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(options.keepAliveInitialDelay / 1000);
  this.highWaterMark = options.highWaterMark ?? require('stream').getDefaultHighWaterMark();
  if (options.blockList) {
    const { BlockList } = require('internal/net/block_list');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

// A bound handle, or a negated error number.
function createServerHandle(address, port, addressType, fd, options) {
  const onPath = port === -1 && addressType === -1;
  if (!address && !onPath && !(typeof fd === 'number' && fd >= 0)) {
    // All of IPv6, which takes IPv4 too, or of IPv4 where there is no IPv6
    const any = createServerHandle('::', port, 6, fd, options);
    return typeof any === 'number' ? createServerHandle('0.0.0.0', port, 4, fd, options) : any;
  }
  const handle = new ServerHandle(onPath ? Pipe : TCP);
  let status;
  if (typeof fd === 'number' && fd >= 0) {
    status = handle.open(fd);
  } else if (onPath) {
    status = handle.bindPath(address);
  } else if (isIP(address)) {
    status = handle.bind(address, port || 0, Boolean(options?.ipv6Only), Boolean(options?.reusePort));
  } else {
    status = EINVAL;
  }
  return status === 0 ? handle : status;
}

function emitError(server, error) {
  nextTick(() => server.emit('error', error));
}

function setupListenHandle(address, port, addressType, backlog, fd, options) {
  if (runtime.isGuarded) {
    const error = require('internal/permission').denial('Net', addressType === -1 ? address : `${address}:${port}`);
    if (error !== undefined) {
      emitError(this, Object.assign(error, { syscall: 'listen' }));
      return;
    }
  }
  if (!this._handle) {
    let handle;
    // Without an address, all of IPv6 (which takes IPv4 too), or of IPv4 where there is no IPv6.
    if (!address && typeof fd !== 'number') {
      handle = createServerHandle('::', port, 6, fd, options);
      if (typeof handle === 'number') {
        handle = undefined;
        address = '0.0.0.0';
        addressType = 4;
      } else {
        address = '::';
        addressType = 6;
      }
    }
    handle ??= createServerHandle(address, port, addressType, fd, options);
    if (typeof handle === 'number') {
      emitError(this, uvExceptionWithHostPort(handle, 'listen', address, port));
      return;
    }
    this._handle = handle;
  }
  const { _handle: handle } = this;
  handle.onconnection = acceptConnection;
  listening.add(this);
  handle[kOwner] = this;
  this[kBacklog] = backlog || DEFAULT_BACKLOG;
  const status = handle.listen(this[kBacklog]);
  if (status) {
    handle.close();
    listening.delete(this);
    this._handle = null;
    emitError(this, uvExceptionWithHostPort(status, 'listen', address, port));
    return;
  }
  if (addressType === -1) this._pipeName = address;
  this._connectionKey = `${addressType}:${address}:${port}`;
  if (this._unref) this.unref();
  nextTick(emitListening, this);
}

/** Goes on with the listening socket of a server that an earlier revision opened. */
function adopt(server) {
  const { _handle: earlier } = server;
  if (!earlier || earlier instanceof ServerHandle || typeof earlier.release !== 'function') return;
  const handle = new ServerHandle(TCP);
  const status = handle.takeOver(earlier, server[kBacklog]);
  server._handle = handle;
  handle.onconnection = acceptConnection;
  handle[kOwner] = server;
  if (status) emitError(server, uvExceptionWithHostPort(status, 'listen'));
}

function emitListening(server) {
  if (server._handle) server.emit('listening');
}

// In a worker of a cluster the primary listens, unless the user wants a socket of its own.
function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, options) {
  exclusive = Boolean(exclusive);
  const cluster = sharedState('cluster.worker') === undefined || exclusive ? undefined : require('cluster');
  if (cluster === undefined) {
    server._listen2(address, port, addressType, backlog, fd, options);
    return;
  }
  const { ipv6Only, readableAll, writableAll } = options ?? {};
  const query = {
    address, port, addressType, fd, flags: ipv6Only ? IPV6_ONLY : 0, backlog, readableAll, writableAll,
  };
  cluster._getServer(server, query, (status, handle) => {
    if (status === 0 && port > 0 && handle.getsockname) {
      const name = {};
      status = handle.getsockname(name);
      if (status === 0 && port !== name.port) status = -98;
    }
    if (status) {
      server.emit('error', uvExceptionWithHostPort(status, 'bind', address, port));
      return;
    }
    server._handle = handle;
    server._listen2(address, port, addressType, backlog, fd, options);
  });
}

function lookupAndListen(server, port, address, backlog, exclusive, options) {
  const literal = isIP(address);
  if (literal) {
    nextTick(() => listenInCluster(server, address, port, literal, backlog, undefined, exclusive, options));
    return;
  }
  const { _listeningId: listeningId } = server;
  require('dns').lookup(address, (error, ip, family) => {
    // Closed, or told to listen elsewhere, meanwhile
    if (server._listeningId !== listeningId) return;
    if (error) server.emit('error', error);
    else listenInCluster(server, ip, port, ip ? family : 4, backlog, undefined, exclusive, options);
  });
}

function listenOnSignal(server, { signal }) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const close = () => server.close();
  if (signal.aborted) {
    nextTick(close);
  } else {
    signal.addEventListener('abort', close, { once: true });
    server.once('close', () => signal.removeEventListener('abort', close));
  }
}

Server.prototype._listen2 = setupListenHandle;

Server.prototype.listen = function listen(...args) {
  const normalized = normalizeArgs(args);
  let { 0: options } = normalized;
  const { 1: callback } = normalized;
  if (this._handle) throw new ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  const backlogArgument = args.length > 1 && (toNumber(args[1]) || (args.length > 2 && toNumber(args[2])));

  options = options._handle || options.handle || options;
  if (options instanceof ServerHandle) {
    this._handle = options;
    listenInCluster(this, null, -1, -1, backlogArgument, undefined, true);
    return this;
  }
  listenOnSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, null, null, null, backlogArgument, options.fd);
    return this;
  }
  // listen(), listen(callback), listen({ port: undefined }): any port.
  if (args.length === 0 || typeof args[0] === 'function' ||
      (options.port === undefined && 'port' in options) || options.port === null) {
    options.port = 0;
  }
  const backlog = options.backlog || backlogArgument;
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    const exclusive = options.reusePort === true || options.exclusive;
    if (options.host) {
      lookupAndListen(this, options.port | 0, options.host, backlog, exclusive, options);
    } else {
      listenInCluster(this, null, options.port | 0, 4, backlog, undefined, exclusive, options);
    }
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenInCluster(this, options.path, -1, -1, backlog, undefined, options.exclusive, options);
    if (this._handle && (options.readableAll || options.writableAll)) {
      const mode = (options.readableAll ? 0o444 : 0) | (options.writableAll ? 0o222 : 0);
      const fs = require('fs');
      fs.chmodSync(options.path, fs.statSync(options.path).mode & 0o777 | mode);
    }
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', options);
};

// Called on the listening handle, which may belong to an earlier revision.
function acceptConnection(status, clientHandle) {
  this[kOwner][kAccept](status, clientHandle);
}

Server.prototype[kAccept] = function accept(status, clientHandle) {
  const server = this;
  if (status) {
    server.emit('error', new ErrnoException(status, 'accept'));
    return;
  }
  const { maxConnections } = server;
  if ((maxConnections != null && server._connections >= maxConnections) || isBlocked(server, clientHandle)) {
    dropConnection(server, clientHandle);
    return;
  }
  const { highWaterMark } = server;
  const socket = new Socket({
    handle: clientHandle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: highWaterMark,
    writableHighWaterMark: highWaterMark,
  });
  if (server.noDelay && clientHandle.setNoDelay) {
    socket[kSetNoDelay] = true;
    clientHandle.setNoDelay(true);
  }
  if (server.keepAlive && clientHandle.setKeepAlive) {
    socket[kSetKeepAlive] = true;
    socket[kSetKeepAliveInitialDelay] = server.keepAliveInitialDelay;
    clientHandle.setKeepAlive(true, server.keepAliveInitialDelay);
  }
  server._connections++;
  socket.server = server;
  socket._server = server;
  server.emit('connection', socket);
  publish('net.server.socket', socket);
};

function isBlocked(server, handle) {
  if (!server.blockList || !handle.getpeername) return false;
  const name = {};
  return handle.getpeername(name) === 0 && server.blockList.check(name.address, name.family.toLowerCase());
}

function dropConnection(server, handle) {
  const data = {
    localAddress: undefined, localPort: undefined, localFamily: undefined,
    remoteAddress: undefined, remotePort: undefined, remoteFamily: undefined,
  };
  if (handle.getsockname) {
    const local = {};
    handle.getsockname(local);
    const remote = {};
    handle.getpeername(remote);
    data.localAddress = local.address;
    data.localPort = local.port;
    data.localFamily = local.family;
    data.remoteAddress = remote.address;
    data.remotePort = remote.port;
    data.remoteFamily = remote.family;
  }
  handle.close();
  server.emit('drop', data);
}

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null,
  get() {
    return Boolean(this._handle);
  },
  configurable: true,
  enumerable: true,
});

Server.prototype.address = function address() {
  if (this._handle && this._handle.getsockname) {
    if (this._pipeName !== undefined) return this._pipeName;
    const out = {};
    const status = this._handle.getsockname(out);
    if (status) throw new ErrnoException(status, 'address');
    return { address: out.address, family: out.family, port: out.port };
  }
  return this._pipeName && this._handle ? this._pipeName : null;
};

Server.prototype.getConnections = function getConnections(callback) {
  nextTick(() => callback(null, this._connections));
  return this;
};

Server.prototype.close = function close(callback) {
  this._listeningId++;
  if (typeof callback === 'function') {
    if (!this._handle) {
      this.once('close', () => callback(new ERR_SERVER_NOT_RUNNING()));
    } else {
      this.once('close', callback);
    }
  }
  listening.delete(this);
  if (this._handle) {
    this._handle.close();
    this._handle = null;
    this._pipeName = undefined;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => {
    this.close((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
};

Server.prototype._emitCloseIfDrained = function _emitCloseIfDrained() {
  if (this._handle || this._connections) return;
  nextTick(() => this.emit('close'));
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

Server.prototype._setupWorker = function _setupWorker(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
  socketList.once('exit', (list) => {
    this._workers.splice(this._workers.indexOf(list), 1);
  });
};

Server.prototype.ref = function ref() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function unref() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

module.exports = { Server, adopt, createServerHandle, listening };
