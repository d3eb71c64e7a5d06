'use strict';

// The forms that take and give everything at once.

const { Buffer } = require('buffer');
const { codes: { ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { processChunkSync } = require('internal/zlib/base');

function toBuffer(data) {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof Buffer) return data;
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return Buffer.from(data);
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
}

function run(engine, data, callback) {
  validateFunction(callback, 'callback');
  const buffer = toBuffer(data);
  const chunks = [];
  let length = 0;

  engine.on('data', (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > engine._maxOutputLength) {
      engine.removeAllListeners('end');
      engine.close();
      callback(new ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
    }
  });
  engine.on('end', () => {
    const result = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
    engine.close();
    callback(null, engine._info ? { buffer: result, engine } : result);
  });
  engine.on('error', (error) => {
    engine.removeAllListeners('end');
    callback(error);
  });
  engine.end(buffer);
}

function runSync(engine, data) {
  const buffer = toBuffer(data);
  const result = processChunkSync(engine, buffer, engine._finishFlushFlag);
  return engine._info ? { buffer: result, engine } : result;
}

/** `gzip(buffer[, options], callback)` and `gzipSync(buffer[, options])` of a class. */
function oneShot(Class, name) {
  const async = function(buffer, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    return run(new Class(options), buffer, callback);
  };
  const sync = function(buffer, options) {
    return runSync(new Class(options), buffer);
  };
  Object.defineProperty(async, 'name', { __proto__: null, value: name });
  Object.defineProperty(sync, 'name', { __proto__: null, value: `${name}Sync` });
  return { async, sync };
}

module.exports = { oneShot };
