'use strict';

const { Buffer } = require('buffer');
const { OBJECT_MODE, chooseHighWaterMark, defineStateProperties, initialFlags } = require('internal/streams/state');

const FINAL_CALLED = 1 << 11;
const NEED_DRAIN = 1 << 12;
const ENDING = 1 << 13;
const FINISHED = 1 << 14;
const DECODE_STRINGS = 1 << 15;
const WRITING = 1 << 16;
const BUFFER_PROCESSING = 1 << 17;
const PREFINISHED = 1 << 18;
const ALL_BUFFERS = 1 << 19;
const ALL_NOOP = 1 << 20;

/** What a Writable knows about itself. `onwrite` is the callback of every write. */
function WritableState(options, stream, isDuplex, onwrite) {
  this.flags = initialFlags(options, isDuplex, 'writable') | DECODE_STRINGS | ALL_BUFFERS | ALL_NOOP;
  this.highWaterMark = chooseHighWaterMark(this.flags, options, 'writableHighWaterMark', isDuplex);
  this.length = 0;
  this.corked = 0;
  this.onwrite = onwrite;
  // The write under way: its callback and its length.
  this.writecb = null;
  this.writelen = 0;
  // Callbacks of writes that succeeded in the same tick wait here together.
  this.afterWriteTickInfo = null;
  // A queue: writes from `bufferedIndex` on are waiting.
  this.buffered = [];
  this.bufferedIndex = 0;
  // Writes and steps of ending whose callbacks are still to come; 'finish' waits for them.
  this.pendingcb = 0;
  this.finishCallbacks = null;
  this.defaultEncoding = 'utf8';
  if (options) {
    if (options.decodeStrings === false) this.flags &= ~DECODE_STRINGS;
    const { defaultEncoding } = options;
    if (defaultEncoding && defaultEncoding !== 'utf8' && defaultEncoding !== 'utf-8') {
      if (!Buffer.isEncoding(defaultEncoding)) {
        const { codes: { ERR_UNKNOWN_ENCODING } } = require('internal/errors');
        throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
      }
      this.defaultEncoding = defaultEncoding;
    }
  }
}

defineStateProperties(WritableState.prototype, {
  finalCalled: FINAL_CALLED,
  needDrain: NEED_DRAIN,
  ending: ENDING,
  finished: FINISHED,
  decodeStrings: DECODE_STRINGS,
  writing: WRITING,
  bufferProcessing: BUFFER_PROCESSING,
  prefinished: PREFINISHED,
  allBuffers: ALL_BUFFERS,
  allNoop: ALL_NOOP,
});

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};

Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return this.buffered.length - this.bufferedIndex; },
});

function resetBuffer(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
  state.flags |= ALL_BUFFERS | ALL_NOOP;
}

/** What a chunk adds to the length. */
function lengthOf(state, chunk) {
  return (state.flags & OBJECT_MODE) !== 0 ? 1 : chunk.length;
}

module.exports = {
  ALL_BUFFERS,
  ALL_NOOP,
  BUFFER_PROCESSING,
  DECODE_STRINGS,
  ENDING,
  FINAL_CALLED,
  FINISHED,
  NEED_DRAIN,
  PREFINISHED,
  WRITING,
  WritableState,
  lengthOf,
  resetBuffer,
};
