'use strict';

// Servers and sockets that travel beside a message: the other side gets the descriptor and builds its own object on it.

const net = require('net');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');

const kDatagramState = stateSymbol('dgram.state');

function noop() {}

function netHandles() {
  return require('internal/net/handle');
}

// Of a handle itself, as `cluster` passes it on: what its class is on the other side.
function nativeDetails(handle) {
  const { Pipe, ServerHandle } = netHandles();
  const listens = handle instanceof ServerHandle;
  return { listens, isPipe: listens ? handle.Client === Pipe : handle instanceof Pipe };
}

// What is given away is no longer read here.
function detachSocket(socket, handle) {
  handle.readStop?.();
  handle.onread = noop;
  socket._handle = null;
  socket.setTimeout(0);
  if (socket.server) socket.server._connections--;
}

function isDatagramSocket(value) {
  return value !== null && typeof value === 'object' && value[kDatagramState] !== undefined;
}

// `handleOf` finds the handle; `stays` says that this side keeps it open.
const kinds = {
  'net.Socket': {
    is: (value) => value instanceof net.Socket,
    handleOf: (socket) => socket._handle,
    detach: detachSocket,
    receive(fd, deliver) { deliver(new net.Socket({ fd, readable: true, writable: true })); },
  },
  'net.Server': {
    is: (value) => value instanceof net.Server,
    handleOf: (server) => server._handle,
    stays: true,
    receive(fd, deliver) {
      const server = new net.Server();
      server.listen({ fd, exclusive: true }, () => deliver(server));
    },
  },
  'net.Native': {
    is(value) {
      const { StreamHandle, ServerHandle } = netHandles();
      return value instanceof StreamHandle || value instanceof ServerHandle;
    },
    handleOf: (handle) => handle,
    stays: true,
    details: nativeDetails,
    receive(fd, deliver, { listens, isPipe }) {
      const { Pipe, ServerHandle, TCP, openDescriptor } = netHandles();
      const Client = isPipe ? Pipe : TCP;
      const handle = listens ? new ServerHandle(Client) : openDescriptor(Client, fd);
      const status = listens ? handle.open(fd) : handle;
      deliver(status < 0 ? undefined : handle);
    },
  },
  'dgram.Socket': {
    is: isDatagramSocket,
    handleOf: (socket) => socket[kDatagramState].handle,
    stays: true,
    details: (handle, socket) => ({ dgramType: socket.type }),
    receive(fd, deliver, { dgramType }) {
      const socket = require('dgram').createSocket(dgramType);
      const handle = require('internal/dgram/handle').openSocketHandle(fd, dgramType);
      socket.bind(handle, () => deliver(socket));
    },
  },
  'dgram.Native': {
    is: (value) => typeof value?.recvStart === 'function',
    handleOf: (handle) => handle,
    stays: true,
    details: (handle) => ({ dgramType: handle.type }),
    receive(fd, deliver, { dgramType }) {
      deliver(require('internal/dgram/handle').openSocketHandle(fd, dgramType));
    },
  },
};

/** { type, handle, keepOpen, object, details } of what is to be sent; null if its socket is gone: then the message goes alone. */
function outgoing(object, options) {
  const type = Object.keys(kinds).find((name) => kinds[name].is(object));
  if (type === undefined) throw new codes.ERR_INVALID_HANDLE_TYPE();
  const kind = kinds[type];
  const handle = kind.handleOf(object);
  if (!handle || typeof handle.fd !== 'number' || handle.fd < 0) return null;
  return {
    type, handle, object, keepOpen: Boolean(options?.keepOpen) || Boolean(kind.stays), details: kind.details?.(handle, object),
  };
}

/** What is on its way is no longer this side's, unless it keeps a share. */
function giveAway({ type, handle, object, keepOpen }) {
  if (!keepOpen) kinds[type].detach(object, handle);
}

/** The object for a message { cmd: 'NODE_HANDLE', type } and its descriptor. */
function receive(message, fd, deliver) {
  const kind = kinds[message.type];
  if (kind === undefined || fd === undefined) deliver(undefined);
  else kind.receive(fd, deliver, message);
}

module.exports = { outgoing, giveAway, receive };
