'use strict';

// The usual response, `res.end(text)` with nothing written before: header and body go to the system in one call, past the
// machinery of the socket's stream. That is possible while the stream holds nothing back; everything else takes the long way.

const { Buffer } = require('buffer');
const { ErrnoException } = require('internal/errors');
const { nextTick } = require('internal/runtime');
const { Writable } = require('stream');
const { finishResponse } = require('internal/http/finish-response');
const { kCorked, kRejectNonStandardBodyWrites, kSocket } = require('internal/http/symbols');

// A larger body is not worth a copy
const MAX_COPIED = 64 * 1024;

/** Sends `message` whole; false if it must go the long way. */
function sendWhole(message, chunk, encoding, callback) {
  const socket = message[kSocket];
  if (socket === null || socket._httpMessage !== message || message[kCorked] !== 0 || message.destroyed ||
      message.outputData.length !== 0 || message.strictContentLength) return false;
  const { _handle: handle } = socket;
  if (!handle || !(handle.id > 0) || socket.encrypted || socket.write !== Writable.prototype.write) return false;
  const { _writableState: state } = socket;
  if (state.length !== 0 || state.corked !== 0 || state.ending || state.destroyed) return false;

  let length = 0;
  let isLatin1 = false;
  const isText = typeof chunk === 'string';
  if (isText) {
    if (encoding === 'latin1' || encoding === 'binary') isLatin1 = true;
    else if (encoding && encoding !== 'utf8' && encoding !== 'utf-8') return false;
    length = isLatin1 ? chunk.length : Buffer.byteLength(chunk);
  } else if (chunk) {
    if (!(chunk instanceof Uint8Array) || chunk.byteLength > MAX_COPIED) return false;
    length = chunk.byteLength;
  }
  message._contentLength = length;
  message._implicitHeader();
  const header = message._header;
  // The header may have told of chunks; or a user's writeHead() has gone ways of its own
  if (!header || message._headerSent || message.chunkedEncoding) return false;
  let sent;
  if (!message._hasBody) {
    if (chunk && message[kRejectNonStandardBodyWrites]) return false;
    sent = binding.respond(handle.id, header, true, undefined, message);
  } else if (isText) {
    sent = binding.respond(handle.id, header + chunk, isLatin1, undefined, message);
  } else {
    sent = binding.respond(handle.id, header, true, chunk || undefined, message);
  }
  if (sent === undefined) return false;
  message._headerSent = true;
  message.finished = true;
  if (typeof callback === 'function') message.once('finish', callback);
  message._finish();
  if (sent) nextTick(finishResponse, message);
  return true;
}

// What the system did not take at once has gone out; `this` is the message
binding.setSentHandler(function sent(errno) {
  const socket = this[kSocket];
  if (errno !== 0) {
    if (socket) socket.destroy(new ErrnoException(errno, 'write'));
    return;
  }
  finishResponse(this);
});

module.exports = { sendWhole };
