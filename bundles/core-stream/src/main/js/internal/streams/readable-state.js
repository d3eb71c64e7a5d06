'use strict';

const { Buffer } = require('buffer');
const {
  ENDED, OBJECT_MODE, chooseHighWaterMark, defineStateProperties, initialFlags,
} = require('internal/streams/state');

const END_EMITTED = 1 << 11;
const READING = 1 << 12;
const NEED_READABLE = 1 << 13;
const EMITTED_READABLE = 1 << 14;
const READABLE_LISTENING = 1 << 15;
const RESUME_SCHEDULED = 1 << 16;
const MULTI_AWAIT_DRAIN = 1 << 17;
const READING_MORE = 1 << 18;
const DATA_EMITTED = 1 << 19;
// `flowing` is null until somebody says how the data is to be read.
const HAS_FLOWING = 1 << 20;
const FLOWING = 1 << 21;
// `paused` likewise, and it is about an explicit pause() or resume() alone.
const HAS_PAUSED = 1 << 22;
const PAUSED = 1 << 23;

// Below this, used slots at the front of the buffer are not worth moving the rest for.
const COMPACT_AT = 1024;

/** What a Readable knows about itself. */
function ReadableState(options, stream, isDuplex) {
  this.flags = initialFlags(options, isDuplex, 'readable');
  this.highWaterMark = chooseHighWaterMark(this.flags, options, 'readableHighWaterMark', isDuplex);
  // A queue: chunks from `bufferIndex` on are waiting.
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  this.awaitDrainWriters = null;
  this.decoder = null;
  this.encoding = null;
  this.defaultEncoding = 'utf8';
  if (options) {
    const { defaultEncoding, encoding } = options;
    if (defaultEncoding && defaultEncoding !== 'utf8' && defaultEncoding !== 'utf-8') {
      if (!Buffer.isEncoding(defaultEncoding)) {
        const { codes: { ERR_UNKNOWN_ENCODING } } = require('internal/errors');
        throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
      }
      this.defaultEncoding = defaultEncoding;
    }
    if (encoding) setDecoder(this, encoding);
  }
}

function setDecoder(state, encoding) {
  const { StringDecoder } = require('string_decoder');
  state.decoder = new StringDecoder(encoding);
  state.encoding = state.decoder.encoding;
}

defineStateProperties(ReadableState.prototype, {
  endEmitted: END_EMITTED,
  reading: READING,
  needReadable: NEED_READABLE,
  emittedReadable: EMITTED_READABLE,
  readableListening: READABLE_LISTENING,
  resumeScheduled: RESUME_SCHEDULED,
  multiAwaitDrain: MULTI_AWAIT_DRAIN,
  readingMore: READING_MORE,
  dataEmitted: DATA_EMITTED,
});

function threeValued(has, is) {
  return {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return (this.flags & has) === 0 ? null : (this.flags & is) !== 0; },
    set(value) {
      this.flags &= ~(has | is);
      if (value !== null && value !== undefined) this.flags |= value ? has | is : has;
    },
  };
}

Object.defineProperty(ReadableState.prototype, 'flowing', threeValued(HAS_FLOWING, FLOWING));
Object.defineProperty(ReadableState.prototype, 'paused', {
  ...threeValued(HAS_PAUSED, PAUSED),
  get() { return (this.flags & PAUSED) !== 0; },
});
Object.defineProperty(ReadableState.prototype, 'pipesCount', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return this.pipes.length; },
});

/** How much of the buffer a read(n) takes now; NaN asks for the first chunk, or for all of a text nobody waits for. */
function howMuchToRead(n, state) {
  if (n <= 0 || (state.length === 0 && (state.flags & ENDED) !== 0)) return 0;
  if ((state.flags & OBJECT_MODE) !== 0) return 1;
  if (Number.isNaN(n)) {
    if (state.length === 0) return 0;
    const takesOne = state.decoder === null || (state.flags & FLOWING) !== 0;
    return takesOne ? state.buffer[state.bufferIndex].length : state.length;
  }
  if (n <= state.length) return n;
  return (state.flags & ENDED) !== 0 ? state.length : 0;
}

/** Takes `n` of the buffer: an object, one whole chunk, or bytes (characters, with an encoding) put together. */
function takeFromBuffer(n, state) {
  if (state.length === 0) return null;
  const { buffer } = state;
  let index = state.bufferIndex;
  let result;
  const first = buffer[index];
  if ((state.flags & OBJECT_MODE) !== 0 || n === first.length) {
    result = first;
    buffer[index++] = null;
  } else if (!n || n >= state.length) {
    const rest = index === 0 ? buffer : buffer.slice(index);
    if (state.decoder) result = rest.join('');
    else result = rest.length === 1 ? rest[0] : Buffer.concat(rest, state.length);
    index = buffer.length;
  } else if (n < first.length) {
    // Within the first chunk.
    result = first.slice(0, n);
    buffer[index] = first.slice(n);
  } else {
    let missing = n;
    const parts = [];
    while (missing > 0) {
      const chunk = buffer[index];
      if (chunk.length <= missing) {
        parts.push(chunk);
        missing -= chunk.length;
        buffer[index++] = null;
      } else {
        parts.push(chunk.slice(0, missing));
        buffer[index] = chunk.slice(missing);
        missing = 0;
      }
    }
    result = state.decoder ? parts.join('') : Buffer.concat(parts, n);
  }
  if (index === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (index > COMPACT_AT) {
    buffer.splice(0, index);
    state.bufferIndex = 0;
  } else {
    state.bufferIndex = index;
  }
  return result;
}

function addToFront(state, chunk) {
  if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
  else state.buffer.unshift(chunk);
}

module.exports = {
  DATA_EMITTED,
  EMITTED_READABLE,
  END_EMITTED,
  FLOWING,
  HAS_FLOWING,
  HAS_PAUSED,
  MULTI_AWAIT_DRAIN,
  NEED_READABLE,
  PAUSED,
  READABLE_LISTENING,
  READING,
  READING_MORE,
  RESUME_SCHEDULED,
  ReadableState,
  addToFront,
  howMuchToRead,
  setDecoder,
  takeFromBuffer,
};
