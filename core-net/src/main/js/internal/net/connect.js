'use strict';

// Connecting: to a path, to an address, to the addresses of a name one after the other (RFC 8305).

const {
  codes: { ERR_INVALID_ADDRESS_FAMILY, ERR_INVALID_ARG_TYPE, ERR_INVALID_IP_ADDRESS, ERR_IP_BLOCKED,
           ERR_SOCKET_CONNECTION_TIMEOUT },
  ErrnoException,
  ExceptionWithHostPort,
  NodeAggregateError,
} = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString,
} = require('internal/validators');
const runtime = require('internal/runtime');
const { nextTick } = runtime;
const { stateSymbol } = require('internal/symbols');
const { isIP } = require('internal/net/address');
const { TCP } = require('internal/net/handle');
const {
  initSocketHandle, kSetNoDelay, kSetKeepAlive, kSetKeepAliveInitialDelay, kSetTypeOfService,
} = require('internal/net/socket');

const settings = require('internal/net/auto_select_family');

const kNewHandle = stateSymbol('net.kNewHandle'); // a subclass's own kind of handle
const kConnectCall = stateSymbol('net.kConnectCall');

const EINVAL = -22;
const ECANCELED = -125;
const ETIMEDOUT = -110;

function connect(socket, options) {
  // A later connect() on the same socket makes what is left of an earlier one void.
  socket[kConnectCall] = options;
  const { path } = options;
  if (path) validateString(path, 'options.path');
  const isOwnAddress = path || isIP(options.host);
  if (runtime.isGuarded) {
    // A name is refused to the process when it is looked up, to a package here.
    const { denial, packageDenial } = require('internal/permission');
    const error = (isOwnAddress ? denial : packageDenial)('Net', path || `${options.host || 'localhost'}:${options.port}`);
    if (error !== undefined) {
      process.nextTick(() => socket.destroy(Object.assign(error, { syscall: 'connect' })));
      return;
    }
  }
  if (path) {
    connectPath(socket, path);
  } else {
    lookupAndConnect(socket, options);
  }
}

function connectPath(socket, path) {
  const { _handle: handle } = socket;
  const status = handle.connect(path, (result) => afterConnect(socket, handle, result, path));
  if (status) socket.destroy(new ExceptionWithHostPort(status, 'connect', path, undefined));
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  validateString(host, 'options.host');
  let { port, autoSelectFamily, autoSelectFamilyAttemptTimeout: timeout } = options;

  if (localAddress && !isIP(localAddress)) throw new ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  port |= 0;

  if (autoSelectFamily != null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  else autoSelectFamily = settings.getDefaultAutoSelectFamily();
  if (timeout != null) {
    validateInt32(timeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    if (timeout < 10) timeout = 10;
  } else {
    timeout = settings.getDefaultAutoSelectFamilyAttemptTimeout();
  }

  const target = { socket, call: options, port, localAddress, localPort, timeout };
  const literal = isIP(host);
  if (literal) {
    nextTick(() => {
      if (socket.connecting && socket[kConnectCall] === options) connectAddress(target, host, literal);
    });
    return;
  }
  if (options.lookup != null) validateFunction(options.lookup, 'options.lookup');

  const dns = require('dns');
  const lookup = options.lookup || dns.lookup;
  const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family;
  const query = { family, hints: options.hints || 0 };
  if (family !== 4 && family !== 6 && query.hints === 0) query.hints = dns.ADDRCONFIG;
  socket._host = host;

  if (autoSelectFamily && family !== 4 && family !== 6 && !localAddress) {
    query.all = true;
    lookup(host, query, (error, addresses) => onAddresses(target, host, error, addresses));
  } else {
    lookup(host, query, (error, address, addressFamily) => onAddress(target, host, error, address, addressFamily));
  }
}

function fail(socket, error) {
  nextTick(() => socket.destroy(error));
}

function onAddress({ socket, call }, host, error, address, family) {
  socket.emit('lookup', error, address, family, host);
  if (!socket.connecting || socket[kConnectCall] !== call) return;
  if (error) {
    fail(socket, error);
  } else if (!isIP(address)) {
    fail(socket, new ERR_INVALID_IP_ADDRESS(address));
  } else if (family !== 4 && family !== 6) {
    fail(socket, new ERR_INVALID_ADDRESS_FAMILY(family, call.host, call.port));
  } else {
    socket._unrefTimer();
    connectAddress(arguments[0], address, family);
  }
}

function onAddresses(target, host, error, addresses) {
  const { socket, call } = target;
  if (error) {
    socket.emit('lookup', error, undefined, undefined, host);
    if (socket.connecting && socket[kConnectCall] === call) fail(socket, error);
    return;
  }
  const byFamily = [[], []]; // those of the first address's family, and the others
  let invalid;
  for (const { address, family } of addresses) {
    socket.emit('lookup', error, address, family, host);
    if (!socket.connecting || socket[kConnectCall] !== call) return;
    if (isIP(address) && (family === 4 || family === 6)) {
      target.firstFamily ??= family;
      byFamily[family === target.firstFamily ? 0 : 1].push({ address, family });
    } else {
      invalid ??= { address, family };
    }
  }
  if (byFamily[0].length === 0) {
    const { address, family } = invalid ?? {};
    fail(socket, !isIP(address) ? new ERR_INVALID_IP_ADDRESS(address) :
      new ERR_INVALID_ADDRESS_FAMILY(family, call.host, call.port));
    return;
  }
  const attempts = [];
  for (let i = 0; i < Math.max(byFamily[0].length, byFamily[1].length); i++) {
    if (i < byFamily[0].length) attempts.push(byFamily[0][i]);
    if (i < byFamily[1].length) attempts.push(byFamily[1][i]);
  }
  if (attempts.length === 1) {
    socket._unrefTimer();
    connectAddress(target, attempts[0].address, attempts[0].family);
    return;
  }
  socket.autoSelectFamilyAttemptedAddresses = [];
  connectNext({ ...target, attempts, next: 0, timer: undefined, errors: [] }, false);
}

// Binds to the local end that the user asked for; an error or undefined.
function bindLocal(handle, family, localAddress, localPort) {
  if (!localAddress && !localPort) return undefined;
  const address = localAddress || (family === 4 ? '0.0.0.0' : '::');
  const status = isIP(address) === family ? handle.bind(address, localPort || 0) : EINVAL;
  return status ? new ExceptionWithHostPort(status, 'bind', address, localPort) : undefined;
}

function isBlocked(socket, address, family) {
  return socket.blockList?.check(address, `ipv${family}`);
}

function connectionError(status, address, port, handle, localPort) {
  if (!localPort) return new ExceptionWithHostPort(status, 'connect', address, port);
  const name = {};
  handle.getsockname(name);
  const { address: localAddress = '' } = name;
  const error = new ExceptionWithHostPort(status, 'connect', address, port, `${localAddress}:${localPort}`);
  error.localAddress = localAddress;
  error.localPort = localPort;
  return error;
}

function connectAddress({ socket, port, localAddress, localPort }, address, family) {
  const { _handle: handle } = socket;
  const bindError = bindLocal(handle, family, localAddress, localPort);
  if (bindError !== undefined) {
    socket.destroy(bindError);
    return;
  }
  if (isBlocked(socket, address, family)) {
    socket.destroy(new ERR_IP_BLOCKED(address));
    return;
  }
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting || socket._handle !== handle) return;
  const status = handle.connect(address, port, (result) => {
    afterConnect(socket, handle, result, address, port, family, localPort);
  });
  if (status) {
    const error = connectionError(status, address, port, handle, localPort);
    socket.emit('connectionAttemptFailed', address, port, family, error);
    socket.destroy(error);
  }
}

function connectNext(context, canceled) {
  const { socket, attempts, port, localPort, errors } = context;
  clearTimeout(context.timer);
  if (canceled || context.next === attempts.length) {
    socket.destroy(errors.length === 0 ? new ERR_SOCKET_CONNECTION_TIMEOUT() : new NodeAggregateError(errors));
    return;
  }
  const index = context.next++;
  const { address, family } = attempts[index];
  if (index > 0) {
    socket._handle?.close();
    socket._handle = socket[kNewHandle]?.() ?? new TCP();
    initSocketHandle(socket);
  }
  const { _handle: handle } = socket;
  const bindError = bindLocal(handle, family, undefined, localPort);
  if (bindError !== undefined) {
    errors.push(bindError);
    connectNext(context, false);
    return;
  }
  if (isBlocked(socket, address, family)) {
    errors.push(new ERR_IP_BLOCKED(address));
    connectNext(context, false);
    return;
  }
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting || socket._handle !== handle) return;

  let ignored = false;
  const status = handle.connect(address, port, (result) => {
    if (ignored) return;
    clearTimeout(context.timer);
    if (result === 0) {
      afterConnect(socket, handle, result, address, port, family, localPort);
      return;
    }
    const error = connectionError(result, address, port, handle, localPort);
    errors.push(error);
    socket.emit('connectionAttemptFailed', address, port, family, error);
    if (socket.connecting) connectNext(context, result === ECANCELED);
  });
  if (status) {
    const error = connectionError(status, address, port, handle, localPort);
    errors.push(error);
    socket.emit('connectionAttemptFailed', address, port, family, error);
    connectNext(context, false);
    return;
  }
  // The last attempt has all the time that the system gives it.
  if (index < attempts.length - 1) {
    const giveUp = () => {
      if (!socket.connecting || socket._handle !== handle) return;
      ignored = true;
      socket.emit('connectionAttemptTimeout', address, port, family);
      errors.push(connectionError(ETIMEDOUT, address, port, handle, localPort));
      if (socket.connecting) connectNext(context, false);
    };
    // What has connected meanwhile, while this thread was busy, is seen before time is called.
    context.timer = setTimeout(() => setImmediate(giveUp), context.timeout);
  }
}

function afterConnect(socket, handle, status, address, port, family, localPort) {
  if (socket.destroyed || socket._handle !== handle) return;
  socket.connecting = false;
  socket._sockname = undefined;
  if (status === 0) {
    socket._unrefTimer();
    applyOptions(socket, handle);
    socket.emit('connect');
    socket.emit('ready');
    if (socket._handle === handle && !socket.isPaused()) socket.read(0);
    return;
  }
  const error = connectionError(status, address, port, handle, localPort);
  if (family) socket.emit('connectionAttemptFailed', address, port, family, error);
  socket.destroy(error);
}

// What was set before there was a connection.
function applyOptions(socket, handle) {
  if (socket[kSetNoDelay] && handle.setNoDelay) handle.setNoDelay(true);
  if (socket[kSetKeepAlive] && handle.setKeepAlive) handle.setKeepAlive(true, socket[kSetKeepAliveInitialDelay]);
  if (socket[kSetTypeOfService] !== undefined && handle.setTypeOfService) {
    const status = handle.setTypeOfService(socket[kSetTypeOfService]);
    if (status) socket.emit('error', new ErrnoException(status, 'setTypeOfService'));
  }
}

module.exports = { connect };
