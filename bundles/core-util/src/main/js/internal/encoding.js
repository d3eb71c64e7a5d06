'use strict';

// TextEncoder and TextDecoder over the engine's own.

const { codes, captureFrom } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { validateObject, kValidateObjectAllowObjectsAndNull } = require('internal/validators');
const { TextEncoder: NativeEncoder, TextDecoder: NativeDecoder } = primordials;

const kDecoder = stateSymbol('encoding.kDecoder');
const kEncoding = stateSymbol('encoding.kEncoding');
const kFatal = stateSymbol('encoding.kFatal');
const kIgnoreBom = stateSymbol('encoding.kIgnoreBom');
const kIsEncoder = stateSymbol('encoding.kIsEncoder');

const decodable = new Set(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);

const nativeEncoder = new NativeEncoder();

function hidden(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });
}

function checkThis(object, key, name) {
  if (object === null || typeof object !== 'object' || object[key] === undefined) {
    throw new codes.ERR_INVALID_THIS(name);
  }
}

class TextEncoder {
  constructor() {
    hidden(this, kIsEncoder, true);
  }

  get encoding() {
    checkThis(this, kIsEncoder, 'TextEncoder');
    return 'utf-8';
  }

  encode(input = '') {
    checkThis(this, kIsEncoder, 'TextEncoder');
    return nativeEncoder.encode(`${input}`);
  }

  encodeInto(src, dest) {
    checkThis(this, kIsEncoder, 'TextEncoder');
    require('internal/validators').validateString(src, 'src');
    if (!require('internal/util/types').isUint8Array(dest)) {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    }
    return nativeEncoder.encodeInto(src, dest);
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = Object.create({ constructor: this.constructor === null ? TextEncoder : this.constructor });
    shown.encoding = this.encoding;
    return inspect(shown, options);
  }
}

class TextDecoder {
  constructor(encoding = 'utf-8', options = { __proto__: null }) {
    encoding = `${encoding}`;
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const name = require('internal/encoding/labels').encodingOf(encoding);
    if (name === undefined || !decodable.has(name)) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    hidden(this, kEncoding, name);
    hidden(this, kFatal, Boolean(options?.fatal));
    hidden(this, kIgnoreBom, Boolean(options?.ignoreBOM));
    hidden(this, kDecoder, undefined);
  }

  get encoding() {
    checkThis(this, kEncoding, 'TextDecoder');
    return this[kEncoding];
  }

  get fatal() {
    checkThis(this, kEncoding, 'TextDecoder');
    return this[kFatal];
  }

  get ignoreBOM() {
    checkThis(this, kEncoding, 'TextDecoder');
    return this[kIgnoreBom];
  }

  decode(input = new Uint8Array(0), options = { __proto__: null }) {
    checkThis(this, kEncoding, 'TextDecoder');
    const types = require('internal/util/types');
    if (!types.isAnyArrayBuffer(input) && !ArrayBuffer.isView(input)) {
      throw new codes.ERR_INVALID_ARG_TYPE('list', ['ArrayBuffer', 'ArrayBufferView'], input);
    }
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const stream = Boolean(options?.stream);
    this[kDecoder] ??= newDecoder(this[kEncoding], this[kFatal], this[kIgnoreBom]);
    try {
      return this[kDecoder].decode(input, { stream });
    } catch {
      this[kDecoder] = undefined;
      throw captureFrom(new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this[kEncoding], undefined), this.decode);
    }
  }

  [customInspectSymbol](depth, options) {
    checkThis(this, kEncoding, 'TextDecoder');
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = Object.create({ constructor: this.constructor === null ? TextDecoder : this.constructor });
    shown.encoding = this.encoding;
    shown.fatal = this.fatal;
    shown.ignoreBOM = this.ignoreBOM;
    return `${shown.constructor.name} ${inspect(Object.assign({}, shown), options)}`;
  }
}

function newDecoder(name, fatal, ignoreBOM) {
  if (name === 'utf-8' || name === 'utf-16le' || name === 'utf-16be') return new NativeDecoder(name, { fatal, ignoreBOM });
  return new Windows1252Decoder();
}

// What latin1 and its many labels mean in the standard.
const windows1252 = '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

class Windows1252Decoder {
  decode(input) {
    const bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) :
      new Uint8Array(input);
    const text = require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).latin1Slice();
    return /[\x80-\x9f]/.test(text) ? text.replace(/[\x80-\x9f]/g, (char) => windows1252[char.charCodeAt(0) - 0x80]) : text;
  }
}

for (const [Class, names] of [
  [TextEncoder, ['encode', 'encodeInto', 'encoding']], [TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']],
]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, value: Class.name,
  });
}

module.exports = { TextEncoder, TextDecoder };
