'use strict';

// Hashes of the Web Cryptography API.

const { job, operationError, toArrayBuffer } = require('internal/crypto/webcrypto/errors');
const { HASHES } = require('internal/crypto/webcrypto/normalize');

function plain(name) {
  return {
    name,
    parameters: { digest: [] },
    async digest(algorithm, data) {
      return toArrayBuffer(await job((done) => binding.digestJob(HASHES[name], data, 0, done)));
    },
  };
}

// Without a function name and customization it is SHAKE.
function extendable(bits) {
  return {
    name: `cSHAKE${bits}`,
    parameters: { digest: [['length', 'long', true], ['functionName', 'bytes'], ['customization', 'bytes']] },
    checkDigest({ length, functionName, customization }) {
      if (length % 8 !== 0) throw operationError('Unsupported CShakeParams length');
      if (functionName?.length > 0) throw operationError('Non zero-length CShakeParams functionName is not supported');
      if (customization?.length > 0) throw operationError('Non zero-length CShakeParams customization is not supported');
    },
    async digest(algorithm, data) {
      this.checkDigest(algorithm);
      return toArrayBuffer(await job((done) => binding.digestJob(`shake${bits}`, data, algorithm.length / 8, done)));
    },
  };
}

module.exports = { families: [...Object.keys(HASHES).map(plain), extendable(128), extendable(256)] };
