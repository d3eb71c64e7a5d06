'use strict';

// What kind of thing a descriptor is, by libuv's names.

const { fstatSync } = require('fs');

function guessHandleType(fd) {
  let stats;
  try {
    stats = fstatSync(fd);
  } catch {
    return 'INVALID';
  }
  if (stats.isSocket()) return binding.socketType(fd);
  if (stats.isFIFO()) return 'PIPE';
  return stats.isFile() || stats.isCharacterDevice() ? 'FILE' : 'UNKNOWN';
}

module.exports = { guessHandleType };
