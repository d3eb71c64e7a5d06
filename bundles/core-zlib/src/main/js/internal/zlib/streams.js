'use strict';

// The classes of compression streams: what options they take, and how their codecs are made.

const { Buffer } = require('buffer');
const {
  codes: { ERR_BROTLI_INVALID_PARAM, ERR_INVALID_ARG_TYPE, ERR_ZSTD_INVALID_PARAM },
} = require('internal/errors');
const { deprecateInstantiation } = require('internal/util');
const { checkRangesOrGetDefault } = require('internal/validators');
const { ZlibBase } = require('internal/zlib/base');
const { constants } = require('internal/zlib/constants');

const {
  Z_DEFAULT_LEVEL, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_STRATEGY, Z_DEFAULT_WINDOWBITS, Z_FIXED, Z_MAX_LEVEL, Z_MAX_MEMLEVEL,
  Z_MAX_WINDOWBITS, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS, Z_SYNC_FLUSH,
  DEFLATE, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP,
  BROTLI_DECODE, BROTLI_ENCODE, ZSTD_COMPRESS, ZSTD_DECOMPRESS,
} = constants;

function dictionaryOf(options) {
  const dictionary = options?.dictionary;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary)) return dictionary;
  if (dictionary instanceof ArrayBuffer || dictionary instanceof SharedArrayBuffer) return Buffer.from(dictionary);
  throw new ERR_INVALID_ARG_TYPE(
    'options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

function inherit(Class, Base) {
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
}

// ---- zlib

function Zlib(options, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_LEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  if (options) {
    const isInflate = mode === INFLATE || mode === GUNZIP || mode === UNZIP;
    if (isInflate && (options.windowBits === undefined || options.windowBits === null || options.windowBits === 0)) {
      windowBits = 0; // As the header says.
    } else {
      // A gzip stream has no room to say that its window is 256 bytes.
      windowBits = checkRangesOrGetDefault(
        options.windowBits, 'options.windowBits', mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS,
        Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = checkRangesOrGetDefault(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_LEVEL);
    checkRangesOrGetDefault(
      options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = checkRangesOrGetDefault(
      options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
  }
  if (windowBits === 8 && (mode === DEFLATE || mode === DEFLATERAW)) windowBits = 9; // As zlib itself does.
  const handle = binding.createZlib(mode, windowBits, level, strategy, dictionaryOf(options));
  ZlibBase.call(this, options, 'zlib', handle);
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
inherit(Zlib, ZlibBase);

Zlib.prototype.params = function params(level, strategy, callback) {
  level = checkRangesOrGetDefault(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
  strategy = checkRangesOrGetDefault(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  // What was written before is compressed the old way.
  this.flush(Z_SYNC_FLUSH, (error) => {
    if (this.destroyed || !this._handle) {
      callback?.(error);
      return;
    }
    this._handle.params(level, strategy);
    this._level = level;
    this._strategy = strategy;
    callback?.(error);
  });
};

function Deflate(options) {
  if (!(this instanceof Deflate)) return deprecateInstantiation(Deflate, 'DEP0184', options);
  Zlib.call(this, options, DEFLATE);
}
inherit(Deflate, Zlib);

function Inflate(options) {
  if (!(this instanceof Inflate)) return deprecateInstantiation(Inflate, 'DEP0184', options);
  Zlib.call(this, options, INFLATE);
}
inherit(Inflate, Zlib);

function Gzip(options) {
  if (!(this instanceof Gzip)) return deprecateInstantiation(Gzip, 'DEP0184', options);
  Zlib.call(this, options, GZIP);
}
inherit(Gzip, Zlib);

function Gunzip(options) {
  if (!(this instanceof Gunzip)) return deprecateInstantiation(Gunzip, 'DEP0184', options);
  Zlib.call(this, options, GUNZIP);
}
inherit(Gunzip, Zlib);

function DeflateRaw(options) {
  if (!(this instanceof DeflateRaw)) return deprecateInstantiation(DeflateRaw, 'DEP0184', options);
  Zlib.call(this, options, DEFLATERAW);
}
inherit(DeflateRaw, Zlib);

function InflateRaw(options) {
  if (!(this instanceof InflateRaw)) return deprecateInstantiation(InflateRaw, 'DEP0184', options);
  Zlib.call(this, options, INFLATERAW);
}
inherit(InflateRaw, Zlib);

function Unzip(options) {
  if (!(this instanceof Unzip)) return deprecateInstantiation(Unzip, 'DEP0184', options);
  Zlib.call(this, options, UNZIP);
}
inherit(Unzip, Zlib);

// ---- brotli and zstd: parameters are numbers under numbers

/** `options.params` as pairs in one array. */
function parameterPairs(params, isKnown, InvalidParameter) {
  const pairs = [];
  const given = new Set(); // '0' and '00' are one
  for (const key of Object.keys(params ?? {})) {
    const number = Number(key);
    if (!isKnown(number) || given.has(number)) throw new InvalidParameter(key);
    given.add(number);
    const value = params[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    pairs.push(number, Number(value));
  }
  return Int32Array.from(pairs);
}

function within(max) {
  return (number) => Number.isInteger(number) && number >= 0 && number <= max;
}

const zstdCompressParameters = new Set();
for (const name of Object.keys(constants)) {
  if (name.startsWith('ZSTD_c_')) zstdCompressParameters.add(constants[name]);
}

function Brotli(options, mode) {
  const max = mode === BROTLI_ENCODE ? constants.BROTLI_PARAM_NDIRECT : constants.BROTLI_DECODER_PARAM_LARGE_WINDOW;
  const pairs = parameterPairs(options?.params, within(max), ERR_BROTLI_INVALID_PARAM);
  const handle = binding.createBrotli(mode, pairs, dictionaryOf(options));
  ZlibBase.call(this, options, 'brotli', handle);
}
inherit(Brotli, Zlib);

function BrotliCompress(options) {
  if (!(this instanceof BrotliCompress)) return deprecateInstantiation(BrotliCompress, 'DEP0184', options);
  Brotli.call(this, options, BROTLI_ENCODE);
}
inherit(BrotliCompress, Brotli);

function BrotliDecompress(options) {
  if (!(this instanceof BrotliDecompress)) return deprecateInstantiation(BrotliDecompress, 'DEP0184', options);
  Brotli.call(this, options, BROTLI_DECODE);
}
inherit(BrotliDecompress, Brotli);

function Zstd(options, mode) {
  const isKnown = mode === ZSTD_COMPRESS ?
    (number) => zstdCompressParameters.has(number) : (number) => number === constants.ZSTD_d_windowLogMax;
  const pairs = parameterPairs(options?.params, isKnown, ERR_ZSTD_INVALID_PARAM);
  const size = options?.pledgedSrcSize;
  const handle = binding.createZstd(mode, pairs, size === undefined ? -1 : size, dictionaryOf(options));
  ZlibBase.call(this, options, 'zstd', handle);
}
inherit(Zstd, ZlibBase);

function ZstdCompress(options) {
  if (!(this instanceof ZstdCompress)) return deprecateInstantiation(ZstdCompress, 'DEP0184', options);
  Zstd.call(this, options, ZSTD_COMPRESS);
}
inherit(ZstdCompress, Zstd);

function ZstdDecompress(options) {
  if (!(this instanceof ZstdDecompress)) return deprecateInstantiation(ZstdDecompress, 'DEP0184', options);
  Zstd.call(this, options, ZSTD_DECOMPRESS);
}
inherit(ZstdDecompress, Zstd);

module.exports = {
  Deflate,
  Inflate,
  Gzip,
  Gunzip,
  DeflateRaw,
  InflateRaw,
  Unzip,
  BrotliCompress,
  BrotliDecompress,
  ZstdCompress,
  ZstdDecompress,
};
