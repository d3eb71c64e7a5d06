'use strict';

// WritableStream, its writer and controller: section 5 of the standard.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const {
  kControllerErrorFunction, kIsClosedPromise, kIsErrored, kIsWritable,
} = require('internal/streams/queries');
const {
  deferred, dequeue, enqueueWithSize, extractHighWaterMark, extractSize, inspectable, invalidArgument, invalidState,
  isA, kInternal, kState, promiseCall, rejected, resetQueue, resolved, setHandled, setSlots, slots, webInterface,
} = require('internal/webstreams/common');

// In the queue: what follows is the end.
const kClose = Symbol('kClose');

class WritableStream {
  constructor(underlyingSink = {}, strategy = {}) {
    if (underlyingSink === kInternal) {
      initialize(this);
      return;
    }
    if (underlyingSink === null || (typeof underlyingSink !== 'object' && typeof underlyingSink !== 'function')) {
      validateObject(underlyingSink, 'sink');
    }
    if (strategy !== null && strategy !== undefined && typeof strategy !== 'object' && typeof strategy !== 'function') {
      validateObject(strategy, 'strategy');
    }
    const { type } = underlyingSink;
    if (type !== undefined) throw invalidArgument('type', type, 'is invalid', RangeError);
    initialize(this);
    const size = extractSize(strategy?.size);
    const highWaterMark = extractHighWaterMark(strategy?.highWaterMark, 1);
    setupControllerFromSink(this, underlyingSink, highWaterMark, size);
  }

  get locked() {
    return slots(this, WritableStream).writer !== undefined;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(new ERR_INVALID_THIS('WritableStream'));
    if (isWritableStreamLocked(this)) return Promise.reject(invalidState('WritableStream is locked'));
    return abort(this, reason);
  }

  close() {
    if (!isWritableStream(this)) return Promise.reject(new ERR_INVALID_THIS('WritableStream'));
    if (isWritableStreamLocked(this)) return Promise.reject(invalidState('WritableStream is locked'));
    if (closeQueuedOrInFlight(this)) return Promise.reject(invalidState('Failure closing WritableStream'));
    return close(this);
  }

  getWriter() {
    slots(this, WritableStream);
    return new WritableStreamDefaultWriter(this);
  }

  get [kIsErrored]() { return this[kState].state === 'errored'; }
  get [kIsWritable]() { return this[kState].state === 'writable'; }
  get [kIsClosedPromise]() { return this[kState].closedPromise; }
  get [kControllerErrorFunction]() {
    const { controller } = this[kState];
    return (error) => errorIfNeeded(controller, error);
  }
}
webInterface(WritableStream);
inspectable(WritableStream, function() { return { locked: this.locked, state: this[kState].state }; });

function initialize(stream) {
  const closedPromise = deferred();
  setHandled(closedPromise.promise);
  setSlots(stream, WritableStream, {
    state: 'writable',
    storedError: undefined,
    writer: undefined,
    controller: undefined,
    writeRequests: [],
    inFlightWriteRequest: undefined,
    closeRequest: undefined,
    inFlightCloseRequest: undefined,
    pendingAbortRequest: undefined,
    backpressure: false,
    closedPromise,
  });
}

function createWritableStream(start, write, closeAlgorithm, abortAlgorithm, highWaterMark = 1, size = () => 1) {
  const stream = new WritableStream(kInternal);
  setupController(stream, start, write, closeAlgorithm, abortAlgorithm, highWaterMark, size);
  return stream;
}

function isWritableStream(value) {
  return isA(value, WritableStream);
}

function isWritableStreamLocked(stream) {
  return stream[kState].writer !== undefined;
}

function abort(stream, reason) {
  const s = stream[kState];
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  s.controller[kState].abortController.abort(reason);
  // The signal's listeners may have changed everything.
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  if (s.pendingAbortRequest !== undefined) return s.pendingAbortRequest.abort.promise;
  const wasAlreadyErroring = s.state === 'erroring';
  if (wasAlreadyErroring) reason = undefined;
  s.pendingAbortRequest = { abort: deferred(), reason, wasAlreadyErroring };
  const { promise } = s.pendingAbortRequest.abort;
  if (!wasAlreadyErroring) startErroring(stream, reason);
  return promise;
}

function close(stream) {
  const s = stream[kState];
  if (s.state === 'closed' || s.state === 'errored') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  const { promise } = s.closeRequest = deferred();
  if (s.writer !== undefined && s.backpressure && s.state === 'writable') s.writer[kState].ready.resolve?.();
  enqueueWithSize(s.controller[kState], kClose, 0);
  advanceQueueIfNeeded(s.controller);
  return promise;
}

function closeQueuedOrInFlight(stream) {
  const s = stream[kState];
  return s.closeRequest !== undefined || s.inFlightCloseRequest !== undefined;
}

function dealWithRejection(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
  else finishErroring(stream);
}

function startErroring(stream, reason) {
  const s = stream[kState];
  s.state = 'erroring';
  s.storedError = reason;
  if (s.writer !== undefined) ensureReadyRejected(s.writer, reason);
  if (!hasOperationInFlight(stream) && s.controller[kState].started) finishErroring(stream);
}

function hasOperationInFlight(stream) {
  const s = stream[kState];
  return s.inFlightWriteRequest !== undefined || s.inFlightCloseRequest !== undefined;
}

function finishErroring(stream) {
  const s = stream[kState];
  s.state = 'errored';
  resetQueue(s.controller[kState]);
  for (const request of s.writeRequests) request.reject(s.storedError);
  s.writeRequests = [];
  const request = s.pendingAbortRequest;
  if (request === undefined) {
    rejectCloseAndClosedIfNeeded(stream);
    return;
  }
  s.pendingAbortRequest = undefined;
  if (request.wasAlreadyErroring) {
    request.abort.reject(s.storedError);
    rejectCloseAndClosedIfNeeded(stream);
    return;
  }
  const c = s.controller[kState];
  const done = c.abortAlgorithm(request.reason);
  clearAlgorithms(s.controller);
  done.then(() => {
    request.abort.resolve();
    rejectCloseAndClosedIfNeeded(stream);
  }, (error) => {
    request.abort.reject(error);
    rejectCloseAndClosedIfNeeded(stream);
  });
}

function rejectCloseAndClosedIfNeeded(stream) {
  const s = stream[kState];
  if (s.closeRequest !== undefined) {
    s.closeRequest.reject(s.storedError);
    s.closeRequest = undefined;
  }
  s.closedPromise.reject(s.storedError);
  if (s.writer !== undefined) {
    s.writer[kState].closed.reject?.(s.storedError);
    setHandled(s.writer[kState].closed.promise);
  }
}

function updateBackpressure(stream, backpressure) {
  const s = stream[kState];
  if (s.writer !== undefined && backpressure !== s.backpressure) {
    if (backpressure) s.writer[kState].ready = deferred();
    else s.writer[kState].ready.resolve?.();
  }
  s.backpressure = backpressure;
}

// ---- Writer

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!isWritableStream(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    if (isWritableStreamLocked(stream)) throw invalidState('WritableStream is locked');
    const w = setSlots(this, WritableStreamDefaultWriter, { stream, ready: undefined, closed: undefined });
    const s = stream[kState];
    s.writer = this;
    switch (s.state) {
      case 'writable':
        w.ready = !closeQueuedOrInFlight(stream) && s.backpressure ? deferred() : resolved();
        w.closed = deferred();
        break;
      case 'erroring':
        w.ready = rejected(s.storedError);
        w.closed = deferred();
        break;
      case 'closed':
        w.ready = resolved();
        w.closed = resolved();
        break;
      default:
        w.ready = rejected(s.storedError);
        w.closed = rejected(s.storedError);
    }
    setHandled(w.closed.promise);
  }

  get closed() {
    if (!isA(this, WritableStreamDefaultWriter)) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].closed.promise;
  }

  get desiredSize() {
    const w = slots(this, WritableStreamDefaultWriter);
    if (w.stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    return desiredSizeOf(w.stream);
  }

  get ready() {
    if (!isA(this, WritableStreamDefaultWriter)) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].ready.promise;
  }

  abort(reason = undefined) {
    if (!isA(this, WritableStreamDefaultWriter)) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return abort(stream, reason);
  }

  close() {
    if (!isA(this, WritableStreamDefaultWriter)) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    if (closeQueuedOrInFlight(stream)) return Promise.reject(invalidState('Failure to close WritableStream'));
    return close(stream);
  }

  releaseLock() {
    const w = slots(this, WritableStreamDefaultWriter);
    if (w.stream === undefined) return;
    releaseWriter(this);
  }

  write(chunk = undefined) {
    if (!isA(this, WritableStreamDefaultWriter)) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    }
    return writerWrite(this, chunk);
  }
}
webInterface(WritableStreamDefaultWriter);
inspectable(WritableStreamDefaultWriter, function() {
  const w = this[kState];
  return { stream: w.stream, close: w.closed.promise, ready: w.ready.promise, desiredSize: this.desiredSize };
});

function releaseWriter(writer) {
  const { stream } = writer[kState];
  const error = invalidState('WritableStreamDefaultWriter has been released');
  ensureReadyRejected(writer, error);
  ensureClosedRejected(writer, error);
  stream[kState].writer = undefined;
  writer[kState].stream = undefined;
}

function ensureReadyRejected(writer, error) {
  writer[kState].ready = rejectOrReplace(writer[kState].ready, error);
}

function ensureClosedRejected(writer, error) {
  writer[kState].closed = rejectOrReplace(writer[kState].closed, error);
}

/** Rejects a promise that is pending; a settled one gives way to a rejected one. */
function rejectOrReplace(holder, error) {
  if (!holder.isPending) return rejected(error);
  holder.reject(error);
  setHandled(holder.promise);
  return holder;
}

function desiredSizeOf(stream) {
  const s = stream[kState];
  if (s.state === 'errored' || s.state === 'erroring') return null;
  return s.state === 'closed' ? 0 : controllerDesiredSize(s.controller);
}

function writerWrite(writer, chunk) {
  const { stream } = writer[kState];
  const s = stream[kState];
  const { controller } = s;
  const size = chunkSize(controller, chunk);
  if (stream !== writer[kState].stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
  if (s.state === 'errored') return Promise.reject(s.storedError);
  if (closeQueuedOrInFlight(stream) || s.state === 'closed') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  if (s.state === 'erroring') return Promise.reject(s.storedError);
  const request = deferred();
  s.writeRequests.push(request);
  controllerWrite(controller, chunk, size);
  return request.promise;
}

/** As close(), but a stream that is closed or closing is all right. */
function writerCloseWithErrorPropagation(writer) {
  const { stream } = writer[kState];
  const s = stream[kState];
  if (closeQueuedOrInFlight(stream) || s.state === 'closed') return Promise.resolve();
  if (s.state === 'errored') return Promise.reject(s.storedError);
  return close(stream);
}

// ---- Controller

class WritableStreamDefaultController {
  constructor(key = undefined) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get signal() {
    return slots(this, WritableStreamDefaultController).abortController.signal;
  }

  error(error = undefined) {
    const c = slots(this, WritableStreamDefaultController);
    if (c.stream[kState].state === 'writable') errorController(this, error);
  }
}
webInterface(WritableStreamDefaultController);
inspectable(WritableStreamDefaultController, function() { return { stream: this[kState].stream }; });

function setupController(stream, start, write, closeAlgorithm, abortAlgorithm, highWaterMark, size) {
  const controller = new WritableStreamDefaultController(kInternal);
  const c = setSlots(controller, WritableStreamDefaultController, {
    stream,
    queue: [],
    queueTotalSize: 0,
    abortController: new AbortController(),
    started: false,
    highWaterMark,
    sizeAlgorithm: size,
    writeAlgorithm: write,
    closeAlgorithm,
    abortAlgorithm,
  });
  stream[kState].controller = controller;
  updateBackpressure(stream, controllerDesiredSize(controller) <= 0);
  const started = start(controller);
  Promise.resolve(started).then(() => {
    c.started = true;
    advanceQueueIfNeeded(controller);
  }, (error) => {
    c.started = true;
    dealWithRejection(stream, error);
  });
}

function setupControllerFromSink(stream, sink, highWaterMark, size) {
  const { abort: abortMethod, close: closeMethod, start, write } = sink;
  for (const [name, method] of [['abort', abortMethod], ['close', closeMethod], ['start', start], ['write', write]]) {
    if (method !== undefined) validateFunction(method, `sink.${name}`);
  }
  const nothingToDo = () => Promise.resolve();
  setupController(
    stream,
    (controller) => (start === undefined ? undefined : Reflect.apply(start, sink, [controller])),
    write === undefined ? nothingToDo : (chunk, controller) => promiseCall(write, sink, chunk, controller),
    closeMethod === undefined ? nothingToDo : () => promiseCall(closeMethod, sink),
    abortMethod === undefined ? nothingToDo : (reason) => promiseCall(abortMethod, sink, reason),
    highWaterMark,
    size);
}

function clearAlgorithms(controller) {
  const c = controller[kState];
  c.writeAlgorithm = undefined;
  c.closeAlgorithm = undefined;
  c.abortAlgorithm = undefined;
  c.sizeAlgorithm = undefined;
}

function chunkSize(controller, chunk) {
  const { sizeAlgorithm } = controller[kState];
  if (sizeAlgorithm === undefined) return 1;
  try {
    return sizeAlgorithm(chunk);
  } catch (error) {
    errorIfNeeded(controller, error);
    return 1;
  }
}

function controllerDesiredSize(controller) {
  return controller[kState].highWaterMark - controller[kState].queueTotalSize;
}

function controllerWrite(controller, chunk, size) {
  const c = controller[kState];
  try {
    enqueueWithSize(c, chunk, size);
  } catch (error) {
    errorIfNeeded(controller, error);
    return;
  }
  const { stream } = c;
  if (!closeQueuedOrInFlight(stream) && stream[kState].state === 'writable') {
    updateBackpressure(stream, controllerDesiredSize(controller) <= 0);
  }
  advanceQueueIfNeeded(controller);
}

function advanceQueueIfNeeded(controller) {
  const c = controller[kState];
  const { stream } = c;
  if (!c.started || stream[kState].inFlightWriteRequest !== undefined) return;
  if (stream[kState].state === 'erroring') {
    finishErroring(stream);
    return;
  }
  if (c.queue.length === 0) return;
  const { value } = c.queue[0];
  if (value === kClose) processClose(controller);
  else processWrite(controller, value);
}

function errorIfNeeded(controller, error) {
  if (controller[kState].stream[kState].state === 'writable') errorController(controller, error);
}

function errorController(controller, error) {
  clearAlgorithms(controller);
  startErroring(controller[kState].stream, error);
}

function processClose(controller) {
  const c = controller[kState];
  const { stream } = c;
  const s = stream[kState];
  s.inFlightCloseRequest = s.closeRequest;
  s.closeRequest = undefined;
  dequeue(c);
  const done = c.closeAlgorithm();
  clearAlgorithms(controller);
  done.then(() => {
    s.inFlightCloseRequest.resolve();
    s.inFlightCloseRequest = undefined;
    if (s.state === 'erroring') {
      // The close came first after all.
      s.storedError = undefined;
      if (s.pendingAbortRequest !== undefined) {
        s.pendingAbortRequest.abort.resolve();
        s.pendingAbortRequest = undefined;
      }
    }
    s.state = 'closed';
    s.closedPromise.resolve();
    if (s.writer !== undefined) s.writer[kState].closed.resolve?.();
  }, (error) => {
    s.inFlightCloseRequest.reject(error);
    s.inFlightCloseRequest = undefined;
    if (s.pendingAbortRequest !== undefined) {
      s.pendingAbortRequest.abort.reject(error);
      s.pendingAbortRequest = undefined;
    }
    dealWithRejection(stream, error);
  });
}

function processWrite(controller, chunk) {
  const c = controller[kState];
  const { stream } = c;
  const s = stream[kState];
  s.inFlightWriteRequest = s.writeRequests.shift();
  c.writeAlgorithm(chunk, controller).then(() => {
    s.inFlightWriteRequest.resolve();
    s.inFlightWriteRequest = undefined;
    const { state } = s;
    dequeue(c);
    if (!closeQueuedOrInFlight(stream) && state === 'writable') {
      updateBackpressure(stream, controllerDesiredSize(controller) <= 0);
    }
    advanceQueueIfNeeded(controller);
  }, (error) => {
    if (s.state === 'writable') clearAlgorithms(controller);
    s.inFlightWriteRequest.reject(error);
    s.inFlightWriteRequest = undefined;
    dealWithRejection(stream, error);
  });
}

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  abort,
  closeQueuedOrInFlight,
  createWritableStream,
  desiredSizeOf,
  errorIfNeeded,
  isWritableStream,
  isWritableStreamLocked,
  releaseWriter,
  writerCloseWithErrorPropagation,
  writerWrite,
};
