'use strict';

// CompressionStream and DecompressionStream of the Compression standard.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { inspectable, invalidArgument, privateSlots, setSlots, webInterface } = require('internal/webstreams/common');

const formats = ['deflate', 'deflate-raw', 'gzip', 'brotli'];

function create(format, isDecompression) {
  const zlib = require('zlib');
  const options = isDecompression ? { rejectGarbageAfterEnd: true } : undefined;
  switch (format) {
    case 'deflate': return isDecompression ? zlib.createInflate(options) : zlib.createDeflate();
    case 'deflate-raw': return isDecompression ? zlib.createInflateRaw(options) : zlib.createDeflateRaw();
    case 'gzip': return isDecompression ? zlib.createGunzip(options) : zlib.createGzip();
    default: return isDecompression ? zlib.createBrotliDecompress(options) : zlib.createBrotliCompress();
  }
}

function pairFor(format, isDecompression) {
  format = String(format);
  if (!formats.includes(format)) {
    throw invalidArgument('format', format, `must be one of: ${formats.map((each) => `'${each}'`).join(', ')}`);
  }
  const { newReadableWritablePairFromDuplex, bytesOf } = require('internal/webstreams/adapters');
  return newReadableWritablePairFromDuplex(create(format, isDecompression), {
    toChunk(chunk) {
      const bytes = bytesOf(chunk);
      if (bytes === undefined) {
        throw new ERR_INVALID_ARG_TYPE('chunk', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], chunk);
      }
      return bytes;
    },
    // Bad data is a TypeError there.
    toError(error) {
      if (!isDecompression || error instanceof TypeError || error?.errno === undefined) return error;
      const wrapped = new TypeError(error.message, { cause: error });
      if (error.code !== undefined) wrapped.code = error.code;
      return wrapped;
    },
  });
}

class CompressionStream {
  constructor(format) {
    setSlots(this, CompressionStream, { pair: pairFor(format, false) });
  }

  get readable() {
    return privateSlots(this, CompressionStream).pair.readable;
  }

  get writable() {
    return privateSlots(this, CompressionStream).pair.writable;
  }
}

class DecompressionStream {
  constructor(format) {
    setSlots(this, DecompressionStream, { pair: pairFor(format, true) });
  }

  get readable() {
    return privateSlots(this, DecompressionStream).pair.readable;
  }

  get writable() {
    return privateSlots(this, DecompressionStream).pair.writable;
  }
}

for (const Class of [CompressionStream, DecompressionStream]) {
  webInterface(Class);
  inspectable(Class, function() { return { readable: this.readable, writable: this.writable }; });
}

module.exports = { CompressionStream, DecompressionStream };
