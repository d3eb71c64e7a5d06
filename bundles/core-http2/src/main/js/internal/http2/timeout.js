'use strict';

// setTimeout() of sessions and streams: a timer that activity sets back, and that keeps nothing alive.

const { validateFunction } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { getTimerDuration } = require('internal/http2/duration');

const kTimer = stateSymbol('http2.timer');

function setStreamTimeout(milliseconds, callback) {
  if (this.destroyed) return this;
  this.timeout = milliseconds;
  milliseconds = getTimerDuration(milliseconds, 'msecs');
  clearTimeout(this[kTimer]);
  this[kTimer] = undefined;
  if (milliseconds === 0) {
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
  } else {
    this[kTimer] = setTimeout(() => this._onTimeout(), milliseconds);
    this[kTimer].unref();
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
  }
  return this;
}

/** There was activity. */
function refreshTimeout(owner) {
  owner[kTimer]?.refresh();
}

function stopTimeout(owner) {
  clearTimeout(owner[kTimer]);
  owner[kTimer] = undefined;
}

module.exports = { kTimer, refreshTimeout, setStreamTimeout, stopTimeout };
