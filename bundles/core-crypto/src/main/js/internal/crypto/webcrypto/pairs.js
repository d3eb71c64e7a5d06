'use strict';

// Keys of pairs: import and export in the formats that all types share.

const { dataError, notSupported, operationError, toArrayBuffer } = require('internal/crypto/webcrypto/errors');
const { checkJwk } = require('internal/crypto/webcrypto/jwk');
const { checkUsages, checkNotEmpty } = require('internal/crypto/webcrypto/usages');
const { dataOf, makeKey, slots } = require('internal/crypto/webcrypto/crypto_key');
const { publicKey, privateKey } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

function invalid(cause) {
  return dataError('Invalid keyData', cause);
}

function attempt(read) {
  let encoding;
  try {
    encoding = read();
  } catch (error) {
    throw invalid(error);
  }
  if (encoding === undefined) throw invalid();
  return encoding;
}

function isPrivateFormat(format, data) {
  return format === 'pkcs8' || format === 'raw-private' || format === 'raw-seed' ||
    (format === 'jwk' && typeof data === 'object' && data !== null && (data.d !== undefined || data.priv !== undefined));
}

// `type`: what the binding must say of the key; `raw`: how raw formats are read, undefined where there are none;
// `jwk`: what a JWK must say of itself.
function importPair(format, data, { name, algorithm, type, publicUsages, privateUsages, extractable, usages, raw, jwk, check }) {
  const secret = isPrivateFormat(format, data);
  checkUsages(name, usages, secret ? privateUsages : publicUsages);
  const encoding = read(format, data, { name, secret, raw, jwk, extractable, usages });
  if (secret) checkNotEmpty(usages, 'private');
  const found = binding.keyType(encoding);
  if (found !== type) throw dataError('Invalid key type');
  check?.(encoding);
  return makeKey(secret ? privateKey(encoding) : publicKey(encoding), algorithm ?? { name }, usages, extractable);
}

function read(format, data, { name, secret, raw, jwk, extractable, usages }) {
  switch (format) {
    case 'spki':
      return attempt(() => binding.readPublicKey(data, false, 'spki'));
    case 'pkcs8':
      return attempt(() => binding.readPrivateKey(data, false, 'pkcs8'));
    case 'jwk':
      checkJwk(data, { ...jwk, extractable, usages });
      jwk.check?.(data);
      return attempt(() => require('internal/crypto/keys/jwk').readJwk(data, secret));
    default: {
      const how = raw?.[format];
      if (how === undefined) throw notSupported(`Unable to import ${name} using ${format} format`);
      return attempt(() => how(data));
    }
  }
}

function exportPair(format, key, { raw = {}, alg } = {}) {
  const { algorithm, key: object, usages, extractable } = slots(key);
  const data = dataOf(key);
  const secret = object.type === 'private';
  const unsupported = () => notSupported(`Unable to export ${algorithm.name} ${object.type} key using ${format} format`);
  try {
    switch (format) {
      case 'spki':
        if (secret) throw unsupported();
        return toArrayBuffer(Buffer.from(new Uint8Array(data).buffer));
      case 'pkcs8':
        if (!secret) throw unsupported();
        return toArrayBuffer(Buffer.from(new Uint8Array(data).buffer));
      case 'jwk': {
        const jwk = { key_ops: [...usages], ext: extractable, ...binding.writeJwk(data) };
        if (alg !== undefined) jwk.alg = alg;
        return jwk;
      }
      default: {
        const wanted = raw[format];
        if (wanted === undefined || (wanted === 'raw-public') === secret) throw unsupported();
        return toArrayBuffer(binding.writeRawKey(data, wanted, false));
      }
    }
  } catch (error) {
    if (error?.name === 'NotSupportedError') throw error;
    throw operationError(undefined, error);
  }
}

// A new pair of the binding as a pair of keys; extractable is the private one's.
function pairOf([secret, shared], algorithm, usages, publicUsages, privateUsages, extractable) {
  const own = usages.filter((usage) => privateUsages.includes(usage));
  checkNotEmpty(own);
  return {
    privateKey: makeKey(privateKey(secret), { ...algorithm }, own, extractable),
    publicKey: makeKey(publicKey(shared), { ...algorithm }, usages.filter((usage) => publicUsages.includes(usage)), true),
  };
}

module.exports = { importPair, exportPair, pairOf };
