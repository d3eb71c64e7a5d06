'use strict';

function isIP(input) {
  if (typeof input !== 'string') {
    input = `${input}`;
  }
  return input.length < 2 ? 0 : binding.isIP(input);
}

function isIPv4(input) {
  return isIP(input) === 4;
}

function isIPv6(input) {
  return isIP(input) === 6;
}

module.exports = { isIP, isIPv4, isIPv6 };
