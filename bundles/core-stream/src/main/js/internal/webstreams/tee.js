'use strict';

// Two streams of one: section 4.9.1 of the standard (ReadableStreamTee).

const { deferred, kState, nothing } = require('internal/webstreams/common');
const {
  ReadableStreamDefaultReader, cancel, closeController, createReadableStream, defaultReaderRead, enqueue,
  errorController, releaseDefaultReader,
} = require('internal/webstreams/readable');

function tee(stream, cloneForBranch2) {
  return stream[kState].controller[kState].isByte ? teeBytes(stream) : teeDefault(stream, cloneForBranch2);
}

function teeDefault(stream, cloneForBranch2) {
  const reader = new ReadableStreamDefaultReader(stream);
  const branches = [];
  const canceled = [false, false];
  const reasons = [undefined, undefined];
  const cancelDone = deferred();
  let reading = false;
  let readAgain = false;

  function pull() {
    if (reading) {
      readAgain = true;
      return Promise.resolve();
    }
    reading = true;
    defaultReaderRead(reader, {
      chunk(value) {
        queueMicrotask(() => {
          readAgain = false;
          let second = value;
          if (!canceled[1] && cloneForBranch2) {
            try {
              second = structuredClone(value);
            } catch (error) {
              for (const branch of branches) errorController(branch[kState].controller, error);
              cancelDone.resolve(cancel(stream, error));
              return;
            }
          }
          if (!canceled[0]) enqueue(branches[0][kState].controller, value);
          if (!canceled[1]) enqueue(branches[1][kState].controller, second);
          reading = false;
          if (readAgain) pull();
        });
      },
      close() {
        reading = false;
        for (let i = 0; i < 2; i++) if (!canceled[i]) closeController(branches[i][kState].controller);
        if (!canceled[0] || !canceled[1]) cancelDone.resolve();
      },
      error() { reading = false; },
    });
    return Promise.resolve();
  }

  const cancelBranch = (index) => (reason) => {
    canceled[index] = true;
    reasons[index] = reason;
    if (canceled[1 - index]) cancelDone.resolve(cancel(stream, [...reasons]));
    return cancelDone.promise;
  };

  branches[0] = createReadableStream(nothing, pull, cancelBranch(0));
  branches[1] = createReadableStream(nothing, pull, cancelBranch(1));
  reader[kState].closed.promise.then(undefined, (error) => {
    for (const branch of branches) errorController(branch[kState].controller, error);
    if (!canceled[0] || !canceled[1]) cancelDone.resolve();
  });
  return branches;
}

function teeBytes(stream) {
  const bytes = require('internal/webstreams/readable-bytes');
  let reader = new ReadableStreamDefaultReader(stream);
  const branches = [];
  const canceled = [false, false];
  const reasons = [undefined, undefined];
  const readAgain = [false, false];
  const cancelDone = deferred();
  let reading = false;

  const controllerOf = (index) => branches[index][kState].controller;

  function forwardError(thisReader) {
    thisReader[kState].closed.promise.then(undefined, (error) => {
      if (thisReader !== reader) return;
      bytes.errorController(controllerOf(0), error);
      bytes.errorController(controllerOf(1), error);
      if (!canceled[0] || !canceled[1]) cancelDone.resolve();
    });
  }

  function failBoth(error) {
    bytes.errorController(controllerOf(0), error);
    bytes.errorController(controllerOf(1), error);
    cancelDone.resolve(cancel(stream, error));
  }

  function copyOf(chunk) {
    return new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
  }

  function afterChunk() {
    reading = false;
    if (readAgain[0]) pull(0);
    else if (readAgain[1]) pull(1);
  }

  function pullWithDefaultReader() {
    if (reader[kState].readIntoRequests !== undefined) {
      bytes.releaseByobReader(reader);
      reader = new ReadableStreamDefaultReader(stream);
      forwardError(reader);
    }
    defaultReaderRead(reader, {
      chunk(chunk) {
        queueMicrotask(() => {
          readAgain[0] = readAgain[1] = false;
          let second = chunk;
          if (!canceled[0] && !canceled[1]) {
            try {
              second = copyOf(chunk);
            } catch (error) {
              failBoth(error);
              return;
            }
          }
          if (!canceled[0]) bytes.enqueue(controllerOf(0), chunk);
          if (!canceled[1]) bytes.enqueue(controllerOf(1), second);
          afterChunk();
        });
      },
      close() {
        reading = false;
        for (let i = 0; i < 2; i++) if (!canceled[i]) bytes.closeController(controllerOf(i));
        for (let i = 0; i < 2; i++) {
          if (controllerOf(i)[kState].pendingPullIntos.length > 0) bytes.respond(controllerOf(i), 0);
        }
        if (!canceled[0] || !canceled[1]) cancelDone.resolve();
      },
      error() { reading = false; },
    });
  }

  function pullWithByobReader(view, index) {
    if (reader[kState].readRequests !== undefined) {
      releaseDefaultReader(reader);
      reader = new bytes.ReadableStreamBYOBReader(stream);
      forwardError(reader);
    }
    const other = 1 - index;
    bytes.byobReaderRead(reader, view, 1, {
      chunk(chunk) {
        queueMicrotask(() => {
          readAgain[0] = readAgain[1] = false;
          if (!canceled[other]) {
            let copy;
            try {
              copy = copyOf(chunk);
            } catch (error) {
              failBoth(error);
              return;
            }
            if (!canceled[index]) bytes.respondWithNewView(controllerOf(index), chunk);
            bytes.enqueue(controllerOf(other), copy);
          } else if (!canceled[index]) {
            bytes.respondWithNewView(controllerOf(index), chunk);
          }
          afterChunk();
        });
      },
      close(chunk) {
        reading = false;
        if (!canceled[index]) bytes.closeController(controllerOf(index));
        if (!canceled[other]) bytes.closeController(controllerOf(other));
        if (chunk !== undefined) {
          if (!canceled[index]) bytes.respondWithNewView(controllerOf(index), chunk);
          if (!canceled[other] && controllerOf(other)[kState].pendingPullIntos.length > 0) {
            bytes.respond(controllerOf(other), 0);
          }
        }
        if (!canceled[index] || !canceled[other]) cancelDone.resolve();
      },
      error() { reading = false; },
    });
  }

  function pull(index) {
    if (reading) {
      readAgain[index] = true;
      return Promise.resolve();
    }
    reading = true;
    const request = bytes.byobRequestOf(controllerOf(index));
    if (request === null) pullWithDefaultReader();
    else pullWithByobReader(request[kState].view, index);
    return Promise.resolve();
  }

  const cancelBranch = (index) => (reason) => {
    canceled[index] = true;
    reasons[index] = reason;
    if (canceled[1 - index]) cancelDone.resolve(cancel(stream, [...reasons]));
    return cancelDone.promise;
  };

  branches[0] = bytes.createByteStream(nothing, () => pull(0), cancelBranch(0));
  branches[1] = bytes.createByteStream(nothing, () => pull(1), cancelBranch(1));
  forwardError(reader);
  return branches;
}

module.exports = { tee };
