'use strict';

const { codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { finished } = require('internal/streams/finished');
const { coupleDestroy, readFrom, writeInto } = require('internal/streams/joined');
const { pipeline } = require('internal/streams/pipeline');
const {
  isNodeStream, isReadable, isReadableStream, isTransformStream, isWebStream, isWritable, isWritableStream,
} = require('internal/streams/queries');

function canRead(stream) {
  return Boolean(isReadable(stream) || isReadableStream(stream) || isTransformStream(stream));
}

function canWrite(stream) {
  return Boolean(isWritable(stream) || isWritableStream(stream) || isTransformStream(stream));
}

/** One Duplex that writes into the first of `stages` and reads from the last. */
function compose(...stages) {
  if (stages.length === 0) throw new ERR_MISSING_ARGS('streams');
  if (stages.length === 1) return Duplex.from(stages[0]);

  const streams = [...stages];
  const lastIndex = streams.length - 1;
  if (typeof streams[0] === 'function') streams[0] = Duplex.from(streams[0]);
  if (typeof streams[lastIndex] === 'function') streams[lastIndex] = Duplex.from(streams[lastIndex]);
  for (let i = 0; i < streams.length; i++) {
    if (!isNodeStream(streams[i]) && !isWebStream(streams[i])) continue; // Left to pipeline().
    if (i < lastIndex && !canRead(streams[i])) {
      throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, stages[i], 'must be readable');
    }
    if (i > 0 && !canWrite(streams[i])) {
      throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, stages[i], 'must be writable');
    }
  }

  let end;
  const head = streams[0];
  const tail = pipeline(streams, (error) => end(error));
  const duplex = new Duplex({
    writableObjectMode: !!head?.writableObjectMode,
    readableObjectMode: !!tail?.readableObjectMode,
    writable: canWrite(head),
    readable: canRead(tail),
  });

  const halves = [];
  if (canWrite(head)) {
    const half = isNodeStream(head) ? writeInto(duplex, head) : writeIntoWeb(duplex, head);
    halves.push(half);
    // The last word of the composition: what was ended in front has come out behind.
    finished(isTransformStream(tail) ? tail.readable : tail, () => half.finish());
  }
  if (canRead(tail)) halves.push(isNodeStream(tail) ? readFrom(duplex, tail) : readFromWeb(duplex, tail));
  end = coupleDestroy(duplex, halves, isNodeStream(tail) ? [tail] : []);
  return duplex;
}

function writeIntoWeb(duplex, head) {
  const writer = (isTransformStream(head) ? head.writable : head).getWriter();
  let onFinish = null;
  duplex._write = async function(chunk, encoding, callback) {
    try {
      await writer.ready;
      writer.write(chunk).catch(() => {});
      callback();
    } catch (error) {
      callback(error);
    }
  };
  duplex._final = async function(callback) {
    try {
      await writer.ready;
      writer.close().catch(() => {});
      onFinish = callback;
    } catch (error) {
      callback(error);
    }
  };
  return {
    finish() {
      if (onFinish) {
        const callback = onFinish;
        onFinish = null;
        callback();
      }
    },
    forget() { onFinish = null; },
  };
}

function readFromWeb(duplex, tail) {
  const reader = (isTransformStream(tail) ? tail.readable : tail).getReader();
  duplex._read = async function() {
    for (;;) {
      try {
        const { value, done } = await reader.read();
        if (done) {
          duplex.push(null);
          return;
        }
        if (!duplex.push(value)) return;
      } catch {
        return; // pipeline() reports it.
      }
    }
  };
  return { forget() {} };
}

module.exports = { compose };
