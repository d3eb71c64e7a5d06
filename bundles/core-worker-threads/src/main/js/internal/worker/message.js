'use strict';

// A message between threads: the value in V8's format, and beside it what moves or is shared instead of being written. Objects that
// know how to travel have a method under kPack: it gives { id, name, data, moved }, and what `require(id)[name]` has under kUnpack makes
// the object again.

const { codes } = require('internal/errors');
const { kClone, kPack, kTransfer, kUncloneable, kUnpack, stateSymbol } = require('internal/symbols');
const { dataCloneError } = require('internal/structured_clone');
const { types, requireBuiltin } = require('internal/runtime');
const { ValueWriter } = require('internal/value_writer');
const { ValueReader } = require('internal/value_reader');

const kUntransferable = stateSymbol('worker_threads.untransferable');
const kPort = stateSymbol('worker_threads.port');

const PORT = 0;
const PACKED = 1;
const COMMON = 2; // code or memory of WebAssembly

function mark(object, symbol) {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) return;
  Object.defineProperty(object, symbol, { __proto__: null, value: true, enumerable: false, configurable: false });
}

function isUntransferable(object) {
  return object !== null && object !== undefined && Object.hasOwn(object, kUntransferable);
}

function notIterable(what) {
  const error = new TypeError(`Optional ${what} argument must be an iterable`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

/** The items of an iterable; null for what is none. */
function itemsOf(value) {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') return null;
  const iterator = value[Symbol.iterator]();
  if (typeof iterator?.next !== 'function') return null;
  const items = [];
  for (let step = iterator.next(); !step.done; step = iterator.next()) items.push(step.value);
  return items;
}

/** The second argument of postMessage: a list, or options with one. */
function transferListOf(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object') throw notIterable('transferList');
  const items = itemsOf(options);
  if (items !== null) return items;
  const { transfer } = options;
  if (transfer === undefined) {
    if (options[Symbol.iterator] !== undefined) throw notIterable('transferList');
    return [];
  }
  const named = itemsOf(transfer);
  if (named === null) throw notIterable('options.transfer');
  return named;
}

function isWebAssembly(value) {
  const tag = Object.prototype.toString.call(value);
  return (tag === '[object WebAssembly.Module]' && value instanceof globalThis.WebAssembly.Module) ||
    (tag === '[object WebAssembly.Memory]' && value instanceof globalThis.WebAssembly.Memory && types.isSharedArrayBuffer(value.buffer));
}

// What the writer asks about one message.
class Sender {
  constructor(transferList, source) {
    this.attachments = [];
    this.ports = [];
    this.packed = new Map();
    this.moved = []; // What is to be done for them once the message is written.
    this.writer = new ValueWriter(this);
    this.buffers = [];
    for (const item of transferList) {
      if (isUntransferable(item)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
      if (types.isArrayBuffer(item)) this.transferBuffer(item);
      else if (item?.[kPort] !== undefined) this.transferPort(item, source);
      else if (typeof item?.[kTransfer] === 'function') this.transferObject(item);
      else throw new codes.ERR_INVALID_TRANSFER_OBJECT();
    }
  }

  transferBuffer(buffer) {
    if (this.writer.transferred.has(buffer)) throw dataCloneError('Transfer list contains duplicate ArrayBuffer');
    if (buffer.detached) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
    this.writer.transferred.set(buffer, this.attachments.length);
    this.attachments.push(buffer);
    this.buffers.push(buffer);
  }

  transferPort(port, source) {
    if (port === source) throw dataCloneError('Transfer list contains source port');
    if (this.ports.includes(port)) throw dataCloneError('Transfer list contains duplicate MessagePort');
    if (port[kPort].closed) throw dataCloneError('MessagePort in transfer list is already detached');
    port[kPort].index = this.attachments.length;
    this.ports.push(port);
    this.attachments.push(port[kPort].native);
  }

  transferObject(object) {
    if (typeof object[kPack] !== 'function') throw dataCloneError('Cannot clone object of unsupported type.');
    if (this.packed.has(object)) throw dataCloneError(`Transfer list contains duplicate ${object.constructor.name}`);
    this.packed.set(object, undefined);
  }

  dataCloneError(message) {
    return dataCloneError(message);
  }

  isHostObject(value) {
    return value[kPort] !== undefined || value[kUncloneable] === true || typeof value[kClone] === 'function' ||
      typeof value[kPack] === 'function' || typeof value[kTransfer] === 'function' || (!types.isOrdinary(value) && isWebAssembly(value));
  }

  sharedBufferId(buffer) {
    this.attachments.push(buffer);
    return this.attachments.length - 1;
  }

  writeHostObject(value) {
    const { writer } = this;
    if (value[kUncloneable] === true) throw dataCloneError('Cannot clone object of unsupported type.');
    if (value[kPort] !== undefined) {
      if (!this.ports.includes(value)) throw needsTransfer();
      writer.varint(PORT);
      writer.varint(value[kPort].index);
    } else if (typeof value[kPack] === 'function') {
      if (typeof value[kClone] !== 'function' && !this.packed.has(value)) throw needsTransfer();
      writer.varint(PACKED);
      const { id, name, data, moved } = value[kPack]();
      if (moved !== undefined) this.moved.push(moved);
      writer.string(id);
      writer.string(name);
      writer.value(data);
    } else if (isWebAssembly(value)) {
      writer.varint(COMMON);
      writer.varint(this.sharedBufferId(value));
    } else if (typeof value[kTransfer] === 'function' && !this.packed.has(value)) {
      throw needsTransfer();
    } else {
      throw dataCloneError('Cannot clone object of unsupported type.');
    }
  }
}

function needsTransfer() {
  return dataCloneError('Object that needs transfer was found in message but not listed in transferList');
}

/**
 * Writes a message: `bytes`, and the `attachments` that move when it is posted. Nothing has moved until then, and nothing moves if this
 * throws. `ports` are those among them.
 */
function writeMessage(value, transferOrOptions, source) {
  const sender = new Sender(transferListOf(transferOrOptions), source);
  const { writer } = sender;
  writer.header();
  // The bytes alone of a buffer move: what it may grow to is written.
  const resizable = sender.buffers.filter((buffer) => buffer.resizable);
  writer.varint(resizable.length);
  for (const buffer of resizable) {
    writer.varint(writer.transferred.get(buffer));
    writer.varint(buffer.maxByteLength);
  }
  writer.value(value);
  for (const moved of sender.moved) moved();
  return { bytes: writer.release(), attachments: sender.attachments, ports: sender.ports };
}

function resizableAgain(buffer, maxByteLength) {
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

/** Reads `[bytes, attachments]`; `adopt(native)` makes a port of this realm. */
function readMessage([bytes, attachments], adopt) {
  const ports = [];
  const reader = new ValueReader(bytes, {
    sharedBuffer: (id) => attachments[id],
    readHostObject() {
      const kind = reader.varint();
      if (kind === PORT) return attachments[reader.varint()];
      if (kind === COMMON) return attachments[reader.varint()];
      const id = reader.text();
      const name = reader.text();
      return requireBuiltin(id)[name][kUnpack](reader.value());
    },
  });
  reader.header();
  for (let left = reader.varint(); left > 0; left--) {
    const index = reader.varint();
    attachments[index] = resizableAgain(attachments[index], reader.varint());
  }
  attachments.forEach((attachment, index) => {
    if (typeof attachment.take === 'function') ports.push(attachments[index] = adopt(attachment));
    else if (types.isArrayBuffer(attachment)) reader.transferred.set(index, attachment);
  });
  return { message: reader.value(), ports };
}

module.exports = { isUntransferable, kPort, kUntransferable, mark, readMessage, writeMessage };
