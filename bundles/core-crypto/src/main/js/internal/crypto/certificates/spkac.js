'use strict';

// Certificate: Netscape's SPKAC.

const { codes } = require('internal/errors');
const { isBytes, toBytes } = require('internal/crypto/input');
const { Buffer } = require('buffer');

function bytesOf(spkac, encoding) {
  if (typeof spkac !== 'string' && !isBytes(spkac)) {
    throw new codes.ERR_INVALID_ARG_TYPE('spkac', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], spkac);
  }
  return toBytes(spkac, 'spkac', encoding);
}

function verifySpkac(spkac, encoding) {
  return binding.spkacVerify(bytesOf(spkac, encoding));
}

function exportPublicKey(spkac, encoding) {
  const pem = binding.spkacKey(bytesOf(spkac, encoding));
  return pem === undefined ? '' : Buffer.from(pem);
}

function exportChallenge(spkac, encoding) {
  const challenge = binding.spkacChallenge(bytesOf(spkac, encoding));
  return challenge === undefined ? '' : Buffer.from(challenge);
}

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}
Certificate.prototype.verifySpkac = Certificate.verifySpkac = verifySpkac;
Certificate.prototype.exportPublicKey = Certificate.exportPublicKey = exportPublicKey;
Certificate.prototype.exportChallenge = Certificate.exportChallenge = exportChallenge;

module.exports = { Certificate };
