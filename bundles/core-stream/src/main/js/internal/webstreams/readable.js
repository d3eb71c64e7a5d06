'use strict';

// ReadableStream, its default reader and default controller: sections 4.2, 4.3, 4.6 and 4.9 of the standard.
// Functions have the standard's names without "ReadableStream" in front, where that is clear.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } } = require('internal/errors');
const { validateAbortSignal, validateObject } = require('internal/validators');
const {
  kControllerErrorFunction, kIsClosedPromise, kIsDisturbed, kIsErrored, kIsReadable,
} = require('internal/streams/queries');
const {
  algorithm, deferred, dequeue, enqueueWithSize, extractHighWaterMark, extractSize, inspectable, invalidArgument,
  invalidState, isA, kInternal, kState, nothing, promiseCall, rejected, resetQueue, resolved, setHandled, setSlots,
  slots,
  webInterface,
} = require('internal/webstreams/common');

const bytes = () => require('internal/webstreams/readable-bytes');

function checkDictionary(value, name) {
  if (value !== null && value !== undefined && typeof value !== 'object' && typeof value !== 'function') {
    validateObject(value, name);
  }
}

class ReadableStream {
  constructor(underlyingSource = {}, strategy = {}) {
    if (underlyingSource === kInternal) {
      initialize(this);
      return;
    }
    if (underlyingSource === null || (typeof underlyingSource !== 'object' && typeof underlyingSource !== 'function')) {
      validateObject(underlyingSource, 'source');
    }
    checkDictionary(strategy, 'strategy');
    initialize(this);
    const size = strategy?.size;
    const highWaterMark = strategy?.highWaterMark;
    const { type } = underlyingSource;
    if (`${type}` === 'bytes') {
      if (size !== undefined) throw invalidArgument('strategy.size', size, 'is invalid', RangeError);
      bytes().setupByteControllerFromSource(this, underlyingSource, extractHighWaterMark(highWaterMark, 0));
    } else if (type !== undefined) {
      throw invalidArgument('source.type', type);
    } else {
      setupDefaultControllerFromSource(
        this, underlyingSource, extractHighWaterMark(highWaterMark, 1), extractSize(size));
    }
  }

  static from(iterable) {
    return fromIterable(iterable);
  }

  get locked() {
    return slots(this, ReadableStream).reader !== undefined;
  }

  cancel(reason = undefined) {
    if (!isReadableStream(this)) return Promise.reject(new ERR_INVALID_THIS('ReadableStream'));
    if (isLocked(this)) return Promise.reject(invalidState('ReadableStream is locked'));
    return cancel(this, reason);
  }

  getReader(options = {}) {
    slots(this, ReadableStream);
    checkDictionary(options, 'options');
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw invalidArgument('options.mode', mode);
    return new (bytes().ReadableStreamBYOBReader)(this);
  }

  pipeThrough(transform, options = {}) {
    slots(this, ReadableStream);
    const { readable, writable } = transform;
    if (!isReadableStream(readable)) {
      throw new ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const { isWritableStream, isWritableStreamLocked } = require('internal/webstreams/writable');
    if (!isWritableStream(writable)) {
      throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    }
    const checked = pipeOptions(options);
    if (isLocked(this)) throw invalidState('The ReadableStream is locked');
    if (isWritableStreamLocked(writable)) throw invalidState('The WritableStream is locked');
    setHandled(require('internal/webstreams/pipe').pipeTo(this, writable, checked));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      slots(this, ReadableStream);
      const { isWritableStream, isWritableStreamLocked } = require('internal/webstreams/writable');
      if (!isWritableStream(destination)) {
        throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      const checked = pipeOptions(options);
      if (isLocked(this)) throw invalidState('The ReadableStream is locked');
      if (isWritableStreamLocked(destination)) throw invalidState('The WritableStream is locked');
      return require('internal/webstreams/pipe').pipeTo(this, destination, checked);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  tee() {
    slots(this, ReadableStream);
    return require('internal/webstreams/tee').tee(this, false);
  }

  values(options = {}) {
    slots(this, ReadableStream);
    checkDictionary(options, 'options');
    return iterate(this, Boolean(options?.preventCancel));
  }

  get [kIsDisturbed]() { return this[kState].disturbed; }
  get [kIsErrored]() { return this[kState].state === 'errored'; }
  get [kIsReadable]() { return this[kState].state === 'readable'; }
  get [kIsClosedPromise]() { return this[kState].closedPromise; }
  get [kControllerErrorFunction]() {
    const { controller } = this[kState];
    return (error) => controller[kState].error(error);
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: ReadableStream.prototype.values,
});
webInterface(ReadableStream, ['from']);
inspectable(ReadableStream, function() {
  return {
    locked: this.locked,
    state: this[kState].state,
    supportsBYOB: this[kState].controller?.[kState].isByte === true,
  };
});

function pipeOptions(options) {
  checkDictionary(options, 'options');
  const preventAbort = Boolean(options?.preventAbort);
  const preventCancel = Boolean(options?.preventCancel);
  const preventClose = Boolean(options?.preventClose);
  const signal = options?.signal;
  if (signal !== undefined) {
    // By its slots, so that a signal of another realm serves too.
    if (signal === null || typeof signal !== 'object') {
      throw new ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
    }
    validateAbortSignal(signal, 'options.signal');
  }
  return { preventAbort, preventCancel, preventClose, signal };
}

function initialize(stream) {
  const closedPromise = deferred();
  setHandled(closedPromise.promise);
  setSlots(stream, ReadableStream, {
    state: 'readable', disturbed: false, reader: undefined, storedError: undefined, controller: undefined,
    // For finished() and pipeline(), whoever reads.
    closedPromise,
  });
}

/** CreateReadableStream: with algorithms in place of an underlying source. */
function createReadableStream(start, pull, cancelAlgorithm, highWaterMark = 1, size = () => 1) {
  const stream = new ReadableStream(kInternal);
  setupDefaultController(stream, start, pull, cancelAlgorithm, highWaterMark, size);
  return stream;
}

function isReadableStream(value) {
  return isA(value, ReadableStream);
}

function isLocked(stream) {
  return stream[kState].reader !== undefined;
}

function cancel(stream, reason) {
  const s = stream[kState];
  s.disturbed = true;
  if (s.state === 'closed') return Promise.resolve();
  if (s.state === 'errored') return Promise.reject(s.storedError);
  closeStream(stream);
  const { reader } = s;
  if (reader !== undefined && reader[kState].readIntoRequests !== undefined) {
    const requests = reader[kState].readIntoRequests;
    reader[kState].readIntoRequests = [];
    for (const request of requests) request.close(undefined);
  }
  return s.controller[kState].cancel(reason).then(nothing);
}

function closeStream(stream) {
  const s = stream[kState];
  s.state = 'closed';
  s.closedPromise.resolve();
  const { reader } = s;
  if (reader === undefined) return;
  reader[kState].closed.resolve?.();
  if (reader[kState].readRequests !== undefined) {
    const requests = reader[kState].readRequests;
    reader[kState].readRequests = [];
    for (const request of requests) request.close();
  }
}

function errorStream(stream, error) {
  const s = stream[kState];
  s.state = 'errored';
  s.storedError = error;
  s.closedPromise.reject(error);
  const { reader } = s;
  if (reader === undefined) return;
  reader[kState].closed.reject?.(error);
  setHandled(reader[kState].closed.promise);
  if (reader[kState].readRequests !== undefined) {
    errorReadRequests(reader, error);
  } else {
    bytes().errorReadIntoRequests(reader, error);
  }
}

function errorReadRequests(reader, error) {
  const requests = reader[kState].readRequests;
  reader[kState].readRequests = [];
  for (const request of requests) request.error(error);
}

// ---- Readers

function readerGenericInitialize(reader, stream) {
  const s = stream[kState];
  reader[kState].stream = stream;
  s.reader = reader;
  let closed;
  if (s.state === 'readable') {
    closed = deferred();
  } else if (s.state === 'closed') {
    closed = resolved();
  } else {
    closed = rejected(s.storedError);
  }
  reader[kState].closed = closed;
}

function readerGenericRelease(reader) {
  const r = reader[kState];
  const { stream } = r;
  const error = invalidState('Reader released');
  if (stream[kState].state === 'readable') r.closed.reject?.(error);
  else r.closed = rejected(error);
  setHandled(r.closed.promise);
  stream[kState].controller[kState].release();
  stream[kState].reader = undefined;
  r.stream = undefined;
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    if (!isReadableStream(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (isLocked(stream)) throw invalidState('ReadableStream is locked');
    setSlots(this, ReadableStreamDefaultReader, { readRequests: [], stream: undefined, closed: undefined });
    readerGenericInitialize(this, stream);
  }

  read() {
    if (!isA(this, ReadableStreamDefaultReader)) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not attached to a stream'));
    }
    const { promise, resolve, reject } = deferred();
    defaultReaderRead(this, {
      chunk(value) { resolve({ value, done: false }); },
      close() { resolve({ value: undefined, done: true }); },
      error: reject,
    });
    return promise;
  }

  releaseLock() {
    const r = slots(this, ReadableStreamDefaultReader);
    if (r.stream !== undefined) releaseDefaultReader(this);
  }

  get closed() {
    if (!isA(this, ReadableStreamDefaultReader)) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    return this[kState].closed.promise;
  }

  cancel(reason = undefined) {
    if (!isA(this, ReadableStreamDefaultReader)) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not attached to a stream'));
    }
    return cancel(this[kState].stream, reason);
  }
}
webInterface(ReadableStreamDefaultReader);
inspectable(ReadableStreamDefaultReader, function() {
  return {
    stream: this[kState].stream,
    readRequests: this[kState].readRequests.length,
    close: this[kState].closed.promise,
  };
});

function defaultReaderRead(reader, request) {
  const { stream } = reader[kState];
  const s = stream[kState];
  s.disturbed = true;
  if (s.state === 'closed') request.close();
  else if (s.state === 'errored') request.error(s.storedError);
  else s.controller[kState].pullSteps(request);
}

function releaseDefaultReader(reader) {
  readerGenericRelease(reader);
  errorReadRequests(reader, invalidState('Releasing reader'));
}

// ---- Default controller

class ReadableStreamDefaultController {
  constructor(key = undefined) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get desiredSize() {
    slots(this, ReadableStreamDefaultController);
    return desiredSize(this);
  }

  close() {
    slots(this, ReadableStreamDefaultController);
    if (!canCloseOrEnqueue(this)) throw invalidState('Controller is already closed');
    closeController(this);
  }

  enqueue(chunk = undefined) {
    slots(this, ReadableStreamDefaultController);
    if (!canCloseOrEnqueue(this)) throw invalidState('Controller is already closed');
    enqueue(this, chunk);
  }

  error(error = undefined) {
    slots(this, ReadableStreamDefaultController);
    errorController(this, error);
  }
}
webInterface(ReadableStreamDefaultController);
inspectable(ReadableStreamDefaultController, function() { return {}; });

function setupDefaultController(stream, start, pull, cancelAlgorithm, highWaterMark, size) {
  const controller = new ReadableStreamDefaultController(kInternal);
  setSlots(controller, ReadableStreamDefaultController, {
    stream,
    queue: [],
    queueTotalSize: 0,
    started: false,
    closeRequested: false,
    pullAgain: false,
    pulling: false,
    highWaterMark,
    sizeAlgorithm: size,
    pullAlgorithm: pull,
    cancelAlgorithm,
    isByte: false,
    // What a stream asks of either kind of controller.
    cancel(reason) {
      resetQueue(this);
      const result = this.cancelAlgorithm(reason);
      clearAlgorithms(controller);
      return result;
    },
    pullSteps(request) {
      if (this.queue.length > 0) {
        const chunk = dequeue(this);
        if (this.closeRequested && this.queue.length === 0) {
          clearAlgorithms(controller);
          closeStream(stream);
        } else {
          callPullIfNeeded(controller);
        }
        request.chunk(chunk);
      } else {
        stream[kState].reader[kState].readRequests.push(request);
        callPullIfNeeded(controller);
      }
    },
    release() {},
    error(error) { errorController(controller, error); },
  });
  stream[kState].controller = controller;
  const started = start(controller);
  Promise.resolve(started).then(() => {
    controller[kState].started = true;
    callPullIfNeeded(controller);
  }, (error) => errorController(controller, error));
}

function setupDefaultControllerFromSource(stream, source, highWaterMark, size) {
  const { start } = source;
  if (start !== undefined) require('internal/validators').validateFunction(start, 'source.start');
  setupDefaultController(
    stream,
    (controller) => (start === undefined ? undefined : Reflect.apply(start, source, [controller])),
    withController(source, 'pull', () => stream[kState].controller),
    algorithm(source, 'cancel'),
    highWaterMark,
    size);
}

/** The method `name` of a source, called with the stream's controller. */
function withController(source, name, controllerOf) {
  const method = source[name];
  if (method === undefined) return () => Promise.resolve();
  require('internal/validators').validateFunction(method, `source.${name}`);
  return () => promiseCall(method, source, controllerOf());
}

function callPullIfNeeded(controller) {
  const c = controller[kState];
  if (!shouldCallPull(controller)) return;
  if (c.pulling) {
    c.pullAgain = true;
    return;
  }
  c.pulling = true;
  c.pullAlgorithm(controller).then(() => {
    c.pulling = false;
    if (c.pullAgain) {
      c.pullAgain = false;
      callPullIfNeeded(controller);
    }
  }, (error) => errorController(controller, error));
}

function shouldCallPull(controller) {
  const c = controller[kState];
  if (!canCloseOrEnqueue(controller) || !c.started) return false;
  const { reader } = c.stream[kState];
  if (reader !== undefined && reader[kState].readRequests?.length > 0) return true;
  return desiredSize(controller) > 0;
}

function clearAlgorithms(controller) {
  const c = controller[kState];
  c.pullAlgorithm = undefined;
  c.cancelAlgorithm = undefined;
  c.sizeAlgorithm = undefined;
}

function closeController(controller) {
  if (!canCloseOrEnqueue(controller)) return;
  const c = controller[kState];
  c.closeRequested = true;
  if (c.queue.length === 0) {
    clearAlgorithms(controller);
    closeStream(c.stream);
  }
}

function enqueue(controller, chunk) {
  if (!canCloseOrEnqueue(controller)) return;
  const c = controller[kState];
  const { reader } = c.stream[kState];
  if (reader !== undefined && reader[kState].readRequests?.length > 0) {
    reader[kState].readRequests.shift().chunk(chunk);
  } else {
    try {
      enqueueWithSize(c, chunk, c.sizeAlgorithm(chunk));
    } catch (error) {
      errorController(controller, error);
      throw error;
    }
  }
  callPullIfNeeded(controller);
}

function errorController(controller, error) {
  const c = controller[kState];
  if (c.stream[kState].state !== 'readable') return;
  resetQueue(c);
  clearAlgorithms(controller);
  errorStream(c.stream, error);
}

function desiredSize(controller) {
  const c = controller[kState];
  const { state } = c.stream[kState];
  if (state === 'errored') return null;
  return state === 'closed' ? 0 : c.highWaterMark - c.queueTotalSize;
}

function canCloseOrEnqueue(controller) {
  const c = controller[kState];
  return !c.closeRequested && c.stream[kState].state === 'readable';
}

// ---- Iteration, both ways

const asyncIteratorPrototype =
  Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)); // %AsyncIteratorPrototype%

const iteratorPrototype = Object.setPrototypeOf({
  next() {
    const state = this[kState];
    const step = () => nextStep(state);
    state.ongoing = state.ongoing ? state.ongoing.then(step, step) : step();
    return state.ongoing;
  },
  return(value) {
    const state = this[kState];
    const step = () => returnStep(state, value);
    return state.ongoing ? state.ongoing = state.ongoing.then(step, step) : step();
  },
}, asyncIteratorPrototype);

function nextStep(state) {
  if (state.done) return Promise.resolve({ value: undefined, done: true });
  const { reader } = state;
  if (reader[kState].stream === undefined) {
    return Promise.reject(invalidState('The reader is not bound to a ReadableStream'));
  }
  const { promise, resolve, reject } = deferred();
  defaultReaderRead(reader, {
    chunk(value) {
      state.ongoing = undefined;
      resolve({ value, done: false });
    },
    close() {
      state.ongoing = undefined;
      state.done = true;
      releaseDefaultReader(reader);
      resolve({ value: undefined, done: true });
    },
    error(error) {
      state.ongoing = undefined;
      state.done = true;
      releaseDefaultReader(reader);
      reject(error);
    },
  });
  return promise;
}

async function returnStep(state, value) {
  if (state.done) return { value, done: true };
  state.done = true;
  const { reader } = state;
  if (reader[kState].stream === undefined) {
    throw invalidState('The reader is not bound to a ReadableStream');
  }
  if (!state.preventCancel) {
    const result = cancel(reader[kState].stream, value);
    releaseDefaultReader(reader);
    await result;
    return { value, done: true };
  }
  releaseDefaultReader(reader);
  return { value, done: true };
}

function iterate(stream, preventCancel) {
  const iterator = Object.create(iteratorPrototype);
  Object.defineProperty(iterator, kState, {
    __proto__: null,
    value: { reader: new ReadableStreamDefaultReader(stream), preventCancel, done: false, ongoing: undefined },
  });
  return iterator;
}

function fromIterable(iterable) {
  let method = iterable?.[Symbol.asyncIterator];
  const isAsync = method !== undefined && method !== null;
  if (!isAsync) method = iterable?.[Symbol.iterator];
  if (method === undefined || method === null || typeof method !== 'function') {
    const { codes: { ERR_ARG_NOT_ITERABLE } } = require('internal/errors');
    throw new ERR_ARG_NOT_ITERABLE('iterable' in Object(iterable) ? iterable : describeValue(iterable));
  }
  const iterator = method.call(iterable);
  if ((typeof iterator !== 'object' && typeof iterator !== 'function') || iterator === null) {
    throw invalidState('The iterator method must return an object');
  }
  const { next } = iterator;
  let stream;
  stream = createReadableStream(nothing, async () => {
    const step = await Reflect.apply(next, iterator, []);
    if ((typeof step !== 'object' && typeof step !== 'function') || step === null) {
      throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
    }
    const { controller } = stream[kState];
    if (step.done) closeController(controller);
    else enqueue(controller, isAsync ? step.value : await step.value);
  }, async (reason) => {
    const end = iterator.return;
    if (end === undefined || end === null) return undefined;
    const step = await Reflect.apply(end, iterator, [reason]);
    if ((typeof step !== 'object' && typeof step !== 'function') || step === null) {
      throw invalidState('The promise returned by the iterator.return() method must fulfill with an object');
    }
    return undefined;
  }, 0);
  return stream;
}

function describeValue(value) {
  return typeof value === 'symbol' ? String(value) : value;
}

module.exports = {
  ReadableStream,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  canCloseOrEnqueue,
  cancel,
  closeController,
  closeStream,
  createReadableStream,
  defaultReaderRead,
  desiredSize,
  enqueue,
  errorController,
  errorReadRequests,
  errorStream,
  isLocked,
  isReadableStream,
  readerGenericInitialize,
  readerGenericRelease,
  releaseDefaultReader,
  shouldCallPull,
  withController,
};
