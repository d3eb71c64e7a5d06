'use strict';

// Signals arrive as events while somebody listens; the system's own action is restored with the last listener's leaving.

const { sharedState } = require('internal/symbols');

const { watched } = sharedState('process.signals', () => ({ watched: new Map() })); // the numbers of the watchers, which all revisions know

function numberOf(signal) {
  return require('os').constants.signals[signal];
}

function tell(signal) {
  const number = numberOf(signal);
  return () => process.emit(signal, signal, number);
}

function start(signal) {
  if (watched.has(signal)) return;
  const result = binding.watchSignal(signal.slice(3), tell(signal));
  if (result < 0) throw new (require('internal/errors').ErrnoException)(result, 'uv_signal_start');
  watched.set(signal, result);
}

function stop(signal) {
  const id = watched.get(signal);
  if (id === undefined) return;
  watched.delete(signal);
  binding.unwatchSignal(id);
}

/** Signals that an earlier revision watches come to this one from now on. */
function connect() {
  for (const [signal, id] of watched) binding.rewatchSignal(id, tell(signal));
}

module.exports = { connect, start, stop };
