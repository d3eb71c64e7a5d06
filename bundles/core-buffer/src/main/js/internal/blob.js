'use strict';

// Blob, File (https://w3c.github.io/FileAPI/) and the object URLs of this process.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { kClone, kPack, kUnpack, stateSymbol } = require('internal/symbols');
const { Buffer } = require('buffer');

const kParts = stateSymbol('blob.kParts');
const kSize = stateSymbol('blob.kSize');
const kType = stateSymbol('blob.kType');
const kName = stateSymbol('file.kName');
const kLastModified = stateSymbol('file.kLastModified');
const CHUNK = 65536;

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, configurable: true, writable: true });
}

function isBlob(value) {
  return value?.[kParts] !== undefined;
}

function checkBlob(value) {
  if (!isBlob(value)) throw new ERR_INVALID_THIS('Blob');
}

function dictionary(value) {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' && typeof value !== 'function') {
    const error = new ERR_INVALID_ARG_TYPE('options', 'Object', value);
    error.message = error.message.replace('must be of type object', 'must be a dictionary');
    throw error;
  }
  return value;
}

function sequence(value) {
  if (value === null || typeof value !== 'object' && typeof value !== 'function' ||
      typeof value[Symbol.iterator] !== 'function') {
    const error = new ERR_INVALID_ARG_TYPE('sources', 'sequence', value);
    error.message = 'Value cannot be converted to sequence.';
    throw error;
  }
  return [...value];
}

// The bytes of a part as they are now: later changes of the source do not show.
function snapshot(part, endings) {
  if (isBlob(part)) return part[kParts];
  if (isAnyArrayBuffer(part)) return [new Uint8Array(part).slice()];
  if (isArrayBufferView(part)) return [new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice()];
  let text = `${part}`.toWellFormed();
  if (endings === 'native') text = text.replace(/\r\n?|\n/g, process.platform === 'win32' ? '\r\n' : '\n');
  const bytes = Buffer.from(text);
  return [new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)];
}

function normalizedType(type) {
  type = `${type}`;
  return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
}

class Blob {
  constructor(sources = [], options = undefined) {
    const parts = sequence(sources);
    const { type = '', endings = 'transparent' } = dictionary(options);
    if (`${endings}` !== 'transparent' && `${endings}` !== 'native') {
      throw new ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    fill(this, parts.flatMap((part) => snapshot(part, `${endings}`)), normalizedType(type));
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    return shown('Blob', { size: this.size, type: this.type }, options);
  }

  [kClone]() {
    return fill(Object.create(Blob.prototype), this[kParts], this[kType]);
  }

  /** To another thread. */
  [kPack]() {
    return { id: 'buffer', name: 'Blob', data: { parts: this[kParts], type: this[kType] } };
  }

  static [kUnpack]({ parts, type }) {
    return fill(Object.create(Blob.prototype), parts, type);
  }

  get type() {
    checkBlob(this);
    return this[kType];
  }

  get size() {
    checkBlob(this);
    return this[kSize];
  }

  slice(start = 0, end = undefined, contentType = '') {
    checkBlob(this);
    const size = this[kSize];
    const from = position(start, size);
    const to = Math.max(end === undefined ? size : position(end, size), from);
    const parts = [];
    let offset = 0;
    for (const part of this[kParts]) {
      const low = Math.max(from - offset, 0);
      const high = Math.min(to - offset, part.length);
      if (low < high) parts.push(part.subarray(low, high));
      offset += part.length;
    }
    return fill(Object.create(Blob.prototype), parts, normalizedType(contentType));
  }

  async arrayBuffer() {
    checkBlob(this);
    return joined(this).buffer;
  }

  async text() {
    checkBlob(this);
    const text = Buffer.from(joined(this).buffer).toString();
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  async bytes() {
    checkBlob(this);
    return joined(this);
  }

  stream() {
    checkBlob(this);
    const { ReadableStream } = require('stream/web');
    const parts = this[kParts];
    let index = 0;
    let offset = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        while (index < parts.length && offset === parts[index].length) {
          index++;
          offset = 0;
        }
        if (index === parts.length) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const chunk = parts[index].slice(offset, offset + CHUNK);
        offset += chunk.length;
        controller.enqueue(chunk);
      },
    }, { highWaterMark: 0 });
  }

  textStream() {
    checkBlob(this);
    return this.stream().pipeThrough(new globalThis.TextDecoderStream());
  }
}

function shown(name, fields, options) {
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(fields, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

function fill(blob, parts, type) {
  hide(blob, kParts, parts);
  hide(blob, kSize, parts.reduce((sum, part) => sum + part.length, 0));
  hide(blob, kType, type);
  return blob;
}

function position(value, size) {
  value = Math.trunc(Number(value)) || 0;
  return value < 0 ? Math.max(value + size, 0) : Math.min(value, size);
}

function joined(blob) {
  const bytes = new Uint8Array(blob[kSize]);
  let offset = 0;
  for (const part of blob[kParts]) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

class File extends Blob {
  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = dictionary(options);
    hide(this, kName, `${fileName}`.toWellFormed());
    hide(this, kLastModified, lastModified === undefined ? Date.now() : Math.trunc(Number(lastModified)) || 0);
  }

  [kClone]() {
    const copy = fill(Object.create(File.prototype), this[kParts], this[kType]);
    hide(copy, kName, this[kName]);
    hide(copy, kLastModified, this[kLastModified]);
    return copy;
  }

  [kPack]() {
    const data = { parts: this[kParts], type: this[kType], name: this[kName], lastModified: this[kLastModified] };
    return { id: 'buffer', name: 'File', data };
  }

  static [kUnpack]({ parts, type, name, lastModified }) {
    const copy = fill(Object.create(File.prototype), parts, type);
    hide(copy, kName, name);
    hide(copy, kLastModified, lastModified);
    return copy;
  }

  get name() {
    checkFile(this);
    return this[kName];
  }

  get lastModified() {
    checkFile(this);
    return this[kLastModified];
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { size, type, name, lastModified } = this;
    return shown('File', { size, type, name, lastModified }, options);
  }
}

function checkFile(value) {
  if (value?.[kName] === undefined) throw new ERR_INVALID_THIS('File');
}

for (const [constructor, names] of [
  [Blob, ['type', 'size', 'slice', 'stream', 'textStream', 'text', 'arrayBuffer', 'bytes']],
  [File, ['name', 'lastModified']],
]) {
  for (const name of names) Object.defineProperty(constructor.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(constructor.prototype, Symbol.toStringTag,
                        { __proto__: null, configurable: true, value: constructor.name });
}

const objectUrls = new Map();

function createObjectURL(blob) {
  if (!isBlob(blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const id = require('crypto').randomUUID();
  objectUrls.set(id, blob);
  return `blob:nodedata:${id}`;
}

function idOf(url) {
  const match = /^blob:nodedata:([^:#?]+)$/i.exec(`${url}`);
  return match === null ? undefined : match[1];
}

function revokeObjectURL(url) {
  objectUrls.delete(idOf(url));
}

function resolveObjectURL(url) {
  const blob = objectUrls.get(idOf(url));
  return blob === undefined ? undefined : blob.slice(0, blob.size, blob.type);
}

module.exports = { Blob, File, createObjectURL, isBlob, resolveObjectURL, revokeObjectURL };
