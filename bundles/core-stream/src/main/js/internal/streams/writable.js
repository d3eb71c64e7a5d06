'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  AbortError,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_MULTIPLE_CALLBACK, ERR_STREAM_ALREADY_FINISHED,
    ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END,
    ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { Stream } = require('internal/streams/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');
const {
  AUTO_DESTROY, CLOSE_EMITTED, CONSTRUCTED, DESTROYED, ENDED, ERRORED, ERROR_EMITTED, OBJECT_MODE, SYNC,
} = require('internal/streams/state');
const {
  ALL_BUFFERS, ALL_NOOP, BUFFER_PROCESSING, DECODE_STRINGS, ENDING, FINAL_CALLED, FINISHED, NEED_DRAIN, PREFINISHED,
  WRITING,
  WritableState, lengthOf, resetBuffer,
} = require('internal/streams/writable-state');

const { nextTick } = process;

// From here on used entries at the front of the queue are dropped.
const COMPACT_AT = 256;

function noCallback() {}

function Writable(options) {
  // Not `instanceof Writable`: that holds for every Duplex, whose prototype is Readable's.
  if (!(this instanceof Writable)) return new Writable(options);
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
  };
  this._writableState = new WritableState(options, this, false, (error) => onwrite(this, error));
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/streams/abort-signal').addAbortSignalUnchecked(options.signal, this);
  if (this._construct !== undefined && this._construct !== null) construct(this, () => startWriting(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

Writable.WritableState = WritableState;

Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});

/** After construction: what was written or ended meanwhile. */
function startWriting(stream) {
  const state = stream._writableState;
  if ((state.flags & WRITING) === 0) writeBuffered(stream, state);
  if ((state.flags & ENDING) !== 0) finishMaybe(stream, state);
}

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new ERR_STREAM_CANNOT_PIPE());
};

// ---- write

/** @returns what write() is to return, or the error of a write that is refused */
function accept(stream, chunk, encoding, callback) {
  if (typeof callback !== 'function') callback = noCallback;
  const state = stream._writableState;

  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if ((state.flags & OBJECT_MODE) === 0) {
    if (!encoding) encoding = state.defaultEncoding;
    else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
    if (typeof chunk === 'string') {
      if ((state.flags & DECODE_STRINGS) !== 0) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }

  if ((state.flags & (ENDING | DESTROYED)) !== 0) {
    const error = (state.flags & ENDING) !== 0 ?
      new ERR_STREAM_WRITE_AFTER_END() : new ERR_STREAM_DESTROYED('write');
    nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

Writable.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return accept(this, chunk, encoding, callback) === true;
};

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = (state.flags & OBJECT_MODE) !== 0 ? 1 : chunk.length;
  state.length += length;

  if (state.corked > 0 || (state.flags & (WRITING | ERRORED | CONSTRUCTED)) !== CONSTRUCTED) {
    state.buffered.push({ chunk, encoding, callback });
    if (encoding !== 'buffer') state.flags &= ~ALL_BUFFERS;
    if (callback !== noCallback) state.flags &= ~ALL_NOOP;
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.flags |= WRITING | SYNC;
    stream._write(chunk, encoding, state.onwrite);
    state.flags &= ~SYNC;
  }

  // Asked after the write: what was taken at once needs no 'drain'.
  const hasRoom = state.length < state.highWaterMark || state.length === 0;
  if (!hasRoom) state.flags |= NEED_DRAIN;
  return hasRoom && (state.flags & (ERRORED | DESTROYED)) === 0;
}

/** Writes one chunk, or with `isVector` all that `chunk` holds. */
function startWrite(stream, state, isVector, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.flags |= WRITING | SYNC;
  if ((state.flags & DESTROYED) !== 0) state.onwrite(new ERR_STREAM_DESTROYED('write'));
  else if (isVector) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.flags &= ~SYNC;
}

function onwrite(stream, error) {
  const state = stream._writableState;
  const callback = state.writecb;
  if (callback === null) {
    errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
    return;
  }
  state.flags &= ~WRITING;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    error.stack; // eslint-disable-line no-unused-expressions
    if ((state.flags & ERRORED) === 0) state.errored = error;
    const readable = stream._readableState;
    if (readable && !readable.errored) readable.errored = error;
    if ((state.flags & SYNC) !== 0) nextTick(failWrite, stream, state, error, callback);
    else failWrite(stream, state, error, callback);
    return;
  }

  if (state.buffered.length > state.bufferedIndex) writeBuffered(stream, state);
  if ((state.flags & SYNC) === 0) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  if (callback === noCallback && (state.flags & (NEED_DRAIN | ENDING | DESTROYED)) === 0 &&
      state.afterWriteTickInfo === null) {
    // Nobody waits for anything: no tick needed.
    state.pendingcb--;
    return;
  }
  // Callbacks of synchronous writes come in the next tick; those that follow each other share one.
  const info = state.afterWriteTickInfo;
  if (info !== null && info.callback === callback) {
    info.count++;
  } else {
    state.afterWriteTickInfo = { count: 1, callback, stream, state };
    nextTick(afterWriteTick, state.afterWriteTickInfo);
  }
}

function afterWriteTick({ stream, state, count, callback }) {
  state.afterWriteTickInfo = null;
  afterWrite(stream, state, count, callback);
}

function afterWrite(stream, state, count, callback) {
  if ((state.flags & (NEED_DRAIN | ENDING | DESTROYED)) === NEED_DRAIN && state.length === 0) {
    state.flags &= ~NEED_DRAIN;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if ((state.flags & DESTROYED) !== 0) failBuffered(state);
  if ((state.flags & ENDING) !== 0) finishMaybe(stream, state);
}

function failWrite(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  // Writes that wait can never succeed now.
  failBuffered(state);
  errorOrDestroy(stream, error);
}

function failBuffered(state) {
  if ((state.flags & WRITING) !== 0) return;
  for (let i = state.bufferedIndex; i < state.buffered.length; i++) {
    const { chunk, callback } = state.buffered[i];
    state.length -= lengthOf(state, chunk);
    callback(state.errored ?? new ERR_STREAM_DESTROYED('write'));
  }
  callFinishCallbacks(state, state.errored ?? new ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

/** Writes what was buffered, as far as the sink takes it at once. */
function writeBuffered(stream, state) {
  if (state.corked > 0 || (state.flags & (DESTROYED | BUFFER_PROCESSING | CONSTRUCTED)) !== CONSTRUCTED) return;
  const { buffered } = state;
  const count = buffered.length - state.bufferedIndex;
  if (count === 0) return;
  state.flags |= BUFFER_PROCESSING;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const chunks = state.bufferedIndex === 0 ? buffered : buffered.slice(state.bufferedIndex);
    const callback = (state.flags & ALL_NOOP) !== 0 ? noCallback : (error) => {
      for (const write of chunks) write.callback(error);
    };
    chunks.allBuffers = (state.flags & ALL_BUFFERS) !== 0;
    startWrite(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    let i = state.bufferedIndex;
    do {
      const { chunk, encoding, callback } = buffered[i];
      buffered[i++] = null;
      startWrite(stream, state, false, lengthOf(state, chunk), chunk, encoding, callback);
    } while (i < buffered.length && (state.flags & WRITING) === 0);
    if (i === buffered.length) {
      resetBuffer(state);
    } else if (i > COMPACT_AT) {
      buffered.splice(0, i);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = i;
    }
  }
  state.flags &= ~BUFFER_PROCESSING;
}

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw new ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};

Writable.prototype._writev = null;

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked > 0) {
    state.corked--;
    if ((state.flags & WRITING) === 0) writeBuffered(this, state);
  }
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---- end

Writable.prototype.end = function(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }

  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = accept(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  // An end undoes every cork.
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }

  if (error) {
    // Refused: write() has reported it.
  } else if ((state.flags & (ERRORED | ENDING)) === 0) {
    // With an error pending there is nothing to end; the stream goes down with it.
    state.flags |= ENDING;
    finishMaybe(this, state, true);
    state.flags |= ENDED;
  } else if ((state.flags & FINISHED) !== 0) {
    error = new ERR_STREAM_ALREADY_FINISHED('end');
  } else if ((state.flags & DESTROYED) !== 0) {
    error = new ERR_STREAM_DESTROYED('end');
  }

  if (typeof callback === 'function') {
    if (error) nextTick(callback, error);
    else if ((state.flags & ERRORED) !== 0) nextTick(callback, state.errored);
    else if ((state.flags & FINISHED) !== 0) nextTick(callback, null);
    else (state.finishCallbacks ??= []).push(callback);
  }
  return this;
};

const CANNOT_FINISH = DESTROYED | ERRORED | FINISHED | WRITING | ERROR_EMITTED | CLOSE_EMITTED;

function canFinish(state) {
  return state.length === 0 && state.buffered.length === 0 &&
    (state.flags & (ENDING | CONSTRUCTED | CANNOT_FINISH)) === (ENDING | CONSTRUCTED);
}

function callFinishCallbacks(state, error) {
  const callbacks = state.finishCallbacks;
  if (callbacks === null) return;
  state.finishCallbacks = null;
  for (const callback of callbacks) callback(error);
}

function finishMaybe(stream, state, sync) {
  if (!canFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    nextTick(finishLater, stream, state);
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (canFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function prefinish(stream, state) {
  if ((state.flags & (PREFINISHED | FINAL_CALLED)) !== 0) return;
  if (typeof stream._final === 'function' && (state.flags & DESTROYED) === 0) {
    state.flags |= FINAL_CALLED;
    callFinal(stream, state);
  } else {
    state.flags |= PREFINISHED;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let done = false;

  function onFinal(error) {
    if (done) {
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    done = true;
    state.pendingcb--;
    if (error) {
      callFinishCallbacks(state, error);
      errorOrDestroy(stream, error, (state.flags & SYNC) !== 0);
    } else if (canFinish(state)) {
      state.flags |= PREFINISHED;
      stream.emit('prefinish');
      // In a tick of its own, so that what 'prefinish' began comes first.
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  }

  state.flags |= SYNC;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (thrown) {
    onFinal(thrown);
  }
  state.flags &= ~SYNC;
}

function finish(stream, state) {
  state.pendingcb--;
  state.flags |= FINISHED;
  callFinishCallbacks(state, null);
  stream.emit('finish');
  if ((state.flags & AUTO_DESTROY) !== 0) {
    const readable = stream._readableState;
    if (!readable || (readable.autoDestroy && (readable.endEmitted || readable.readable === false))) stream.destroy();
  }
}

// ---- destroy

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if ((state.flags & DESTROYED) === 0 && (state.bufferedIndex < state.buffered.length || state.finishCallbacks)) {
    nextTick(failBuffered, state);
  }
  destroy.call(this, error, callback);
  return this;
};
Writable.prototype._undestroy = undestroy;
Writable.prototype._destroy = function(error, callback) {
  callback(error);
};

Writable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};

Writable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/finished');
  return new Promise((resolve, reject) => {
    finished(this, (result) => (result && result.name !== 'AbortError' ? reject(result) : resolve(null)));
  });
};

function stateGetter(name, otherwise) {
  return {
    __proto__: null,
    enumerable: false,
    get() { return this._writableState ? this._writableState[name] : otherwise; },
  };
}

Object.defineProperties(Writable.prototype, {
  closed: stateGetter('closed', false),
  destroyed: {
    __proto__: null,
    enumerable: false,
    get() { return this._writableState ? this._writableState.destroyed : false; },
    set(value) { if (this._writableState) this._writableState.destroyed = value; },
  },
  writable: {
    __proto__: null,
    get() {
      const state = this._writableState;
      return !!state && state.writable !== false &&
        (state.flags & (DESTROYED | ERRORED | ENDING | ENDED)) === 0;
    },
    set(value) { if (this._writableState) this._writableState.writable = !!value; },
  },
  writableFinished: stateGetter('finished', false),
  writableObjectMode: stateGetter('objectMode', false),
  writableBuffer: {
    __proto__: null, enumerable: false, get() { return this._writableState?.getBuffer(); },
  },
  writableEnded: stateGetter('ending', false),
  writableNeedDrain: {
    __proto__: null,
    enumerable: false,
    get() {
      const state = this._writableState;
      return !!state && (state.flags & (DESTROYED | ENDING | NEED_DRAIN)) === NEED_DRAIN;
    },
  },
  writableHighWaterMark: stateGetter('highWaterMark', undefined),
  writableCorked: stateGetter('corked', 0),
  writableLength: stateGetter('length', undefined),
  errored: stateGetter('errored', null),
  writableAborted: {
    __proto__: null,
    enumerable: false,
    get() {
      const state = this._writableState;
      return state.writable !== false && (state.destroyed || state.errored !== null) && !state.finished;
    },
  },
});

Writable.fromWeb = function(writableStream, options) {
  return require('internal/webstreams/adapters').newStreamWritableFromWritableStream(writableStream, options);
};

Writable.toWeb = function(streamWritable) {
  return require('internal/webstreams/adapters').newWritableStreamFromStreamWritable(streamWritable);
};

module.exports = { Writable, onwrite, startWriting };
