'use strict';

// Servers and sockets that travel beside a message: the other side gets the descriptor and builds its own object on it.

const net = require('net');
const { codes } = require('internal/errors');

function noop() {}

// What is given away is no longer read here.
function detachSocket(socket, handle) {
  handle.readStop?.();
  handle.onread = noop;
  socket._handle = null;
  socket.setTimeout(0);
  if (socket.server) socket.server._connections--;
}

const kinds = {
  'net.Socket': {
    is: (value) => value instanceof net.Socket,
    detach: detachSocket,
    receive(fd, deliver) { deliver(new net.Socket({ fd, readable: true, writable: true })); },
  },
  'net.Server': {
    is: (value) => value instanceof net.Server,
    receive(fd, deliver) {
      const server = new net.Server();
      server.listen({ fd }, () => deliver(server));
    },
  },
};

/** { type, handle, keepOpen, object } of what is to be sent; null if its socket is gone: then the message goes alone. */
function outgoing(object, options) {
  const type = Object.keys(kinds).find((name) => kinds[name].is(object));
  if (type === undefined) throw new codes.ERR_INVALID_HANDLE_TYPE();
  const handle = object._handle;
  if (!handle || typeof handle.fd !== 'number' || handle.fd < 0) return null;
  return { type, handle, object, keepOpen: Boolean(options?.keepOpen) || type === 'net.Server' };
}

/** What is on its way is no longer this side's, unless it keeps a share. */
function giveAway({ type, handle, object, keepOpen }) {
  if (!keepOpen) kinds[type].detach(object, handle);
}

/** The object for a message { cmd: 'NODE_HANDLE', type } and its descriptor. */
function receive(message, fd, deliver) {
  const kind = kinds[message.type];
  if (kind === undefined || fd === undefined) deliver(undefined);
  else kind.receive(fd, deliver);
}

module.exports = { outgoing, giveAway, receive };
