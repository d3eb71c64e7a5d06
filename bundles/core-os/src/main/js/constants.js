'use strict';

// The module of the early days that has everything that is now the `constants` of os, fs and crypto.

function groups() {
  const { constants } = require('os');
  return [
    constants.errno, constants.priority, constants.signals, constants.dlopen,
    require('fs').constants, require('crypto').constants,
  ];
}

module.exports = Object.freeze(Object.assign({}, ...groups()));
