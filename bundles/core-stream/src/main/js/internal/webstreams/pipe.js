'use strict';

// ReadableStreamPipeTo, section 4.9.1 of the standard.

const { deferred, invalidState, kState, nothing, setHandled } = require('internal/webstreams/common');
const {
  ReadableStreamDefaultReader, cancel, defaultReaderRead, releaseDefaultReader,
} = require('internal/webstreams/readable');
const {
  WritableStreamDefaultWriter, abort, closeQueuedOrInFlight, releaseWriter,
  writerCloseWithErrorPropagation, writerWrite,
} = require('internal/webstreams/writable');

function pipeTo(source, destination, { preventAbort, preventCancel, preventClose, signal }) {
  const reader = new ReadableStreamDefaultReader(source);
  const writer = new WritableStreamDefaultWriter(destination);
  source[kState].disturbed = true;
  const done = deferred();
  let shuttingDown = false;
  let currentWrite = Promise.resolve();
  let abortListener;

  /** After the last chunk that was read has been written. */
  async function waitForWrites() {
    let latest;
    do {
      latest = currentWrite;
      await latest;
    } while (latest !== currentWrite);
  }

  /** @param error an array of the one error, or undefined */
  function finalize(error) {
    releaseWriter(writer);
    releaseDefaultReader(reader);
    abortListener?.[Symbol.dispose]();
    if (error) done.reject(error[0]);
    else done.resolve();
  }

  function shutdown(action, error) {
    if (shuttingDown) return;
    shuttingDown = true;
    const start = () => {
      if (action === undefined) finalize(error);
      else action().then(() => finalize(error), (actionError) => finalize([actionError]));
    };
    const destinationState = destination[kState];
    if (destinationState.state === 'writable' && !closeQueuedOrInFlight(destination)) waitForWrites().then(start);
    else start();
  }

  if (signal) {
    const onAbort = () => {
      const { reason } = signal;
      const actions = [];
      if (!preventAbort) {
        actions.push(() => (destination[kState].state === 'writable' ? abort(destination, reason) : Promise.resolve()));
      }
      if (!preventCancel) {
        actions.push(() => (source[kState].state === 'readable' ? cancel(source, reason) : Promise.resolve()));
      }
      shutdown(() => Promise.all(actions.map((action) => action())), [reason]);
    };
    if (signal.aborted) {
      onAbort();
      return done.promise;
    }
    abortListener = require('events').addAbortListener(signal, onAbort);
  }

  const onSourceErrored = (error) => {
    shutdown(preventAbort ? undefined : () => abort(destination, error), [error]);
  };
  const onSourceClosed = () => {
    shutdown(preventClose ? undefined : () => writerCloseWithErrorPropagation(writer));
  };
  const onDestinationErrored = (error) => {
    shutdown(preventCancel ? undefined : () => cancel(source, error), [error]);
  };

  // What is already so comes first, in this order.
  if (source[kState].state === 'errored') onSourceErrored(source[kState].storedError);
  else reader[kState].closed.promise.then(undefined, onSourceErrored);

  const destinationState = destination[kState].state;
  if (destinationState === 'errored') onDestinationErrored(destination[kState].storedError);
  else writer[kState].closed.promise.then(undefined, onDestinationErrored);

  if (source[kState].state === 'closed') onSourceClosed();
  else reader[kState].closed.promise.then(onSourceClosed, nothing);

  if (closeQueuedOrInFlight(destination) || destinationState === 'closed') {
    const error = invalidState('Destination WritableStream is closed');
    shutdown(preventCancel ? undefined : () => cancel(source, error), [error]);
  }

  /** @returns a promise of whether the pipe is at its end */
  function step() {
    if (shuttingDown) return Promise.resolve(true);
    return writer[kState].ready.promise.then(() => new Promise((resolve, reject) => {
      if (shuttingDown) {
        resolve(true);
        return;
      }
      defaultReaderRead(reader, {
        chunk(chunk) {
          currentWrite = writerWrite(writer, chunk).then(undefined, nothing);
          resolve(false);
        },
        close() { resolve(true); },
        error: reject,
      });
    }));
  }

  async function run() {
    while (!(await step()));
  }

  setHandled(run());
  return done.promise;
}

module.exports = { pipeTo };
