'use strict';

// A response is with the system, to the last byte: the next one's turn, the next request, or the end of the connection.

const { nextTick } = require('internal/runtime');
const diagnostics = require('internal/http/diagnostics');
const { isReadable } = require('_http_incoming');
const { kConnection } = require('internal/http/symbols');

/** The end of a message that was sent; a response's own work comes before its listeners'. */
function finishResponse(message) {
  if (message.socket?._hadError) return;
  if (message[kConnection] !== null) releaseConnection(message, message[kConnection]);
  if (message._eventsCount > 0) message.emit('finish');
  if (message[kConnection] !== null) {
    if (message._eventsCount > 0) nextTick(emitClose, message);
    else markClosed(message);
  }
}

function markClosed(res) {
  res.destroyed = true;
  res._closed = true;
}

function emitClose(res) {
  if (res._closed) return;
  markClosed(res);
  res.emit('close');
}

let afterResponses;

function releaseConnection(res, connection) {
  const { req } = res;
  const { socket, incoming, outgoing } = connection;
  if (diagnostics.responseFinish.hasSubscribers) {
    diagnostics.responseFinish.publish({ request: req, response: res, socket, server: connection.server });
  }
  if (incoming.length === 1 && incoming[0] === req) incoming.length = 0;
  else remove(incoming, req);

  // Nobody reads the body: it is read and dropped, for the next request comes behind it
  if (!req._consuming && !(isReadable(req) && req._readableState.resumeScheduled)) req._dump();
  res.detachSocket(socket);
  clearIncoming(req);

  if (res._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (outgoing.length > 0) {
    outgoing.shift().assignSocket(socket);
  } else {
    // Later than this file, as it needs this one
    afterResponses ??= require('internal/http/connection').afterResponses;
    afterResponses(connection);
  }
}

function remove(list, item) {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}

/** Takes the finished request out of its parser, once nothing of it is to come. */
function clearIncoming(req) {
  req ||= this;
  const parser = req.socket?.parser;
  if (!parser || parser.incoming !== req) return;
  if (req.complete && (!isReadable(req) || req.readableEnded)) parser.incoming = null;
  else req.on('end', clearIncoming);
}

module.exports = { emitClose, finishResponse };
