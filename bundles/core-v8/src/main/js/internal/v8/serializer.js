'use strict';

// Serializer and DefaultSerializer: the writer of the runtime, whose delegate is made of the methods with an underscore.

const { stateSymbol, kTransfer } = require('internal/symbols');
const { ValueWriter } = require('internal/value_writer');
const { indexOfView } = require('internal/v8/views');

const kWriter = stateSymbol('v8.serializer');

function invalid(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function writerOf(serializer) {
  const writer = serializer?.[kWriter];
  if (writer === undefined) throw new TypeError('Illegal invocation');
  return writer;
}

class Serializer {
  constructor() {
    const delegate = {
      dataCloneError: (message) => this._getDataCloneError(message),
      isHostObject: (object) => typeof object[kTransfer] === 'function',
      writeHostObject: (object) => {
        if (typeof this._writeHostObject !== 'function') throw this._getDataCloneError('#<Object> could not be cloned.');
        this._writeHostObject(object);
      },
    };
    Object.defineProperty(delegate, 'sharedBufferId', {
      __proto__: null,
      get: () => (typeof this._getSharedArrayBufferId === 'function' ? (buffer) => this._getSharedArrayBufferId(buffer) >>> 0 : undefined),
    });
    Object.defineProperty(this, kWriter, { __proto__: null, value: new ValueWriter(delegate) });
  }

  writeHeader() {
    writerOf(this).header();
  }

  writeValue(value) {
    writerOf(this).value(value);
    return true;
  }

  releaseBuffer() {
    return writerOf(this).release();
  }

  transferArrayBuffer(id, arrayBuffer) {
    writerOf(this).transferred.set(arrayBuffer, id >>> 0);
  }

  writeUint32(value) {
    writerOf(this).varint(value >>> 0);
  }

  writeUint64(high, low) {
    writerOf(this).varint64((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
  }

  writeDouble(value) {
    writerOf(this).double(Number(value));
  }

  writeRawBytes(source) {
    if (!ArrayBuffer.isView(source)) throw invalid('source must be a TypedArray or a DataView');
    writerOf(this).bytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }

  _setTreatArrayBufferViewsAsHostObjects(value) {
    writerOf(this).viewsAreHostObjects = Boolean(value);
  }
}
Object.defineProperty(Serializer.prototype, '_getDataCloneError', {
  __proto__: null, value: Error, writable: true, enumerable: true, configurable: true,
});

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  /** Views of buffers: which kind, and their bytes. */
  _writeHostObject(view) {
    const index = ArrayBuffer.isView(view) ? indexOfView(view) : -1;
    if (index === -1) throw this._getDataCloneError(`Unserializable host object: ${require('util').inspect(view)}`);
    this.writeUint32(index);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(view);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

module.exports = { DefaultSerializer, Serializer, invalid, serialize };
