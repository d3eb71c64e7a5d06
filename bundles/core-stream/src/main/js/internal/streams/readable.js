'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  AbortError,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_STREAM_PUSH_AFTER_EOF, ERR_STREAM_UNSHIFT_AFTER_END_EVENT,
  },
} = require('internal/errors');
const { Stream, prependListener } = require('internal/streams/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/streams/destroy');
const {
  CONSTRUCTED, DESTROYED, ENDED, ERRORED, ERROR_EMITTED, AUTO_DESTROY, CLOSE_EMITTED, OBJECT_MODE, SYNC,
} = require('internal/streams/state');
const {
  DATA_EMITTED, EMITTED_READABLE, END_EMITTED, FLOWING, HAS_FLOWING, HAS_PAUSED, MULTI_AWAIT_DRAIN, NEED_READABLE,
  PAUSED, READABLE_LISTENING, READING, READING_MORE, RESUME_SCHEDULED,
  ReadableState, addToFront, howMuchToRead, setDecoder, takeFromBuffer,
} = require('internal/streams/readable-state');

const { nextTick } = process;

// Any of these set: no further chunk is taken.
const DEAD = DESTROYED | ERRORED;
const MAX_HIGH_WATER_MARK = 0x40000000;

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  // One set of slots for every stream: the same shape, and no growth when the usual listeners come.
  this._events ??= {
    close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/streams/abort-signal').addAbortSignalUnchecked(options.signal, this);
  if (this._construct !== undefined && this._construct !== null) {
    construct(this, () => afterConstruct(this));
  }
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

Readable.ReadableState = ReadableState;
Readable._fromList = takeFromBuffer;

Readable.prototype.destroy = destroy;
Readable.prototype._undestroy = undestroy;
Readable.prototype._destroy = function(error, callback) {
  callback(error);
};

Readable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};

Readable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/finished');
  return new Promise((resolve, reject) => {
    finished(this, (result) => (result && result !== error ? reject(result) : resolve(null)));
  });
};

/** Goes on with a read that found the stream not yet constructed. */
function afterConstruct(stream) {
  const state = stream._readableState;
  if ((state.flags & NEED_READABLE) !== 0) maybeReadMore(stream, state);
}

// ---- In: push and unshift

Readable.prototype.push = function push(chunk, encoding) {
  const state = this._readableState;
  return (state.flags & OBJECT_MODE) !== 0 ?
    acceptObject(this, state, chunk, encoding, false) : acceptBytes(this, state, chunk, encoding, false);
};

Readable.prototype.unshift = function unshift(chunk, encoding) {
  const state = this._readableState;
  return (state.flags & OBJECT_MODE) !== 0 ?
    acceptObject(this, state, chunk, encoding, true) : acceptBytes(this, state, chunk, encoding, true);
};

function acceptEnd(stream, state) {
  state.flags &= ~READING;
  onEndOfData(stream, state);
  return false;
}

function acceptBytes(stream, state, chunk, encoding, toFront) {
  if (chunk === null) return acceptEnd(stream, state);
  let text = '';
  if (typeof chunk === 'string') {
    text = encoding || state.defaultEncoding;
    if (state.encoding !== text) {
      // A chunk put back has been decoded once, so it goes back as text.
      chunk = toFront && state.encoding ? Buffer.from(chunk, text).toString(state.encoding) : Buffer.from(chunk, text);
      text = toFront && state.encoding ? state.encoding : '';
    }
  } else if (chunk instanceof Buffer) {
    // The usual case.
  } else if (ArrayBuffer.isView(chunk)) {
    chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  } else if (chunk !== undefined) {
    errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
    return false;
  }
  if (!chunk || chunk.length <= 0) {
    state.flags &= ~READING;
    maybeReadMore(stream, state);
    return wantsMore(state);
  }
  if (toFront) return acceptAtFront(stream, state, chunk);
  if ((state.flags & (ENDED | DEAD)) !== 0) return refuse(stream, state);
  state.flags &= ~READING;
  if (state.decoder !== null && text === '') {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      maybeReadMore(stream, state);
      return wantsMore(state);
    }
  }
  addChunk(stream, state, chunk, false);
  return wantsMore(state);
}

function acceptObject(stream, state, chunk, encoding, toFront) {
  if (chunk === null) return acceptEnd(stream, state);
  if (toFront) return acceptAtFront(stream, state, chunk);
  if ((state.flags & (ENDED | DEAD)) !== 0) return refuse(stream, state);
  state.flags &= ~READING;
  if (state.decoder !== null && !encoding) chunk = state.decoder.write(chunk);
  addChunk(stream, state, chunk, false);
  return wantsMore(state);
}

function acceptAtFront(stream, state, chunk) {
  if ((state.flags & END_EMITTED) !== 0) {
    errorOrDestroy(stream, new ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    return false;
  }
  if ((state.flags & DEAD) !== 0) return false;
  addChunk(stream, state, chunk, true);
  return wantsMore(state);
}

function refuse(stream, state) {
  if ((state.flags & ENDED) !== 0) errorOrDestroy(stream, new ERR_STREAM_PUSH_AFTER_EOF());
  return false;
}

function wantsMore(state) {
  return (state.flags & ENDED) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

function addChunk(stream, state, chunk, toFront) {
  if ((state.flags & (FLOWING | SYNC)) === FLOWING && state.length === 0 && stream.listenerCount('data') > 0) {
    // Straight through. A destination that asked for a pause before this chunk is asked again by it.
    if (state.awaitDrainWriters !== null) forgetAwaited(state);
    state.flags |= DATA_EMITTED;
    stream.emit('data', chunk);
  } else {
    state.length += (state.flags & OBJECT_MODE) !== 0 ? 1 : chunk.length;
    if (toFront) addToFront(state, chunk);
    else state.buffer.push(chunk);
    if ((state.flags & NEED_READABLE) !== 0) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

function forgetAwaited(state) {
  if ((state.flags & MULTI_AWAIT_DRAIN) !== 0) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function onEndOfData(stream, state) {
  if ((state.flags & ENDED) !== 0) return;
  if (state.decoder !== null) {
    const rest = state.decoder.end();
    if (rest?.length) {
      state.buffer.push(rest);
      state.length += (state.flags & OBJECT_MODE) !== 0 ? 1 : rest.length;
    }
  }
  state.flags |= ENDED;
  if ((state.flags & SYNC) !== 0) {
    // Inside _read: 'readable' comes with the next tick, and 'end' when everything has been read.
    emitReadable(stream);
  } else {
    state.flags = (state.flags & ~NEED_READABLE) | EMITTED_READABLE;
    emitReadableNow(stream);
  }
}

// ---- Out: read

Readable.prototype.read = function(n) {
  const state = this._readableState;
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const asked = n;
  if (n > state.highWaterMark) state.highWaterMark = raisedHighWaterMark(n);
  if (n !== 0) state.flags &= ~EMITTED_READABLE;

  // read(0) only sets things going; with enough in the buffer that is already the case.
  if (n === 0 && (state.flags & NEED_READABLE) !== 0 &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) ||
       (state.flags & ENDED) !== 0)) {
    if (state.length === 0 && (state.flags & ENDED) !== 0) endReadable(this);
    else emitReadable(this);
    return null;
  }

  n = howMuchToRead(n, state);
  if (n === 0 && (state.flags & ENDED) !== 0) {
    if (state.length === 0) endReadable(this);
    return null;
  }

  // The source is asked before the buffer is touched, so that it may add to it at once.
  const wanted = (state.flags & NEED_READABLE) !== 0 || state.length === 0 || state.length - n < state.highWaterMark;
  if (wanted && (state.flags & (ENDED | READING | DEAD | CONSTRUCTED)) === CONSTRUCTED) {
    state.flags |= READING | SYNC;
    if (state.length === 0) state.flags |= NEED_READABLE;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.flags &= ~SYNC;
    if ((state.flags & READING) === 0) n = howMuchToRead(asked, state);
  }

  const chunk = n > 0 ? takeFromBuffer(n, state) : null;
  if (chunk === null) {
    if (state.length <= state.highWaterMark) state.flags |= NEED_READABLE;
    n = 0;
  } else {
    state.length -= n;
    if (state.awaitDrainWriters !== null) forgetAwaited(state);
  }
  if (state.length === 0) {
    if ((state.flags & ENDED) === 0) state.flags |= NEED_READABLE;
    else if (asked !== n) endReadable(this);
  }
  if (chunk !== null && (state.flags & (ERROR_EMITTED | CLOSE_EMITTED)) === 0) {
    state.flags |= DATA_EMITTED;
    this.emit('data', chunk);
  }
  return chunk;
};

/** The power of two from n on: many small raises would only repeat themselves. */
function raisedHighWaterMark(n) {
  if (n > MAX_HIGH_WATER_MARK) {
    const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');
    throw new ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  }
  return n <= 1 ? n : 1 << (32 - Math.clz32(n - 1));
}

Readable.prototype._read = function(n) { // eslint-disable-line no-unused-vars
  throw new ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

// ---- 'readable' and reading ahead

function emitReadable(stream) {
  const state = stream._readableState;
  state.flags &= ~NEED_READABLE;
  if ((state.flags & EMITTED_READABLE) === 0) {
    state.flags |= EMITTED_READABLE;
    nextTick(emitReadableNow, stream);
  }
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if ((state.flags & DEAD) === 0 && (state.length > 0 || (state.flags & ENDED) !== 0)) {
    stream.emit('readable');
    state.flags &= ~EMITTED_READABLE;
  }
  if ((state.flags & (FLOWING | ENDED)) === 0 && state.length <= state.highWaterMark) state.flags |= NEED_READABLE;
  else state.flags &= ~NEED_READABLE;
  flow(stream);
}

/** Fills the buffer up to the mark, from the next tick on. */
function maybeReadMore(stream, state) {
  if ((state.flags & (READING_MORE | CONSTRUCTED)) === CONSTRUCTED) {
    state.flags |= READING_MORE;
    nextTick(readMore, stream, state);
  }
}

function readMore(stream, state) {
  while ((state.flags & (READING | ENDED)) === 0 &&
         (state.length < state.highWaterMark || ((state.flags & FLOWING) !== 0 && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (state.length === before) break; // The source has nothing now.
  }
  state.flags &= ~READING_MORE;
}

// ---- Flowing

Readable.prototype.resume = function() {
  const state = this._readableState;
  if ((state.flags & FLOWING) === 0) {
    // With a 'readable' listener the data is its to read; resume() only lets it flow once that is gone.
    state.flags |= HAS_FLOWING;
    if ((state.flags & READABLE_LISTENING) === 0) state.flags |= FLOWING;
    if ((state.flags & RESUME_SCHEDULED) === 0) {
      state.flags |= RESUME_SCHEDULED;
      nextTick(resumeNow, this, state);
    }
  }
  state.flags = (state.flags & ~PAUSED) | HAS_PAUSED;
  return this;
};

function resumeNow(stream, state) {
  if ((state.flags & READING) === 0) stream.read(0);
  state.flags &= ~RESUME_SCHEDULED;
  stream.emit('resume');
  flow(stream);
  if ((state.flags & (FLOWING | READING)) === FLOWING) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if ((state.flags & (HAS_FLOWING | FLOWING)) !== HAS_FLOWING) {
    state.flags = (state.flags & ~FLOWING) | HAS_FLOWING;
    this.emit('pause');
  }
  state.flags |= HAS_PAUSED | PAUSED;
  return this;
};

Readable.prototype.isPaused = function() {
  const { flags } = this._readableState;
  return (flags & PAUSED) !== 0 || (flags & (HAS_FLOWING | FLOWING)) === HAS_FLOWING;
};

function flow(stream) {
  const state = stream._readableState;
  while ((state.flags & FLOWING) !== 0 && stream.read() !== null);
}

// ---- Listeners decide how the data is read

Readable.prototype.on = function(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  const state = this._readableState;
  if (event === 'data') {
    if (this.listenerCount('readable') > 0) state.flags |= READABLE_LISTENING;
    else state.flags &= ~READABLE_LISTENING;
    // Not after an explicit pause().
    if ((state.flags & (HAS_FLOWING | FLOWING)) !== HAS_FLOWING) this.resume();
  } else if (event === 'readable') {
    if ((state.flags & (END_EMITTED | READABLE_LISTENING)) === 0) {
      state.flags = (state.flags & ~FLOWING) | READABLE_LISTENING | NEED_READABLE | HAS_FLOWING;
      if (state.length > 0) emitReadable(this);
      else if ((state.flags & READING) === 0) nextTick(readNothing, this);
    }
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  // Later, as the listener may be replaced by another one right now.
  if (event === 'readable') nextTick(updateReadableListening, this);
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Reflect.apply(Stream.prototype.removeAllListeners, this, arguments);
  if (event === 'readable' || event === undefined) nextTick(updateReadableListening, this);
  return result;
};

function updateReadableListening(stream) {
  const state = stream._readableState;
  if (stream.listenerCount('readable') > 0) state.flags |= READABLE_LISTENING;
  else state.flags &= ~READABLE_LISTENING;

  if ((state.flags & (RESUME_SCHEDULED | HAS_PAUSED | PAUSED)) === (RESUME_SCHEDULED | HAS_PAUSED)) {
    state.flags |= HAS_FLOWING | FLOWING;
  } else if (stream.listenerCount('data') > 0) {
    stream.resume();
  } else if ((state.flags & READABLE_LISTENING) === 0) {
    state.flags &= ~(HAS_FLOWING | FLOWING);
  }
}

function readNothing(stream) {
  stream.read(0);
}

// ---- Pipes

Readable.prototype.pipe = function(destination, pipeOptions) {
  const source = this;
  const state = this._readableState;
  if (state.pipes.length === 1 && (state.flags & MULTI_AWAIT_DRAIN) === 0) {
    state.flags |= MULTI_AWAIT_DRAIN;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(destination);

  const endsDestination = (!pipeOptions || pipeOptions.end !== false) &&
    destination !== process.stdout && destination !== process.stderr;
  const onSourceEnd = endsDestination ? () => destination.end() : unpipe;
  if ((state.flags & END_EMITTED) !== 0) nextTick(onSourceEnd);
  else source.once('end', onSourceEnd);

  let onDrain;
  let isCleanedUp = false;

  function onUnpipe(readable, info) {
    if (readable === source && info && info.hasUnpiped === false) {
      info.hasUnpiped = true;
      cleanup();
    }
  }

  function cleanup() {
    destination.removeListener('close', onClose);
    destination.removeListener('finish', onFinish);
    if (onDrain) destination.removeListener('drain', onDrain);
    destination.removeListener('error', onError);
    destination.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onSourceEnd);
    source.removeListener('end', unpipe);
    source.removeListener('data', onData);
    isCleanedUp = true;
    // A 'drain' that the source waits for would never reach it now.
    if (onDrain && state.awaitDrainWriters && (!destination._writableState || destination._writableState.needDrain)) {
      onDrain();
    }
  }

  function pause() {
    // A write may have unpiped this destination, or added others.
    if (!isCleanedUp) {
      if (state.pipes.length === 1 && state.pipes[0] === destination) {
        state.awaitDrainWriters = destination;
        state.flags &= ~MULTI_AWAIT_DRAIN;
      } else if (state.pipes.length > 1 && state.pipes.includes(destination)) {
        state.awaitDrainWriters.add(destination);
      }
      source.pause();
    }
    if (!onDrain) {
      onDrain = () => onDestinationDrained(source, destination);
      destination.on('drain', onDrain);
    }
  }

  function onData(chunk) {
    try {
      if (destination.write(chunk) === false) pause();
    } catch (error) {
      destination.destroy(error);
    }
  }

  function onError(error) {
    unpipe();
    destination.removeListener('error', onError);
    if (destination.listenerCount('error') === 0) {
      const destinationState = destination._writableState || destination._readableState;
      if (destinationState && !destinationState.errorEmitted) errorOrDestroy(destination, error);
      else destination.emit('error', error);
    }
  }

  function onClose() {
    destination.removeListener('finish', onFinish);
    unpipe();
  }

  function onFinish() {
    destination.removeListener('close', onClose);
    unpipe();
  }

  function unpipe() {
    source.unpipe(destination);
  }

  destination.on('unpipe', onUnpipe);
  source.on('data', onData);
  prependListener(destination, 'error', onError);
  destination.once('close', onClose);
  destination.once('finish', onFinish);
  destination.emit('pipe', source);
  if (destination.writableNeedDrain === true) pause();
  else if ((state.flags & FLOWING) === 0) source.resume();
  return destination;
};

function onDestinationDrained(source, destination) {
  const state = source._readableState;
  if (state.awaitDrainWriters === destination) state.awaitDrainWriters = null;
  else if ((state.flags & MULTI_AWAIT_DRAIN) !== 0) state.awaitDrainWriters.delete(destination);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) {
    source.resume();
  }
}

Readable.prototype.unpipe = function(destination) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!destination) {
    const destinations = state.pipes;
    state.pipes = [];
    this.pause();
    for (const each of destinations) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const index = state.pipes.indexOf(destination);
  if (index === -1) return this;
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) this.pause();
  destination.emit('unpipe', this, { hasUnpiped: false });
  return this;
};

// ---- The end

function endReadable(stream) {
  const state = stream._readableState;
  if ((state.flags & END_EMITTED) === 0) {
    state.flags |= ENDED;
    nextTick(emitEnd, state, stream);
  }
}

function emitEnd(state, stream) {
  if ((state.flags & (ERRORED | CLOSE_EMITTED | END_EMITTED)) !== 0 || state.length > 0) return;
  state.flags |= END_EMITTED;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(endWritableHalf, stream);
  } else if ((state.flags & AUTO_DESTROY) !== 0) {
    const writable = stream._writableState;
    if (!writable || (writable.autoDestroy && (writable.finished || writable.writable === false))) stream.destroy();
  }
}

function endWritableHalf(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- The rest

Readable.prototype.setEncoding = function(encoding) {
  const state = this._readableState;
  setDecoder(state, encoding);
  // What is in the buffer becomes text as well.
  let content = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) content += state.decoder.write(state.buffer[i]);
  state.buffer = content === '' ? [] : [content];
  state.bufferIndex = 0;
  state.length = content.length;
  return this;
};

/** Takes over a legacy stream: one with 'data' and 'end' events and, with luck, pause() and resume(). */
Readable.prototype.wrap = function(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => this.push(null));
  stream.on('error', (error) => errorOrDestroy(this, error));
  stream.on('close', () => this.destroy());
  stream.on('destroy', () => this.destroy());
  this._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };
  for (const name of Object.keys(stream)) {
    if (this[name] === undefined && typeof stream[name] === 'function') this[name] = stream[name].bind(stream);
  }
  return this;
};

Readable.prototype[Symbol.asyncIterator] = function() {
  return require('internal/streams/iterator').iterate(this);
};

Readable.prototype.iterator = function(options) {
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return require('internal/streams/iterator').iterate(this, options);
};

Object.defineProperties(Readable.prototype, {
  readable: {
    __proto__: null,
    get() {
      const state = this._readableState;
      // A stream without a readable half sets this to false: `destroyed` and the like say nothing about it then.
      return !!state && state.readable !== false && !state.destroyed && !state.errorEmitted && !state.endEmitted;
    },
    set(value) { if (this._readableState) this._readableState.readable = !!value; },
  },
  readableDidRead: { __proto__: null, enumerable: false, get() { return this._readableState.dataEmitted; } },
  readableAborted: {
    __proto__: null,
    enumerable: false,
    get() {
      const state = this._readableState;
      return state.readable !== false && (state.destroyed || state.errored !== null) && !state.endEmitted;
    },
  },
  readableHighWaterMark: { __proto__: null, enumerable: false, get() { return this._readableState.highWaterMark; } },
  readableBuffer: { __proto__: null, enumerable: false, get() { return this._readableState?.buffer; } },
  readableFlowing: {
    __proto__: null,
    enumerable: false,
    get() { return this._readableState.flowing; },
    set(value) { if (this._readableState) this._readableState.flowing = value; },
  },
  readableLength: { __proto__: null, enumerable: false, get() { return this._readableState.length; } },
  readableObjectMode: {
    __proto__: null, enumerable: false, get() { return this._readableState ? this._readableState.objectMode : false; },
  },
  readableEncoding: {
    __proto__: null, enumerable: false, get() { return this._readableState ? this._readableState.encoding : null; },
  },
  errored: {
    __proto__: null, enumerable: false, get() { return this._readableState ? this._readableState.errored : null; },
  },
  closed: {
    __proto__: null, enumerable: false, get() { return this._readableState ? this._readableState.closed : false; },
  },
  destroyed: {
    __proto__: null,
    enumerable: false,
    get() { return this._readableState ? this._readableState.destroyed : false; },
    set(value) { if (this._readableState) this._readableState.destroyed = value; },
  },
  readableEnded: {
    __proto__: null, enumerable: false, get() { return this._readableState ? this._readableState.endEmitted : false; },
  },
});

Readable.from = function(iterable, options) {
  return require('internal/streams/from').from(Readable, iterable, options);
};

Readable.fromWeb = function(readableStream, options) {
  return require('internal/webstreams/adapters').newStreamReadableFromReadableStream(readableStream, options);
};

Readable.toWeb = function(streamReadable, options) {
  return require('internal/webstreams/adapters').newReadableStreamFromStreamReadable(streamReadable, options);
};

Readable.wrap = function(source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      require('internal/streams/destroy').destroyAny(source, error);
      callback(error);
    },
  }).wrap(source);
};

module.exports = { Readable, afterConstruct };
