'use strict';

// The standard streams of a worker: what one side writes, the other reads, over their own channel. A writer goes on when the reader
// has asked for more.

const { Readable, Writable } = require('stream');
const { stateSymbol } = require('internal/symbols');
const kinds = require('internal/worker/kinds');

const kIO = stateSymbol('worker_threads.stdio');

/** A readable whose content comes as OUTPUT messages of that name. */
class ChannelReadable extends Readable {
  constructor(port, name) {
    super();
    Object.defineProperty(this, kIO, { __proto__: null, value: { port, name, keepsAlive: true, reading: false } });
  }

  _read() {
    const io = this[kIO];
    if (!io.reading && io.keepsAlive) {
      io.reading = true;
      io.port.ref();
      const done = () => io.port.unref();
      this.once('end', done);
      this.once('close', done);
    }
    io.port.postMessage({ kind: kinds.WANT_OUTPUT, stream: io.name });
  }
}

/** A writable that sends what is written as OUTPUT messages. */
class ChannelWritable extends Writable {
  constructor(port, name) {
    super({ decodeStrings: false });
    Object.defineProperty(this, kIO, { __proto__: null, value: { port, name, waiting: [] } });
  }

  _writev(chunks, callback) {
    const { port, name, waiting } = this[kIO];
    port.postMessage({ kind: kinds.OUTPUT, stream: name, chunks: chunks.map(({ chunk, encoding }) => ({ chunk, encoding })) });
    if (process._exiting) {
      callback();
      return;
    }
    waiting.push(callback);
    if (waiting.length === 1) port.ref();
  }

  _final(callback) {
    this[kIO].port.postMessage({ kind: kinds.OUTPUT, stream: this[kIO].name, chunks: [{ chunk: null, encoding: '' }] });
    callback();
  }
}

/** The other side has read: writes are done. */
function wanted(stream) {
  const { port, waiting } = stream[kIO];
  if (waiting.length === 0) return;
  port.unref();
  for (const callback of waiting.splice(0)) callback();
}

function arrived(stream, chunks) {
  for (const { chunk, encoding } of chunks) {
    if (stream.readableEnded || stream[kIO].ended) continue;
    if (chunk === null) stream[kIO].ended = true;
    // Bytes arrive as plain ones.
    stream.push(typeof chunk === 'string' || chunk === null ? chunk : require('buffer').Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), encoding);
  }
}

module.exports = { ChannelReadable, ChannelWritable, arrived, kIO, wanted };
