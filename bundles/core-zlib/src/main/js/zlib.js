'use strict';

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const { codes, constants } = require('internal/zlib/constants');
const { oneShot } = require('internal/zlib/one-shot');
const streams = require('internal/zlib/streams');

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return binding.crc32(data, value);
}

module.exports = { crc32, ...streams };

for (const [name, className] of [
  ['deflate', 'Deflate'], ['gzip', 'Gzip'], ['deflateRaw', 'DeflateRaw'], ['unzip', 'Unzip'], ['inflate', 'Inflate'],
  ['gunzip', 'Gunzip'], ['inflateRaw', 'InflateRaw'], ['brotliCompress', 'BrotliCompress'],
  ['brotliDecompress', 'BrotliDecompress'], ['zstdCompress', 'ZstdCompress'], ['zstdDecompress', 'ZstdDecompress'],
]) {
  const { async, sync } = oneShot(streams[className], name);
  module.exports[name] = async;
  module.exports[`${name}Sync`] = sync;
}

for (const className of [
  'Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress', 'BrotliDecompress',
  'ZstdCompress', 'ZstdDecompress',
]) {
  const Class = streams[className];
  const create = function(options) {
    return new Class(options);
  };
  Object.defineProperty(create, 'name', { __proto__: null, value: `create${className}` });
  Object.defineProperty(module.exports, `create${className}`, {
    __proto__: null, configurable: true, enumerable: true, writable: false, value: create,
  });
}

function freeze(object, name, value, enumerable) {
  Object.defineProperty(object, name, { __proto__: null, value, enumerable, writable: false, configurable: false });
}
freeze(module.exports, 'constants', Object.freeze(constants), true);
freeze(module.exports, 'codes', Object.freeze(codes), true);

// The constants have been on the module itself before there was `constants`.
for (const name of Object.keys(constants)) {
  if (!name.startsWith('BROTLI')) freeze(module.exports, name, constants[name], false);
}
