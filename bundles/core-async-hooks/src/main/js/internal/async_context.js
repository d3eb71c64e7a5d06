'use strict';

// The one slot that the engine carries through promises and callbacks holds a frame: an array of stores and their values in
// turn, never changed once it is in the slot. Programs have few stores, so that a search is as fast as a map and a copy faster.

const { getAsyncContext, setAsyncContext } = require('internal/runtime');

function indexIn(frame, storage) {
  if (frame !== undefined) {
    for (let i = 0; i < frame.length; i += 2) {
      if (frame[i] === storage) return i + 1;
    }
  }
  return -1;
}

function withStore(frame, storage, value) {
  if (frame === undefined) return [storage, value];
  const copy = frame.slice();
  const index = indexIn(frame, storage);
  if (index === -1) copy.push(storage, value);
  else copy[index] = value;
  return copy;
}

function withoutStore(frame, storage) {
  const index = indexIn(frame, storage);
  if (index === -1) return frame;
  return frame.length === 2 ? undefined : frame.toSpliced(index - 1, 2);
}

/** Calls `fn` in `frame`, and comes back to the frame of now. */
function runInFrame(frame, fn, thisArg, args) {
  const before = getAsyncContext();
  if (before === frame) return Reflect.apply(fn, thisArg, args);
  setAsyncContext(frame);
  try {
    return Reflect.apply(fn, thisArg, args);
  } finally {
    setAsyncContext(before);
  }
}

module.exports = { getAsyncContext, setAsyncContext, indexIn, runInFrame, withStore, withoutStore };
