'use strict';

// Signals arrive as events while somebody listens; the system's own action is restored with the last listener's leaving.

const watched = new Map();

function start(signal) {
  if (watched.has(signal)) return;
  const { signals } = require('os').constants;
  const number = signals[signal];
  const result = binding.watchSignal(signal.slice(3), () => process.emit(signal, signal, number));
  if (result < 0) throw new (require('internal/errors').ErrnoException)(result, 'uv_signal_start');
  watched.set(signal, result);
}

function stop(signal) {
  const id = watched.get(signal);
  if (id === undefined) return;
  watched.delete(signal);
  binding.unwatchSignal(id);
}

module.exports = { start, stop };
