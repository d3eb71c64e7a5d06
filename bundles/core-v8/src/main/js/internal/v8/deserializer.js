'use strict';

// Deserializer and DefaultDeserializer: the reader of the runtime, whose delegate is made of the methods with an underscore.

const { Buffer } = require('buffer');
const { stateSymbol } = require('internal/symbols');
const { ValueReader } = require('internal/value_reader');
const { BUFFER, viewTypes } = require('internal/v8/views');
const { invalid } = require('internal/v8/serializer');

const kReader = stateSymbol('v8.deserializer');

function readerOf(deserializer) {
  const reader = deserializer?.[kReader];
  if (reader === undefined) throw new TypeError('Illegal invocation');
  return reader;
}

/** Reads; what is missing is an error that names the method. */
function attempt(name, read) {
  try {
    return read();
  } catch {
    throw new Error(`${name}() failed`);
  }
}

class Deserializer {
  constructor(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw invalid('buffer must be a TypedArray or a DataView');
    const delegate = {
      readHostObject: () => {
        if (typeof this._readHostObject !== 'function') throw new Error('Unable to deserialize cloned data.');
        const object = this._readHostObject();
        if (typeof object !== 'object' || object === null) throw invalid('readHostObject must return an object');
        return object;
      },
      sharedBuffer: (id) => this[kReader].transferred.get(id),
    };
    const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.buffer = buffer;
    Object.defineProperty(this, kReader, { __proto__: null, value: new ValueReader(bytes, delegate) });
  }

  readHeader() {
    return readerOf(this).header();
  }

  readValue() {
    return readerOf(this).value();
  }

  getWireFormatVersion() {
    return readerOf(this).version;
  }

  transferArrayBuffer(id, arrayBuffer) {
    readerOf(this).transferred.set(id >>> 0, arrayBuffer);
  }

  readUint32() {
    const reader = readerOf(this);
    return attempt('ReadUint32', () => reader.varint() >>> 0);
  }

  readUint64() {
    const reader = readerOf(this);
    const value = attempt('ReadUint64', () => reader.varint64());
    return [Number(value >> 32n), Number(value & 0xffffffffn)];
  }

  readDouble() {
    const reader = readerOf(this);
    return attempt('ReadDouble', () => reader.double());
  }

  /** Where in the buffer the bytes begin. */
  _readRawBytes(length) {
    const reader = readerOf(this);
    attempt('ReadRawBytes', () => reader.take(Number(length)));
    return reader.at - Number(length);
  }

  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  }
}

class DefaultDeserializer extends Deserializer {
  /** A view of the input's own bytes where they are aligned. */
  _readHostObject() {
    const index = this.readUint32();
    const View = viewTypes[index];
    const byteLength = this.readUint32();
    const start = this.buffer.byteOffset + this._readRawBytes(byteLength);
    if (index === BUFFER) return Buffer.from(this.buffer.buffer, start, byteLength);
    const size = View.BYTES_PER_ELEMENT ?? 1;
    if (start % size === 0) return new View(this.buffer.buffer, start, byteLength / size);
    return new View(this.buffer.buffer.slice(start, start + byteLength), 0, byteLength / size);
  }
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = { DefaultDeserializer, Deserializer, deserialize };
