'use strict';

// What compose() and Duplex.from() share: a Duplex whose writable half feeds one stream and whose readable half reads
// another.

const { AbortError } = require('internal/errors');
const { destroyAny } = require('internal/streams/destroy');

/** Makes `duplex` write into the Node.js stream `head`. @returns what to forget when it is destroyed */
function writeInto(duplex, head) {
  let onDrain = null;
  let onFinish = null;
  duplex._write = (chunk, encoding, callback) => {
    if (head.write(chunk, encoding)) callback();
    else onDrain = callback;
  };
  duplex._final = (callback) => {
    head.end();
    onFinish = callback;
  };
  head.on('drain', () => {
    if (onDrain) {
      const callback = onDrain;
      onDrain = null;
      callback();
    }
  });
  return {
    finish() {
      if (onFinish) {
        const callback = onFinish;
        onFinish = null;
        callback();
      }
    },
    forget() {
      onDrain = null;
      onFinish = null;
    },
  };
}

/** Makes `duplex` read the Node.js stream `tail`. */
function readFrom(duplex, tail) {
  let onReadable = null;
  tail.on('readable', () => {
    if (onReadable) {
      const read = onReadable;
      onReadable = null;
      read();
    }
  });
  tail.on('end', () => duplex.push(null));
  duplex._read = () => {
    for (;;) {
      const chunk = tail.read();
      if (chunk === null) {
        onReadable = duplex._read;
        return;
      }
      if (!duplex.push(chunk)) return;
    }
  };
  return {
    forget() { onReadable = null; },
  };
}

/**
 * Couples the end of `duplex` with that of what it is made of.
 *
 * @returns a function to call with the outcome once the parts have ended
 */
function coupleDestroy(duplex, halves, parts) {
  let isOver = false;
  let onClose = null;
  duplex._destroy = (error, callback) => {
    if (!error && !isOver) error = new AbortError();
    for (const half of halves) half.forget();
    if (isOver) {
      callback(error);
    } else {
      onClose = callback;
      for (const part of parts) destroyAny(part, error);
    }
  };
  return (error) => {
    isOver = true;
    if (onClose) {
      const callback = onClose;
      onClose = null;
      callback(error);
    } else if (error || halves.length === 0) {
      duplex.destroy(error);
    }
  };
}

module.exports = { coupleDestroy, readFrom, writeInto };
