'use strict';

// All algorithms by name; names are the same in any case.

const byName = new Map();
for (const { families } of [
  require('internal/crypto/webcrypto/digest'),
  require('internal/crypto/webcrypto/aes'),
  require('internal/crypto/webcrypto/mac'),
  require('internal/crypto/webcrypto/derive'),
  require('internal/crypto/webcrypto/rsa'),
  require('internal/crypto/webcrypto/curves'),
  require('internal/crypto/webcrypto/lattices'),
]) {
  for (const family of families) byName.set(family.name.toLowerCase(), family);
}

function find(name) {
  return byName.get(name.toLowerCase());
}

module.exports = { find };
