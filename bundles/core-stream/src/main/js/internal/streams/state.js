'use strict';

// What the two halves of a stream have in common: their flags and their high water mark.
//
// The yes-or-no part of a state lives in one integer, `flags`, because a server makes two states for each request;
// `_readableState.ended` and its like are accessors over it. The flags below have the same bit in both halves.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateInteger } = require('internal/validators');

const OBJECT_MODE = 1 << 0;
const CONSTRUCTED = 1 << 1;
const SYNC = 1 << 2;
const ENDED = 1 << 3;
const DESTROYED = 1 << 4;
const CLOSED = 1 << 5;
const CLOSE_EMITTED = 1 << 6;
const ERROR_EMITTED = 1 << 7;
const EMIT_CLOSE = 1 << 8;
const AUTO_DESTROY = 1 << 9;
const ERRORED = 1 << 10;

const commonFlags = {
  objectMode: OBJECT_MODE,
  constructed: CONSTRUCTED,
  sync: SYNC,
  ended: ENDED,
  destroyed: DESTROYED,
  closed: CLOSED,
  closeEmitted: CLOSE_EMITTED,
  errorEmitted: ERROR_EMITTED,
  emitClose: EMIT_CLOSE,
  autoDestroy: AUTO_DESTROY,
};

const kErrored = stateSymbol('stream.errored');

function defineFlags(prototype, flags) {
  for (const [name, bit] of Object.entries(flags)) {
    Object.defineProperty(prototype, name, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() { return (this.flags & bit) !== 0; },
      set(value) {
        if (value) this.flags |= bit;
        else this.flags &= ~bit;
      },
    });
  }
}

/** Gives a state's prototype the flags of both halves, those of its own, and `errored`. */
function defineStateProperties(prototype, ownFlags) {
  defineFlags(prototype, commonFlags);
  defineFlags(prototype, ownFlags);
  Object.defineProperty(prototype, 'errored', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return (this.flags & ERRORED) !== 0 ? this[kErrored] : null; },
    set(error) {
      if (error) {
        this[kErrored] = error;
        this.flags |= ERRORED;
      } else {
        this.flags &= ~ERRORED;
      }
    },
  });
}

/** The flags with which a state begins; `half` is 'readable' or 'writable'. */
function initialFlags(options, isDuplex, half) {
  let flags = CONSTRUCTED | SYNC | EMIT_CLOSE | AUTO_DESTROY;
  if (options) {
    const ownMode = half === 'readable' ? 'readableObjectMode' : 'writableObjectMode';
    if (options.objectMode || (isDuplex && options[ownMode])) flags |= OBJECT_MODE;
    if (options.emitClose === false) flags &= ~EMIT_CLOSE;
    if (options.autoDestroy === false) flags &= ~AUTO_DESTROY;
  }
  return flags;
}

let defaultBytes = 64 * 1024;
let defaultObjects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjects : defaultBytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  validateInteger(value, 'value', 0);
  if (objectMode) defaultObjects = value;
  else defaultBytes = value;
}

/** The mark that `options` asks for; a duplex stream may have one for each half, under `duplexKey`. */
function chooseHighWaterMark(flags, options, duplexKey, isDuplex) {
  const wanted = options ? options.highWaterMark ?? (isDuplex ? options[duplexKey] : undefined) : undefined;
  if (wanted === undefined || wanted === null) {
    return (flags & OBJECT_MODE) !== 0 ? defaultObjects : defaultBytes;
  }
  if (!Number.isInteger(wanted) || wanted < 0) {
    throw new ERR_INVALID_ARG_VALUE(isDuplex ? `options.${duplexKey}` : 'options.highWaterMark', wanted);
  }
  return Math.floor(wanted);
}

module.exports = {
  OBJECT_MODE,
  CONSTRUCTED,
  SYNC,
  ENDED,
  DESTROYED,
  CLOSED,
  CLOSE_EMITTED,
  ERROR_EMITTED,
  EMIT_CLOSE,
  AUTO_DESTROY,
  ERRORED,
  chooseHighWaterMark,
  defineStateProperties,
  getDefaultHighWaterMark,
  initialFlags,
  setDefaultHighWaterMark,
};
