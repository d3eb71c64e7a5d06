'use strict';

// A fingerprint of the source stands for cached code: the engine keeps its own by itself, but knows a stranger's data.

const { Buffer } = require('buffer');

function fingerprint(code) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < code.length; i++) hash = Math.imul(hash ^ code.charCodeAt(i), 0x01000193);
  return Buffer.from(`nodule:${code.length}:${hash >>> 0}`);
}

const isFingerprint = (data, code) =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(fingerprint(code));

module.exports = { fingerprint, isFingerprint };
