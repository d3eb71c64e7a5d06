'use strict';

// Runs when this revision has become the current one: it goes on with the connections that wait for a request, and
// serves those that came while there was no provider.

const { adopt, connectionListener } = require('internal/http/connection');
const { kConnection, kConnections } = require('internal/http/symbols');
const shared = require('internal/http/shared');

function resume(socket) {
  if (socket === null || socket._paused || !socket._handle) return;
  socket.parser?.resume();
  if (!socket._handle.reading) {
    socket._handle.reading = true;
    socket._handle.readStart();
  }
}

const resumed = shared.suspended;
shared.suspended = false;
for (const server of shared.servers) {
  for (const parser of server[kConnections].all()) {
    const connection = parser.socket?.[kConnection];
    if (connection) setImmediate(adopt, connection);
    if (resumed) setImmediate(resume, parser.socket);
  }
}
for (const { server, socket } of shared.waiting.splice(0)) {
  if (socket.destroyed) continue;
  connectionListener.call(server, socket);
  socket.resume();
}
