'use strict';

// What the parsers of servers and clients do with a message: an IncomingMessage for its head, then body and end for that.

const {
  COMPLETE, HAS_EXPECT, HAS_HOST, HTTPParser, KEEP_ALIVE, MAJOR_SHIFT, MINOR_BITS, UPGRADE, allMethods, splitFields,
} = require('internal/http/parser');
const { IncomingMessage, kSkipPendingData, markComplete, readStart, readStop } = require('_http_incoming');
const { kIncomingMessage } = require('internal/http/symbols');

/** Returns 1 if there is no body, whatever the head says, 2 if what follows is another protocol. */
function onHead(flags, code, text, block) {
  const { socket } = this;
  const server = socket === null || socket === undefined ? undefined : socket.server;
  const Incoming = (server && server[kIncomingMessage]) || IncomingMessage;
  const incoming = new Incoming(socket);
  this.incoming = incoming;
  const major = (flags >> MAJOR_SHIFT) & 0xf;
  const minor = flags & MINOR_BITS;
  incoming.httpVersionMajor = major;
  incoming.httpVersionMinor = minor;
  incoming.httpVersion = major === 1 && minor === 1 ? '1.1' : `${major}.${minor}`;
  incoming.joinDuplicateHeaders = this.joinDuplicateHeaders;
  incoming.upgrade = (flags & UPGRADE) !== 0;
  if (this._type === HTTPParser.REQUEST) {
    incoming.url = text;
    incoming.method = allMethods[code];
  } else {
    incoming.statusCode = code;
    incoming.statusMessage = text;
  }
  incoming._setFields(block, this.maxHeaderPairs);
  const result = this.onIncoming(incoming, (flags & KEEP_ALIVE) !== 0, flags);
  if ((flags & COMPLETE) !== 0) {
    markComplete(incoming);
    if (socket && socket._paused !== true) readStart(socket);
  }
  return result;
}

function onBody(chunk) {
  const stream = this.incoming;
  if (stream === null || stream[kSkipPendingData] || stream._dumped) return;
  if (!stream.push(chunk)) readStop(this.socket);
}

function onMessageComplete(block) {
  const stream = this.incoming;
  if (stream !== null && !stream[kSkipPendingData]) {
    stream.complete = true;
    if (block !== '') stream._addHeaderLines(splitFields(block), 0, this.maxHeaderPairs);
    markComplete(stream);
  }
  // What was read too early waits in the stream; the socket goes on
  readStart(this.socket);
}

module.exports = { HAS_EXPECT, HAS_HOST, onBody, onHead, onMessageComplete };
