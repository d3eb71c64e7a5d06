'use strict';

// Byte streams: ReadableByteStreamController, ReadableStreamBYOBReader and ReadableStreamBYOBRequest, sections 4.5,
// 4.7, 4.8 and 4.9.5 of the standard.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } } = require('internal/errors');
const {
  deferred, inspectable, invalidArgument, invalidState, isA, kInternal, kState, promiseCall, setSlots, slots,
  webInterface,
} = require('internal/webstreams/common');
const {
  cancel, closeStream, errorStream, isLocked, isReadableStream, readerGenericInitialize, readerGenericRelease,
  withController,
} = require('internal/webstreams/readable');

const typedArrays = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array,
};
if (typeof Float16Array !== 'undefined') typedArrays.Float16Array = Float16Array; // eslint-disable-line no-undef

/** The constructor with which a view of the same kind is made, and its element size; a Buffer counts as Uint8Array. */
function viewKind(view) {
  if (view instanceof DataView) return { Constructor: DataView, elementSize: 1 };
  const tag = Object.getPrototypeOf(Uint8Array.prototype);
  const name = Object.getOwnPropertyDescriptor(tag, Symbol.toStringTag).get.call(view);
  const Constructor = typedArrays[name];
  return { Constructor, elementSize: Constructor.BYTES_PER_ELEMENT };
}

function transfer(buffer) {
  return buffer.transfer();
}

function isDetached(buffer) {
  return buffer.detached === true;
}

function validateView(view, name) {
  if (!ArrayBuffer.isView(view)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], view);
}

function checkChunk(view) {
  if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
  if (view.byteLength === 0 || view.buffer.byteLength === 0) {
    throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
  }
}

// ---- Reader

class ReadableStreamBYOBReader {
  constructor(stream) {
    if (!isReadableStream(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (isLocked(stream)) throw invalidState('ReadableStream is locked');
    if (stream[kState].controller?.[kState].isByte !== true) {
      throw invalidArgument('stream', stream, 'must be a byte stream');
    }
    setSlots(this, ReadableStreamBYOBReader, { readIntoRequests: [], stream: undefined, closed: undefined });
    readerGenericInitialize(this, stream);
  }

  async read(view, options = {}) {
    if (!isA(this, ReadableStreamBYOBReader)) throw new ERR_INVALID_THIS('ReadableStreamBYOBReader');
    if (!ArrayBuffer.isView(view)) {
      throw new ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    }
    if (options !== null && options !== undefined && typeof options !== 'object' && typeof options !== 'function') {
      require('internal/validators').validateObject(options, 'options');
    }
    if (isDetached(view.buffer)) throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    checkChunk(view);
    const { elementSize } = viewKind(view);
    const length = view.byteLength / elementSize;
    const min = options?.min ?? 1;
    if (typeof min !== 'number') throw new ERR_INVALID_ARG_TYPE('options.min', 'number', min);
    if (!Number.isInteger(min)) throw invalidArgument('options.min', min, 'must be an integer');
    if (min <= 0) throw invalidArgument('options.min', min, 'must be greater than 0');
    if (min > length) {
      const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');
      throw new ERR_OUT_OF_RANGE('options.min', '<= view.length', min);
    }
    if (this[kState].stream === undefined) throw invalidState('The reader is not attached to a stream');
    const { promise, resolve, reject } = deferred();
    byobReaderRead(this, view, min, {
      chunk(value) { resolve({ value, done: false }); },
      close(value) { resolve({ value, done: true }); },
      error: reject,
    });
    return promise;
  }

  releaseLock() {
    const r = slots(this, ReadableStreamBYOBReader);
    if (r.stream === undefined) return;
    releaseByobReader(this);
  }

  get closed() {
    if (!isA(this, ReadableStreamBYOBReader)) return Promise.reject(new ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    return this[kState].closed.promise;
  }

  cancel(reason = undefined) {
    if (!isA(this, ReadableStreamBYOBReader)) return Promise.reject(new ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not attached to a stream'));
    }
    return cancel(this[kState].stream, reason);
  }
}
webInterface(ReadableStreamBYOBReader);
inspectable(ReadableStreamBYOBReader, function() {
  return {
    stream: this[kState].stream,
    readIntoRequests: this[kState].readIntoRequests.length,
    close: this[kState].closed.promise,
  };
});

function releaseByobReader(reader) {
  readerGenericRelease(reader);
  errorReadIntoRequests(reader, invalidState('Releasing reader'));
}

function errorReadIntoRequests(reader, error) {
  const requests = reader[kState].readIntoRequests;
  reader[kState].readIntoRequests = [];
  for (const request of requests) request.error(error);
}

function byobReaderRead(reader, view, min, request) {
  const { stream } = reader[kState];
  stream[kState].disturbed = true;
  if (stream[kState].state === 'errored') request.error(stream[kState].storedError);
  else pullInto(stream[kState].controller, view, min, request);
}

// ---- Request

class ReadableStreamBYOBRequest {
  constructor(key = undefined) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get view() {
    return slots(this, ReadableStreamBYOBRequest).view;
  }

  respond(bytesWritten) {
    const { controller, view } = slots(this, ReadableStreamBYOBRequest);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    respond(controller, toLength(bytesWritten));
  }

  respondWithNewView(view) {
    const { controller } = slots(this, ReadableStreamBYOBRequest);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    validateView(view, 'view');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    respondWithNewView(controller, view);
  }
}
webInterface(ReadableStreamBYOBRequest);
inspectable(ReadableStreamBYOBRequest, function() {
  return { view: this[kState].view, controller: this[kState].controller };
});

function toLength(value) {
  const number = Math.trunc(Number(value));
  if (!Number.isFinite(number) || number < 0) throw invalidArgument('bytesWritten', value);
  return number;
}

// ---- Controller

class ReadableByteStreamController {
  constructor(key = undefined) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get byobRequest() {
    slots(this, ReadableByteStreamController);
    return byobRequestOf(this);
  }

  get desiredSize() {
    slots(this, ReadableByteStreamController);
    return desiredSize(this);
  }

  close() {
    const c = slots(this, ReadableByteStreamController);
    if (c.closeRequested) throw invalidState('Controller is already closed');
    if (c.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    closeController(this);
  }

  enqueue(chunk) {
    const c = slots(this, ReadableByteStreamController);
    validateView(chunk, 'buffer');
    checkChunk(chunk);
    if (c.closeRequested) throw invalidState('Controller is already closed');
    if (c.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    enqueue(this, chunk);
  }

  error(error = undefined) {
    slots(this, ReadableByteStreamController);
    errorController(this, error);
  }
}
webInterface(ReadableByteStreamController);
inspectable(ReadableByteStreamController, function() { return {}; });

function setupByteController(stream, start, pull, cancelAlgorithm, highWaterMark, autoAllocateChunkSize) {
  const controller = new ReadableByteStreamController(kInternal);
  setSlots(controller, ReadableByteStreamController, {
    stream,
    // Pieces { buffer, byteOffset, byteLength }.
    queue: [],
    queueTotalSize: 0,
    started: false,
    closeRequested: false,
    pullAgain: false,
    pulling: false,
    byobRequest: null,
    pendingPullIntos: [],
    highWaterMark,
    pullAlgorithm: pull,
    cancelAlgorithm,
    autoAllocateChunkSize,
    isByte: true,
    cancel(reason) {
      invalidateByobRequest(controller);
      this.pendingPullIntos = [];
      this.queue = [];
      this.queueTotalSize = 0;
      const result = this.cancelAlgorithm(reason);
      clearAlgorithms(controller);
      return result;
    },
    pullSteps(request) { pullSteps(controller, request); },
    release() {
      if (this.pendingPullIntos.length > 0) {
        const first = this.pendingPullIntos[0];
        first.readerType = 'none';
        this.pendingPullIntos = [first];
      }
    },
    error(error) { errorController(controller, error); },
  });
  stream[kState].controller = controller;
  const started = start(controller);
  Promise.resolve(started).then(() => {
    controller[kState].started = true;
    callPullIfNeeded(controller);
  }, (error) => errorController(controller, error));
}

function setupByteControllerFromSource(stream, source, highWaterMark) {
  const { start, cancel: cancelMethod, autoAllocateChunkSize } = source;
  const { validateFunction } = require('internal/validators');
  if (start !== undefined) validateFunction(start, 'source.start');
  if (cancelMethod !== undefined) validateFunction(cancelMethod, 'source.cancel');
  if (autoAllocateChunkSize !== undefined && !(Number(autoAllocateChunkSize) > 0)) {
    throw invalidArgument('source.autoAllocateChunkSize', autoAllocateChunkSize);
  }
  setupByteController(
    stream,
    (controller) => (start === undefined ? undefined : Reflect.apply(start, source, [controller])),
    withController(source, 'pull', () => stream[kState].controller),
    cancelMethod === undefined ? () => Promise.resolve() : (reason) => promiseCall(cancelMethod, source, reason),
    highWaterMark,
    autoAllocateChunkSize === undefined ? undefined : Math.trunc(Number(autoAllocateChunkSize)));
}

function createByteStream(start, pull, cancelAlgorithm) {
  const { ReadableStream } = require('internal/webstreams/readable');
  const stream = new ReadableStream(kInternal);
  setupByteController(stream, start, pull, cancelAlgorithm, 0, undefined);
  return stream;
}

function readRequestsOf(stream) {
  return stream[kState].reader?.[kState].readRequests;
}

function readIntoRequestsOf(stream) {
  return stream[kState].reader?.[kState].readIntoRequests;
}

function hasDefaultReader(stream) {
  return readRequestsOf(stream) !== undefined;
}

function pullSteps(controller, request) {
  const c = controller[kState];
  if (c.queueTotalSize > 0) {
    fillReadRequestFromQueue(controller, request);
    return;
  }
  const { autoAllocateChunkSize } = c;
  if (autoAllocateChunkSize !== undefined) {
    let buffer;
    try {
      buffer = new ArrayBuffer(autoAllocateChunkSize);
    } catch (error) {
      request.error(error);
      return;
    }
    c.pendingPullIntos.push({
      buffer,
      bufferByteLength: autoAllocateChunkSize,
      byteOffset: 0,
      byteLength: autoAllocateChunkSize,
      bytesFilled: 0,
      minimumFill: 1,
      elementSize: 1,
      Constructor: Uint8Array,
      readerType: 'default',
    });
  }
  readRequestsOf(c.stream).push(request);
  callPullIfNeeded(controller);
}

function fillReadRequestFromQueue(controller, request) {
  const c = controller[kState];
  const { buffer, byteOffset, byteLength } = c.queue.shift();
  c.queueTotalSize -= byteLength;
  handleQueueDrain(controller);
  request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
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
  const { stream } = c;
  if (stream[kState].state !== 'readable' || c.closeRequested || !c.started) return false;
  if (readRequestsOf(stream)?.length > 0 || readIntoRequestsOf(stream)?.length > 0) return true;
  return desiredSize(controller) > 0;
}

function desiredSize(controller) {
  const c = controller[kState];
  const { state } = c.stream[kState];
  if (state === 'errored') return null;
  return state === 'closed' ? 0 : c.highWaterMark - c.queueTotalSize;
}

function clearAlgorithms(controller) {
  controller[kState].pullAlgorithm = undefined;
  controller[kState].cancelAlgorithm = undefined;
}

function invalidateByobRequest(controller) {
  const c = controller[kState];
  if (c.byobRequest === null) return;
  c.byobRequest[kState].controller = undefined;
  c.byobRequest[kState].view = null;
  c.byobRequest = null;
}

function byobRequestOf(controller) {
  const c = controller[kState];
  if (c.byobRequest === null && c.pendingPullIntos.length > 0) {
    const first = c.pendingPullIntos[0];
    const view = new Uint8Array(
      first.buffer, first.byteOffset + first.bytesFilled, first.byteLength - first.bytesFilled);
    const request = new ReadableStreamBYOBRequest(kInternal);
    setSlots(request, ReadableStreamBYOBRequest, { controller, view });
    c.byobRequest = request;
  }
  return c.byobRequest;
}

function closeController(controller) {
  const c = controller[kState];
  if (c.closeRequested || c.stream[kState].state !== 'readable') return;
  if (c.queueTotalSize > 0) {
    c.closeRequested = true;
    return;
  }
  const first = c.pendingPullIntos[0];
  if (first !== undefined && first.bytesFilled % first.elementSize !== 0) {
    const error = invalidState('Partial read');
    errorController(controller, error);
    throw error;
  }
  clearAlgorithms(controller);
  closeStream(c.stream);
}

function errorController(controller, error) {
  const c = controller[kState];
  if (c.stream[kState].state !== 'readable') return;
  invalidateByobRequest(controller);
  c.pendingPullIntos = [];
  c.queue = [];
  c.queueTotalSize = 0;
  clearAlgorithms(controller);
  errorStream(c.stream, error);
}

function enqueue(controller, chunk) {
  const c = controller[kState];
  const { stream } = c;
  if (c.closeRequested || stream[kState].state !== 'readable') return;
  const { buffer, byteOffset, byteLength } = chunk;
  if (isDetached(buffer)) throw invalidState('Viewed ArrayBuffer is detached');
  const transferred = transfer(buffer);
  const first = c.pendingPullIntos[0];
  if (first !== undefined) {
    if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
    invalidateByobRequest(controller);
    first.buffer = transfer(first.buffer);
    if (first.readerType === 'none') enqueueDetachedPullInto(controller, first);
  }
  if (hasDefaultReader(stream)) {
    const requests = readRequestsOf(stream);
    while (requests.length > 0 && c.queueTotalSize > 0) fillReadRequestFromQueue(controller, requests.shift());
    if (requests.length === 0) {
      enqueueToQueue(controller, transferred, byteOffset, byteLength);
    } else {
      if (c.pendingPullIntos.length > 0) c.pendingPullIntos.shift();
      requests.shift().chunk(new Uint8Array(transferred, byteOffset, byteLength));
    }
  } else if (readIntoRequestsOf(stream) !== undefined) {
    enqueueToQueue(controller, transferred, byteOffset, byteLength);
    commitAll(stream, processPullIntosFromQueue(controller));
  } else {
    enqueueToQueue(controller, transferred, byteOffset, byteLength);
  }
  callPullIfNeeded(controller);
}

function enqueueToQueue(controller, buffer, byteOffset, byteLength) {
  const c = controller[kState];
  c.queue.push({ buffer, byteOffset, byteLength });
  c.queueTotalSize += byteLength;
}

function enqueueCloned(controller, buffer, byteOffset, byteLength) {
  let copy;
  try {
    copy = buffer.slice(byteOffset, byteOffset + byteLength);
  } catch (error) {
    errorController(controller, error);
    throw error;
  }
  enqueueToQueue(controller, copy, 0, byteLength);
}

function enqueueDetachedPullInto(controller, pullIntoDescriptor) {
  const { buffer, byteOffset, bytesFilled } = pullIntoDescriptor;
  if (bytesFilled > 0) enqueueCloned(controller, buffer, byteOffset, bytesFilled);
  controller[kState].pendingPullIntos.shift();
}

/** Fills a waiting view from the queue. @returns whether it has enough */
function fillFromQueue(controller, descriptor) {
  const c = controller[kState];
  const maxBytes = Math.min(c.queueTotalSize, descriptor.byteLength - descriptor.bytesFilled);
  const maxFilled = descriptor.bytesFilled + maxBytes;
  let toCopy = maxBytes;
  let isReady = false;
  const maxAligned = maxFilled - (maxFilled % descriptor.elementSize);
  if (maxAligned >= descriptor.minimumFill) {
    toCopy = maxAligned - descriptor.bytesFilled;
    isReady = true;
  }
  while (toCopy > 0) {
    const head = c.queue[0];
    const count = Math.min(toCopy, head.byteLength);
    new Uint8Array(descriptor.buffer, descriptor.byteOffset + descriptor.bytesFilled, count)
      .set(new Uint8Array(head.buffer, head.byteOffset, count));
    if (head.byteLength === count) {
      c.queue.shift();
    } else {
      head.byteOffset += count;
      head.byteLength -= count;
    }
    c.queueTotalSize -= count;
    descriptor.bytesFilled += count;
    toCopy -= count;
  }
  return isReady;
}

function handleQueueDrain(controller) {
  const c = controller[kState];
  if (c.queueTotalSize === 0 && c.closeRequested) {
    clearAlgorithms(controller);
    closeStream(c.stream);
  } else {
    callPullIfNeeded(controller);
  }
}

function processPullIntosFromQueue(controller) {
  const c = controller[kState];
  const filled = [];
  while (c.pendingPullIntos.length > 0 && c.queueTotalSize > 0) {
    const first = c.pendingPullIntos[0];
    if (!fillFromQueue(controller, first)) break;
    c.pendingPullIntos.shift();
    filled.push(first);
  }
  return filled;
}

function commitAll(stream, descriptors) {
  for (const descriptor of descriptors) commit(stream, descriptor);
}

function commit(stream, descriptor) {
  const done = stream[kState].state === 'closed';
  const view = toView(descriptor);
  if (descriptor.readerType === 'default') {
    const request = readRequestsOf(stream).shift();
    if (done) request.close();
    else request.chunk(view);
  } else {
    const request = readIntoRequestsOf(stream).shift();
    if (done) request.close(view);
    else request.chunk(view);
  }
}

function toView({ buffer, byteOffset, bytesFilled, elementSize, Constructor }) {
  return new Constructor(transfer(buffer), byteOffset, bytesFilled / elementSize);
}

function pullInto(controller, view, min, request) {
  const c = controller[kState];
  const { stream } = c;
  const { Constructor, elementSize } = viewKind(view);
  const { byteOffset, byteLength } = view;
  let buffer;
  try {
    buffer = transfer(view.buffer);
  } catch (error) {
    request.error(error);
    return;
  }
  const descriptor = {
    buffer,
    bufferByteLength: buffer.byteLength,
    byteOffset,
    byteLength,
    bytesFilled: 0,
    minimumFill: min * elementSize,
    elementSize,
    Constructor,
    readerType: 'byob',
  };
  if (c.pendingPullIntos.length > 0) {
    c.pendingPullIntos.push(descriptor);
    readIntoRequestsOf(stream).push(request);
    return;
  }
  if (stream[kState].state === 'closed') {
    request.close(new Constructor(descriptor.buffer, byteOffset, 0));
    return;
  }
  if (c.queueTotalSize > 0) {
    if (fillFromQueue(controller, descriptor)) {
      const filled = toView(descriptor);
      handleQueueDrain(controller);
      request.chunk(filled);
      return;
    }
    if (c.closeRequested) {
      const error = invalidState('ReadableStream closed');
      errorController(controller, error);
      request.error(error);
      return;
    }
  }
  c.pendingPullIntos.push(descriptor);
  readIntoRequestsOf(stream).push(request);
  callPullIfNeeded(controller);
}

function respond(controller, bytesWritten) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  if (c.stream[kState].state === 'closed') {
    if (bytesWritten !== 0) throw invalidState('Controller is closed');
  } else {
    if (bytesWritten === 0) throw invalidState('Controller cannot be closed while view is pending');
    if (first.bytesFilled + bytesWritten > first.byteLength) {
      throw invalidArgument('bytesWritten', bytesWritten, 'is invalid', RangeError);
    }
  }
  first.buffer = transfer(first.buffer);
  respondInternal(controller, bytesWritten);
}

function respondWithNewView(controller, view) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  if (c.stream[kState].state === 'closed') {
    if (view.byteLength !== 0) throw invalidState('View is not zero-length');
  } else if (view.byteLength === 0) {
    throw invalidState('View is zero-length');
  }
  if (first.byteOffset + first.bytesFilled !== view.byteOffset) {
    throw invalidArgument('view', view, 'is invalid', RangeError);
  }
  if (first.bufferByteLength !== view.buffer.byteLength) {
    throw invalidArgument('view', view, 'is invalid', RangeError);
  }
  if (first.bytesFilled + view.byteLength > first.byteLength) {
    throw invalidArgument('view', view, 'is invalid', RangeError);
  }
  const { byteLength } = view;
  first.buffer = transfer(view.buffer);
  respondInternal(controller, byteLength);
}

function respondInternal(controller, bytesWritten) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  invalidateByobRequest(controller);
  if (c.stream[kState].state === 'closed') respondInClosedState(controller, first);
  else respondInReadableState(controller, bytesWritten, first);
  callPullIfNeeded(controller);
}

function respondInClosedState(controller, first) {
  const c = controller[kState];
  const { stream } = c;
  if (first.readerType === 'none') c.pendingPullIntos.shift();
  const requests = readIntoRequestsOf(stream);
  if (requests !== undefined) {
    const filled = [];
    for (let i = 0; i < requests.length; i++) filled.push(c.pendingPullIntos.shift());
    commitAll(stream, filled);
  }
}

function respondInReadableState(controller, bytesWritten, descriptor) {
  const c = controller[kState];
  const { stream } = c;
  descriptor.bytesFilled += bytesWritten;
  if (descriptor.readerType === 'none') {
    enqueueDetachedPullInto(controller, descriptor);
    commitAll(stream, processPullIntosFromQueue(controller));
    return;
  }
  if (descriptor.bytesFilled < descriptor.minimumFill) return;
  c.pendingPullIntos.shift();
  // What is left of an element that is not whole goes back.
  const remainder = descriptor.bytesFilled % descriptor.elementSize;
  if (remainder > 0) {
    const end = descriptor.byteOffset + descriptor.bytesFilled;
    enqueueCloned(controller, descriptor.buffer, end - remainder, remainder);
  }
  descriptor.bytesFilled -= remainder;
  const filled = processPullIntosFromQueue(controller);
  commit(stream, descriptor);
  commitAll(stream, filled);
}

module.exports = {
  ReadableByteStreamController,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  byobReaderRead,
  byobRequestOf,
  closeController,
  createByteStream,
  enqueue,
  errorController,
  errorReadIntoRequests,
  releaseByobReader,
  respond,
  respondWithNewView,
  setupByteControllerFromSource,
};
