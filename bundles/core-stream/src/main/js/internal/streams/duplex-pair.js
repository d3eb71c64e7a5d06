'use strict';

const { Duplex } = require('internal/streams/duplex');
const { stateSymbol } = require('internal/symbols');

// The other end, and the callback of a write that waits for it to be read.
const kOther = stateSymbol('stream.pair.other');
const kWaiting = stateSymbol('stream.pair.waiting');

function makeSide(options) {
  const side = new Duplex({
    ...options,
    read() {
      const callback = this[kWaiting];
      if (callback) {
        this[kWaiting] = null;
        callback();
      }
    },
    write(chunk, encoding, callback) {
      const other = this[kOther];
      if (chunk.length === 0) {
        process.nextTick(callback);
      } else {
        other.push(chunk);
        other[kWaiting] = callback;
      }
    },
    final(callback) {
      const other = this[kOther];
      other.on('end', callback);
      other.push(null);
    },
    destroy(error, callback) {
      const other = this[kOther];
      if (other !== null && !other.destroyed) {
        // Both fall in the same turn, but an 'error' is for the side that caused it.
        process.nextTick(() => {
          if (error) other.destroy();
          else if (!other.destroyed) other.push(null);
        });
      }
      callback(error);
    },
  });
  side[kWaiting] = null;
  return side;
}

/** Two streams; what is written into one is read from the other. */
function duplexPair(options) {
  const first = makeSide(options);
  const second = makeSide(options);
  first[kOther] = second;
  second[kOther] = first;
  return [first, second];
}

module.exports = { duplexPair };
