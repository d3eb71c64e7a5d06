'use strict';

// How a stream begins (`_construct`) and how it ends (`destroy`, `_destroy`, 'error', 'close').

const { AbortError, aggregateTwoErrors, codes: { ERR_MULTIPLE_CALLBACK } } = require('internal/errors');
const { isDestroyed, isFinished, isRequest, isServerRequest, kIsDestroyed } = require('internal/streams/queries');
const { CLOSED, CLOSE_EMITTED, CONSTRUCTED, DESTROYED, ERRORED } = require('internal/streams/state');
const { stateSymbol } = require('internal/symbols');

// While `_construct` runs: what goes on afterwards, for each half, and the destroy() that came in between.
const kConstruction = stateSymbol('stream.construction');

function recordError(error, writable, readable) {
  if (!error) return;
  error.stack; // eslint-disable-line no-unused-expressions -- forces the trace to be made before anything is let go
  if (writable && (writable.flags & ERRORED) === 0) writable.errored = error;
  if (readable && (readable.flags & ERRORED) === 0) readable.errored = error;
}

function setFlag(writable, readable, flag) {
  if (writable) writable.flags |= flag;
  if (readable) readable.flags |= flag;
}

/** The method `destroy` of every stream. */
function destroy(error, callback) {
  const readable = this._readableState;
  const writable = this._writableState;
  if (((writable ? writable.flags : 0) | (readable ? readable.flags : 0)) & DESTROYED) {
    if (typeof callback === 'function') callback();
    return this;
  }
  recordError(error, writable, readable);
  setFlag(writable, readable, DESTROYED);
  const state = writable || readable;
  if ((state.flags & CONSTRUCTED) === 0 && this[kConstruction]) {
    this[kConstruction].destroy = (constructError) => {
      runDestroy(this, aggregateTwoErrors(constructError, error), callback);
    };
  } else {
    runDestroy(this, error, callback);
  }
  return this;
}

function runDestroy(stream, error, callback) {
  let done = false;

  function onDestroyed(destroyError) {
    if (done) return;
    done = true;
    const readable = stream._readableState;
    const writable = stream._writableState;
    recordError(destroyError, writable, readable);
    setFlag(writable, readable, CLOSED);
    if (typeof callback === 'function') callback(destroyError);
    if (destroyError) process.nextTick(emitErrorAndClose, stream, destroyError);
    else process.nextTick(emitClose, stream);
  }

  try {
    stream._destroy(error || null, onDestroyed);
  } catch (thrown) {
    onDestroyed(thrown);
  }
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  setFlag(writable, readable, CLOSE_EMITTED);
  if (writable?.emitClose || readable?.emitClose) stream.emit('close');
}

function emitError(stream, error) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.errorEmitted || readable?.errorEmitted) return;
  if (writable) writable.errorEmitted = true;
  if (readable) readable.errorEmitted = true;
  stream.emit('error', error);
}

/** Makes a destroyed stream usable again, as `net.Socket` does for a new connection. */
function undestroy() {
  const readable = this._readableState;
  const writable = this._writableState;
  for (const state of [readable, writable]) {
    if (!state) continue;
    state.constructed = true;
    state.closed = false;
    state.closeEmitted = false;
    state.destroyed = false;
    state.errored = null;
    state.errorEmitted = false;
  }
  if (readable) {
    readable.reading = false;
    readable.ended = readable.readable === false;
    readable.endEmitted = readable.readable === false;
  }
  if (writable) {
    writable.finalCalled = false;
    writable.prefinished = false;
    writable.ended = writable.writable === false;
    writable.ending = writable.writable === false;
    writable.finished = writable.writable === false;
  }
}

/** Fails a stream: by `destroy` where it destroys itself, else by 'error' alone. Once; later errors are swallowed. */
function errorOrDestroy(stream, error, sync) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.destroyed || readable?.destroyed) return;
  if (readable?.autoDestroy || writable?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    error.stack; // eslint-disable-line no-unused-expressions
    if (writable && !writable.errored) writable.errored = error;
    if (readable && !readable.errored) readable.errored = error;
    if (sync) process.nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

/** Starts `_construct` in the next tick; `ready` of each half runs when it is done. */
function construct(stream, ready) {
  if (typeof stream._construct !== 'function') return;
  if (stream._readableState) stream._readableState.flags &= ~CONSTRUCTED;
  if (stream._writableState) stream._writableState.flags &= ~CONSTRUCTED;
  const pending = stream[kConstruction];
  if (pending) {
    pending.ready.push(ready);
    return;
  }
  Object.defineProperty(stream, kConstruction, {
    __proto__: null, configurable: true, enumerable: false, writable: true,
    value: { ready: [ready], destroy: undefined },
  });
  process.nextTick(runConstruct, stream);
}

function runConstruct(stream) {
  let done = false;

  function onConstructed(error) {
    if (done) {
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    done = true;
    const { ready, destroy: pendingDestroy } = stream[kConstruction];
    stream[kConstruction] = undefined;
    setFlag(stream._writableState, stream._readableState, CONSTRUCTED);
    if (pendingDestroy) pendingDestroy(error);
    else if (error) errorOrDestroy(stream, error, true);
    else for (const go of ready) go();
  }

  try {
    stream._construct((error) => process.nextTick(onConstructed, error));
  } catch (thrown) {
    process.nextTick(onConstructed, thrown);
  }
}

/** Destroys a stream of any kind by whatever means it has. */
function destroyAny(stream, error) {
  if (!stream || isDestroyed(stream)) return;
  if (!error && !isFinished(stream)) error = new AbortError();
  if (isServerRequest(stream)) {
    // The response goes on over the same socket.
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

module.exports = { construct, destroy, destroyAny, errorOrDestroy, undestroy };
