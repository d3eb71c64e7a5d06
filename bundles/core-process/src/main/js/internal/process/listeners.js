'use strict';

// What happens when the process becomes an emitter: its own listeners, and signals that are caught while somebody listens.

const { sharedState, through } = require('internal/symbols');

const calls = sharedState('process.calls');

function isSignal(event) {
  return typeof event === 'string' && event.startsWith('SIG') && Object.hasOwn(require('os').constants.signals, event);
}

function onNewListener(event) {
  if (isSignal(event)) require('internal/process/signals').start(event);
}

function onRemoveListener(event) {
  if (isSignal(event) && process.listenerCount(event) === 0) require('internal/process/signals').stop(event);
}

function install() {
  const { getOptionValue } = require('internal/options');
  process.on('newListener', through(calls, 'added'));
  process.on('removeListener', through(calls, 'removed'));
  if (getOptionValue('--warnings') !== false && getOptionValue('--no-warnings') !== true && process.env.NODE_NO_WARNINGS !== '1') {
    process.on('warning', through(calls, 'warned'));
  }
}

module.exports = { install, onNewListener, onRemoveListener };
