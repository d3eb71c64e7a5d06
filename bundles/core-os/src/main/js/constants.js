'use strict';

// The module of the early days that has everything that is now the `constants` of os, fs and crypto.

/** An image may lack crypto: it is not to be there for this alone. */
function cryptoConstants() {
  try {
    return require('crypto').constants;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_UNAVAILABLE') throw error;
    return {};
  }
}

function groups() {
  const { constants } = require('os');
  return [
    constants.errno, constants.priority, constants.signals, constants.dlopen,
    require('fs').constants, cryptoConstants(),
  ];
}

module.exports = Object.freeze(Object.assign({}, ...groups()));
