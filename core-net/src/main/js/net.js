'use strict';

const { isIP, isIPv4, isIPv6 } = require('internal/net/address');
const { normalizeArgs } = require('internal/net/arguments');
const { Server, createServerHandle } = require('internal/net/server');
const { Socket, publish } = require('internal/net/socket');

function connect(...args) {
  const normalized = normalizeArgs(args);
  const { 0: options } = normalized;
  const socket = new Socket(options);
  publish('net.client.socket', socket);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

const lazily = {
  BlockList: 'internal/net/block_list',
  SocketAddress: 'internal/net/socket_address',
  getDefaultAutoSelectFamily: 'internal/net/auto_select_family',
  setDefaultAutoSelectFamily: 'internal/net/auto_select_family',
  getDefaultAutoSelectFamilyAttemptTimeout: 'internal/net/auto_select_family',
  setDefaultAutoSelectFamilyAttemptTimeout: 'internal/net/auto_select_family',
};

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket, // an old name
};

for (const name of Object.keys(lazily)) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = require(lazily[name])[name];
      Object.defineProperty(module.exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
      return value;
    },
  });
}
