'use strict';

const { aggregateTwoErrors } = require('internal/errors');
const { destroyAny } = require('internal/streams/destroy');
const { finished } = require('internal/streams/finished');

/** The async iterator of any readable stream. */
function iterate(stream, options) {
  if (typeof stream.read !== 'function') {
    stream = require('internal/streams/readable').Readable.wrap(stream, { objectMode: true });
  }
  const iterator = chunks(stream, options);
  iterator.stream = stream;
  return iterator;
}

async function* chunks(stream, options) {
  let wake;
  // undefined while the stream goes on, null when it has ended well.
  let outcome;

  function signal() {
    if (wake === undefined) return;
    const resolve = wake;
    wake = undefined;
    resolve();
  }

  stream.on('readable', signal);
  const stopWatching = finished(stream, { writable: false }, (error) => {
    outcome = error ? aggregateTwoErrors(outcome, error) : null;
    signal();
  });

  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (outcome) throw outcome;
      else if (outcome === null) return;
      else await new Promise((resolve) => { wake = resolve; });
    }
  } catch (error) {
    outcome = aggregateTwoErrors(outcome, error);
    throw outcome;
  } finally {
    if ((outcome || options?.destroyOnReturn !== false) &&
        (outcome === undefined || stream._readableState.autoDestroy)) {
      destroyAny(stream, null);
    } else {
      stream.off('readable', signal);
      stopWatching();
    }
  }
}

module.exports = { iterate };
