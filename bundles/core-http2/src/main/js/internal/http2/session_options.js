'use strict';

// A session's limits, as the binding wants them.

const { validateNumber } = require('internal/validators');

const MEGABYTE = 2 ** 20;

function number(value, otherwise, min, max) {
  return typeof value === 'number' && value >= min ? Math.min(value, max) : otherwise;
}

function sessionNumbers(type, options) {
  const isServer = type === 0;
  if (options.maxSessionMemory !== undefined) validateNumber(options.maxSessionMemory, 'options.maxSessionMemory');
  return [
    isServer ? 1 : 0,
    number(options.peerMaxConcurrentStreams, 100, 0, 2 ** 32 - 1),
    Math.max(isServer ? 4 : 1, number(options.maxHeaderListPairs, 128, 0, 2 ** 31 - 1)),
    number(options.maxOutstandingSettings, 10, 1, 2 ** 31 - 1),
    number(options.maxOutstandingPings, 10, 1, 2 ** 31 - 1),
    number(options.maxSendHeaderBlockLength, 65536, 0, 2 ** 32 - 1),
    number(options.paddingStrategy, 0, 0, 2),
    number(options.maxSettings, 32, 1, 2 ** 31 - 1),
    Math.floor(number(options.maxSessionMemory, 10, 1, 2 ** 20) * MEGABYTE),
    number(options.maxSessionInvalidFrames, 1000, 0, 2 ** 31 - 1),
    number(options.maxSessionRejectedStreams, 100, 0, 2 ** 31 - 1),
    number(options.maxReservedRemoteStreams, 200, 0, 2 ** 31 - 1),
    number(options.streamResetBurst, 1000, 0, 2 ** 31 - 1),
    number(options.streamResetRate, 33, 0, 2 ** 31 - 1),
  ].map(Math.floor).join(' ');
}

module.exports = { sessionNumbers };
