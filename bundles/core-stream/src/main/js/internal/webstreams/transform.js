'use strict';

// TransformStream: section 6 of the standard.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const {
  deferred, extractHighWaterMark, extractSize, inspectable, invalidArgument, invalidState, kInternal, kState,
  promiseCall, setSlots, slots, webInterface,
} = require('internal/webstreams/common');
const readableOps = require('internal/webstreams/readable');
const { createWritableStream, errorIfNeeded } = require('internal/webstreams/writable');

function checkDictionary(value, name) {
  if (value !== null && value !== undefined && typeof value !== 'object' && typeof value !== 'function') {
    validateObject(value, name);
  }
}

class TransformStream {
  constructor(transformer = null, writableStrategy = {}, readableStrategy = {}) {
    checkDictionary(transformer, 'transformer');
    checkDictionary(writableStrategy, 'writableStrategy');
    checkDictionary(readableStrategy, 'readableStrategy');
    const readableType = transformer?.readableType;
    const writableType = transformer?.writableType;
    const methods = {};
    for (const name of ['cancel', 'flush', 'start', 'transform']) {
      const method = transformer?.[name];
      if (method !== undefined) validateFunction(method, `transformer.${name}`);
      methods[name] = method;
    }
    if (readableType !== undefined) {
      throw invalidArgument('transformer.readableType', readableType, 'is invalid', RangeError);
    }
    if (writableType !== undefined) {
      throw invalidArgument('transformer.writableType', writableType, 'is invalid', RangeError);
    }
    const readableHighWaterMark = extractHighWaterMark(readableStrategy?.highWaterMark, 0);
    const readableSize = extractSize(readableStrategy?.size);
    const writableHighWaterMark = extractHighWaterMark(writableStrategy?.highWaterMark, 1);
    const writableSize = extractSize(writableStrategy?.size);

    const started = deferred();
    initialize(this, started.promise, writableHighWaterMark, writableSize, readableHighWaterMark, readableSize);
    setupController(this, transformer, methods);
    if (methods.start === undefined) started.resolve();
    else started.resolve(Reflect.apply(methods.start, transformer, [this[kState].controller]));
  }

  get readable() {
    return slots(this, TransformStream).readable;
  }

  get writable() {
    return slots(this, TransformStream).writable;
  }
}
webInterface(TransformStream);
inspectable(TransformStream, function() {
  return { readable: this.readable, writable: this.writable, backpressure: this[kState].backpressure };
});

function initialize(stream, started, writableHighWaterMark, writableSize, readableHighWaterMark, readableSize) {
  const s = setSlots(stream, TransformStream, {
    readable: undefined,
    writable: undefined,
    controller: undefined,
    backpressure: undefined,
    backpressureChange: undefined,
  });
  const start = () => started;
  s.writable = createWritableStream(
    start,
    (chunk) => sinkWrite(stream, chunk),
    () => sinkClose(stream),
    (reason) => sinkAbort(stream, reason),
    writableHighWaterMark,
    writableSize);
  s.readable = readableOps.createReadableStream(
    start,
    () => {
      setBackpressure(stream, false);
      return s.backpressureChange.promise;
    },
    (reason) => sourceCancel(stream, reason),
    readableHighWaterMark,
    readableSize);
  setBackpressure(stream, true);
}

function setBackpressure(stream, backpressure) {
  const s = stream[kState];
  s.backpressureChange?.resolve();
  s.backpressureChange = deferred();
  s.backpressure = backpressure;
}

function unblockWrite(stream) {
  if (stream[kState].backpressure) setBackpressure(stream, false);
}

function errorTransform(stream, error) {
  readableOps.errorController(stream[kState].readable[kState].controller, error);
  errorWritableAndUnblock(stream, error);
}

function errorWritableAndUnblock(stream, error) {
  clearAlgorithms(stream[kState].controller);
  errorIfNeeded(stream[kState].writable[kState].controller, error);
  unblockWrite(stream);
}

// ---- Controller

class TransformStreamDefaultController {
  constructor(key = undefined) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get desiredSize() {
    const { stream } = slots(this, TransformStreamDefaultController);
    return readableOps.desiredSize(stream[kState].readable[kState].controller);
  }

  enqueue(chunk = undefined) {
    slots(this, TransformStreamDefaultController);
    enqueue(this, chunk);
  }

  error(reason = undefined) {
    const { stream } = slots(this, TransformStreamDefaultController);
    errorTransform(stream, reason);
  }

  terminate() {
    const { stream } = slots(this, TransformStreamDefaultController);
    readableOps.closeController(stream[kState].readable[kState].controller);
    errorWritableAndUnblock(stream, invalidState('TransformStream terminated'));
  }
}
webInterface(TransformStreamDefaultController);
inspectable(TransformStreamDefaultController, function() { return { stream: this[kState].stream }; });

function setupController(stream, transformer, { cancel, flush, transform }) {
  const controller = new TransformStreamDefaultController(kInternal);
  setSlots(controller, TransformStreamDefaultController, {
    stream,
    transformAlgorithm: transform === undefined ?
      (chunk) => promiseCall(enqueue, undefined, controller, chunk) :
      (chunk) => promiseCall(transform, transformer, chunk, controller),
    flushAlgorithm: flush === undefined ? () => Promise.resolve() : () => promiseCall(flush, transformer, controller),
    cancelAlgorithm: cancel === undefined ?
      () => Promise.resolve() : (reason) => promiseCall(cancel, transformer, reason),
    finish: undefined,
  });
  stream[kState].controller = controller;
}

function clearAlgorithms(controller) {
  const c = controller[kState];
  c.transformAlgorithm = undefined;
  c.flushAlgorithm = undefined;
  c.cancelAlgorithm = undefined;
}

function enqueue(controller, chunk) {
  const { stream } = controller[kState];
  const readable = stream[kState].readable;
  const readableController = readable[kState].controller;
  if (!readableOps.canCloseOrEnqueue(readableController)) throw invalidState('Unable to enqueue');
  try {
    readableOps.enqueue(readableController, chunk);
  } catch (error) {
    errorWritableAndUnblock(stream, error);
    throw readable[kState].storedError;
  }
  const backpressure = !readableOps.shouldCallPull(readableController);
  if (backpressure !== stream[kState].backpressure) setBackpressure(stream, true);
}

async function performTransform(controller, chunk) {
  try {
    // Cleared when the stream was errored meanwhile.
    return await controller[kState].transformAlgorithm?.(chunk);
  } catch (error) {
    errorTransform(controller[kState].stream, error);
    throw error;
  }
}

// ---- Sink and source

function sinkWrite(stream, chunk) {
  const s = stream[kState];
  if (!s.backpressure) return performTransform(s.controller, chunk);
  return s.backpressureChange.promise.then(() => {
    const { state, storedError } = s.writable[kState];
    if (state === 'erroring') throw storedError;
    return performTransform(s.controller, chunk);
  });
}

function sinkAbort(stream, reason) {
  const s = stream[kState];
  const c = s.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = deferred();
  const { promise, resolve, reject } = c.finish;
  const done = c.cancelAlgorithm(reason);
  clearAlgorithms(s.controller);
  done.then(() => {
    if (s.readable[kState].state === 'errored') {
      reject(s.readable[kState].storedError);
    } else {
      readableOps.errorController(s.readable[kState].controller, reason);
      resolve();
    }
  }, (error) => {
    readableOps.errorController(s.readable[kState].controller, error);
    reject(error);
  });
  return promise;
}

function sinkClose(stream) {
  const s = stream[kState];
  const c = s.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = deferred();
  const { promise, resolve, reject } = c.finish;
  const done = c.flushAlgorithm();
  clearAlgorithms(s.controller);
  done.then(() => {
    if (s.readable[kState].state === 'errored') {
      reject(s.readable[kState].storedError);
    } else {
      readableOps.closeController(s.readable[kState].controller);
      resolve();
    }
  }, (error) => {
    readableOps.errorController(s.readable[kState].controller, error);
    reject(error);
  });
  return promise;
}

function sourceCancel(stream, reason) {
  const s = stream[kState];
  const c = s.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = deferred();
  const { promise, resolve, reject } = c.finish;
  const done = c.cancelAlgorithm(reason);
  clearAlgorithms(s.controller);
  done.then(() => {
    if (s.writable[kState].state === 'errored') {
      reject(s.writable[kState].storedError);
    } else {
      errorIfNeeded(s.writable[kState].controller, reason);
      unblockWrite(stream);
      resolve();
    }
  }, (error) => {
    errorIfNeeded(s.writable[kState].controller, error);
    unblockWrite(stream);
    reject(error);
  });
  return promise;
}

module.exports = { TransformStream, TransformStreamDefaultController };
