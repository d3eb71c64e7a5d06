'use strict';

// What send() takes as a message: one chunk or a list, text or bytes.

const { Buffer } = require('buffer');
const { codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');

const TYPES = ['Buffer', 'TypedArray', 'DataView', 'string'];

function sliceBuffer(buffer, offset, length) {
  if (typeof buffer === 'string') buffer = Buffer.from(buffer);
  else if (!isArrayBufferView(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', TYPES, buffer);
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

function toChunk(value) {
  if (typeof value === 'string') return Buffer.from(value);
  return isArrayBufferView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : undefined;
}

/** The chunks of a message. */
function toChunks(message) {
  if (!Array.isArray(message)) {
    const chunk = toChunk(message);
    if (chunk === undefined) throw new ERR_INVALID_ARG_TYPE('buffer', TYPES, message);
    return [chunk];
  }
  if (message.length === 0) return [Buffer.alloc(0)];
  const chunks = message.map(toChunk);
  if (chunks.includes(undefined)) throw new ERR_INVALID_ARG_TYPE('buffer list arguments', TYPES, message);
  return chunks;
}

module.exports = { sliceBuffer, toChunks };
