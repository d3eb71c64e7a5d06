'use strict';

// process.stdin, stdout and stderr, made when they are first touched. Writes are synchronous whatever the descriptor is, as
// Node.js documents it for Linux (all but sockets).

const { sharedState, stateSymbol } = require('internal/symbols');

const kHandle = stateSymbol('process.stdio.handle');

function writeError(errno) {
  return new (require('internal/errors').ErrnoException)(errno, 'write');
}

// Node's stdout and stderr cannot be closed: destroy() acts, the descriptor stays.
function dummyDestroy(error, callback) {
  callback(error);
  this._undestroy?.();
  if (!this._writableState.emitClose) process.nextTick(() => this.emit('close'));
}

function write(stream, chunk, encoding, callback) {
  if (typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8') {
    chunk = require('buffer').Buffer.from(chunk, encoding);
  }
  const errno = binding.write(stream.fd, chunk);
  if (errno < 0) callback(writeError(errno));
  else callback();
}

// The streams live as long as the realm; they write by the current revision.
const state = sharedState('process.stdio', () => ({ streams: { __proto__: null }, Writer: undefined, write }));

function createStdioWriter() {
  const { Writable } = require('stream');

  function SyncWriter(fd, type) {
    Writable.call(this, { autoDestroy: true, decodeStrings: false });
    this.fd = fd;
    this._type = type;
  }
  Object.setPrototypeOf(SyncWriter.prototype, Writable.prototype);
  Object.setPrototypeOf(SyncWriter, Writable);
  Object.defineProperty(SyncWriter.prototype, 'constructor', { __proto__: null, value: SyncWriter, writable: true, configurable: true });

  SyncWriter.prototype._write = function(chunk, encoding, callback) {
    state.write(this, chunk, encoding, callback);
  };

  return SyncWriter;
}

function createWritable(fd) {
  const kind = binding.kind(fd);
  let stream;
  if (kind === 'TTY') {
    const tty = require('tty');
    stream = new tty.WriteStream(fd);
    stream._type = 'tty';
  } else {
    state.Writer ??= createStdioWriter();
    stream = new state.Writer(fd, kind === 'FILE' ? 'fs' : 'pipe');
    if (kind !== 'FILE') {
      // As a socket of the net module would: there is nothing to keep alive.
      stream.ref = stream.unref = function() { return this; };
    }
  }
  stream.destroySoon = stream.destroy;
  stream._destroy = dummyDestroy;
  stream._isStdio = true;
  require('internal/console_output').openStdio[fd] = stream; // from here on console writes through it
  return stream;
}

function createPipeReader(fd) {
  const { Readable } = require('stream');
  const stdin = new Readable({
    highWaterMark: 65536,
    autoDestroy: true,
    read() { this[kHandle].read(); },
    destroy(error, callback) {
      this[kHandle].close();
      callback(error);
    },
  });
  stdin[kHandle] = binding.openReader((data) => {
    if (typeof data === 'number') {
      stdin.destroy(new (require('internal/errors').ErrnoException)(data, 'read'));
    } else {
      stdin.push(data ?? null);
    }
  });
  Object.defineProperty(stdin, kHandle, { __proto__: null, enumerable: false });
  stdin.ref = function() {
    this[kHandle].ref();
    return this;
  };
  stdin.unref = function() {
    this[kHandle].unref();
    return this;
  };
  // A paused standard input keeps nothing alive.
  stdin.on('pause', () => stdin[kHandle].idle(true));
  stdin.on('resume', () => stdin[kHandle].idle(false));
  stdin._type = 'pipe';
  return stdin;
}

function createStdin() {
  const fd = 0;
  let stdin;
  switch (binding.kind(fd)) {
    case 'TTY':
      stdin = new (require('tty').ReadStream)(fd);
      break;
    case 'FILE':
      stdin = new (require('fs').ReadStream)(null, { fd, autoClose: false });
      break;
    case 'PIPE':
      stdin = createPipeReader(fd);
      break;
    default: {
      const { Readable } = require('stream');
      stdin = new Readable({ read() {} });
      stdin.push(null);
    }
  }
  stdin.fd = fd;
  return stdin;
}

function connect() {
  state.write = write;
}

const { streams } = state;

module.exports = {
  connect,
  get stdin() { return streams.stdin ??= createStdin(); },
  get stdout() { return streams.stdout ??= createWritable(1); },
  get stderr() { return streams.stderr ??= createWritable(2); },
  isTTY: (fd) => binding.kind(fd) === 'TTY',
};
