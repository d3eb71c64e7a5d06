'use strict';

const { validateBoolean, validateInt32 } = require('internal/validators');
const { getOptionValue } = require('internal/options');

let enabled;
let timeout;

function getDefaultAutoSelectFamily() {
  return enabled ??= getOptionValue('--network-family-autoselection') ?? true;
}

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  enabled = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  return timeout ??= getOptionValue('--network-family-autoselection-attempt-timeout') || 500;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  timeout = Math.max(10, value);
}

module.exports = {
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
};
