'use strict';

// Any duplex stream as what a TLS engine can lie on: a handle whose Java side calls back into JavaScript to write.

const net = require('net');
const { codes: { ERR_STREAM_WRAP } } = require('internal/errors');
const { nextTick } = require('internal/runtime');

function BelowHandle(stream) {
  this.stream = stream;
  this.socket = null;
  this.id = binding.openScript(this, sendDown);
}

function sendDown(chunk) {
  const { stream } = this;
  if (!stream.destroyed && !stream.writableEnded) stream.write(chunk);
}

const methods = {
  // The engine takes what comes, so that reading goes on by itself
  readStart() {
    return 0;
  },

  readStop() {
    return 0;
  },

  shutdown(done) {
    const { stream } = this;
    if (stream.destroyed) return 1;
    stream.end(() => done(0));
    return 0;
  },

  close(done) {
    if (this.id > 0) {
      binding.closeScript(this.id);
      this.id = 0;
    }
    this.stream.destroy();
    nextTick(done ?? (() => {}));
  },

  reset(done) {
    this.close(done);
    return 0;
  },

  ref() {
    this.stream.ref?.();
  },

  unref() {
    this.stream.unref?.();
  },

  hasRef() {
    return true;
  },

  getpeername() {
    return -107;
  },
};
Object.assign(BelowHandle.prototype, methods);
for (const name of ['bytesRead', 'bytesWritten', 'writeQueueSize', 'lastActivity']) BelowHandle.prototype[name] = 0;

function StreamBelow(stream) {
  const handle = new BelowHandle(stream);
  net.Socket.call(this, { handle, manualStart: true, allowHalfOpen: stream.allowHalfOpen });
  handle.socket = this;
  this.stream = stream;
  this._host = stream._host ?? null;
  stream.on('data', (chunk) => {
    if (typeof chunk === 'string' || stream._readableState?.objectMode) {
      this.destroy(new ERR_STREAM_WRAP());
      return;
    }
    if (handle.id > 0) binding.scriptData(handle.id, chunk);
  });
  stream.once('end', () => {
    if (handle.id > 0) binding.scriptEnd(handle.id);
  });
  stream.on('error', (error) => this.emit('error', error));
  stream.once('close', () => {
    if (handle.id > 0) binding.scriptEnd(handle.id);
    this.destroy();
  });
}
Object.setPrototypeOf(StreamBelow.prototype, net.Socket.prototype);
Object.setPrototypeOf(StreamBelow, net.Socket);

module.exports = { StreamBelow };
