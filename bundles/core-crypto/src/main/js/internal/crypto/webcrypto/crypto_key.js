'use strict';
const { stateSymbol } = require('internal/symbols');
const kCryptoKey = stateSymbol('crypto.crypto_key');
function isCryptoKey(value) {
  return typeof value === 'object' && value !== null && value[kCryptoKey] !== undefined;
}
function keyObjectOf(key) {
  return key[kCryptoKey].key;
}
module.exports = { isCryptoKey, keyObjectOf };
