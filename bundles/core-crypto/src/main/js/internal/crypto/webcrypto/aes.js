'use strict';

// AES in its modes, and ChaCha20-Poly1305.

const { job, operationError, toArrayBuffer, dataError } = require('internal/crypto/webcrypto/errors');
const { checkUsages, checkNotEmpty } = require('internal/crypto/webcrypto/usages');
const { readSecret, writeSecret } = require('internal/crypto/webcrypto/secret');
const { dataOf, makeKey, slots } = require('internal/crypto/webcrypto/crypto_key');
const { secretKey } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

const CIPHER_USAGES = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
const LENGTHS = [128, 192, 256];

async function run(implementation, encrypt, key, iv, tagBytes, additional, data) {
  return toArrayBuffer(await job((done) => binding.cipherJob(implementation, encrypt, dataOf(key), iv, tagBytes, additional, data, done)));
}

function requireLength(bytes, length, name) {
  if (bytes.length !== length) throw operationError(`algorithm.${name} must contain exactly ${length} bytes`);
}

function tagBytes(name, length, allowed) {
  if (!allowed.includes(length)) throw operationError(`${length} is not a valid ${name} tag length`);
  return length / 8;
}

const cbc = (algorithm, key, data, encrypt) => {
  requireLength(algorithm.iv, 16, 'iv');
  return run('AES/CBC', encrypt, key, algorithm.iv, 0, undefined, data);
};

// The counter is the last `length` bits of its block: where it wraps inside of them, the message is done in two runs.
async function ctr(algorithm, key, data, encrypt) {
  const { counter, length } = algorithm;
  requireLength(counter, 16, 'counter');
  if (length === 0 || length > 128) throw operationError('AES-CTR algorithm.length must be between 1 and 128');
  const blocks = BigInt(Math.ceil(data.length / 16));
  const whole = 1n << BigInt(length);
  if (blocks > whole) throw operationError('data is too long for the counter');
  const value = BigInt(`0x${counter.toString('hex')}`);
  const left = whole - (value & (whole - 1n));
  if (blocks <= left) return run('AES/CTR', encrypt, key, counter, 0, undefined, data);
  const wrapped = Buffer.from((value & ~(whole - 1n)).toString(16).padStart(32, '0'), 'hex');
  const split = Number(left) * 16;
  const [head, tail] = await Promise.all([
    run('AES/CTR', encrypt, key, counter, 0, undefined, data.subarray(0, split)),
    run('AES/CTR', encrypt, key, wrapped, 0, undefined, data.subarray(split)),
  ]);
  return toArrayBuffer(Buffer.concat([Buffer.from(head), Buffer.from(tail)]));
}

const GCM_TAGS = [32, 64, 96, 104, 112, 120, 128];

function authenticated(name, implementation, { tags, ivLength }) {
  return (algorithm, key, data, encrypt) => {
    const bytes = tagBytes(name, algorithm.tagLength ?? 128, tags);
    if (!ivLength(algorithm.iv.length)) throw operationError(`algorithm.iv of ${algorithm.iv.length} bytes is not valid for ${name}`);
    if (!encrypt && data.length < bytes) throw operationError('The provided data is too small.');
    return run(implementation, encrypt, key, algorithm.iv, bytes, algorithm.additionalData, data);
  };
}

const AEAD = [['iv', 'bytes', true], ['tagLength', 'octet'], ['additionalData', 'bytes']];

function family(name, { parameters, cipher, wrapOnly = false, rawAllowed = true, short }) {
  const usages = wrapOnly ? ['wrapKey', 'unwrapKey'] : CIPHER_USAGES;
  const operations = wrapOnly ? { wrapKey: parameters, unwrapKey: parameters } :
    { encrypt: parameters, decrypt: parameters };
  return {
    name,
    parameters: {
      ...operations,
      generateKey: [['length', 'short', true]],
      importKey: [],
      exportKey: [],
      'get key length': [['length', 'short', true]],
    },
    keyLength({ length }) {
      if (!LENGTHS.includes(length)) throw operationError('Invalid key length');
      return length;
    },
    async generateKey({ length }, extractable, wanted) {
      if (!LENGTHS.includes(length)) throw operationError('Invalid key length');
      checkUsages(name, wanted, usages);
      checkNotEmpty(wanted);
      const bytes = Buffer.from(new ArrayBuffer(length / 8));
      binding.randomFill(bytes);
      return makeKey(secretKey(bytes), { name, length }, wanted, extractable);
    },
    importKey(format, data, algorithm, extractable, wanted) {
      checkUsages(name, wanted, usages);
      const bytes = readSecret(format, data, name, { use: 'enc', extractable, usages: wanted }, rawAllowed);
      if (!LENGTHS.includes(bytes.length * 8)) throw dataError('Invalid key length');
      if (format === 'jwk' && data.alg !== undefined && data.alg !== `A${bytes.length * 8}${short}`) {
        throw dataError('JWK "alg" does not match the requested algorithm');
      }
      checkNotEmpty(wanted, 'secret');
      return makeKey(secretKey(bytes), { name, length: bytes.length * 8 }, wanted, extractable);
    },
    exportKey(format, key) {
      return writeSecret(format, key, `A${slots(key).algorithm.length}${short}`, rawAllowed);
    },
    ...(wrapOnly ? { wrap: (algorithm, key, data) => cipher(algorithm, key, data, true),
      unwrap: (algorithm, key, data) => cipher(algorithm, key, data, false) } : {
      encrypt: (algorithm, key, data) => cipher(algorithm, key, data, true),
      decrypt: (algorithm, key, data) => cipher(algorithm, key, data, false),
    }),
  };
}

const wrap = (algorithm, key, data, encrypt) => run('library:AES/WRAP', encrypt, key, undefined, 0, undefined, data);

const chachaCipher = authenticated('ChaCha20-Poly1305', 'ChaCha20-Poly1305', { tags: [128], ivLength: (length) => length === 12 });
const chacha = {
  name: 'ChaCha20-Poly1305',
  parameters: { encrypt: AEAD, decrypt: AEAD, generateKey: [], importKey: [], exportKey: [], 'get key length': [] },
  keyLength: () => 256,
  async generateKey(algorithm, extractable, wanted) {
    checkUsages('ChaCha20-Poly1305', wanted, CIPHER_USAGES);
    checkNotEmpty(wanted);
    const bytes = Buffer.from(new ArrayBuffer(32));
    binding.randomFill(bytes);
    return makeKey(secretKey(bytes), { name: 'ChaCha20-Poly1305' }, wanted, extractable);
  },
  importKey(format, data, algorithm, extractable, wanted) {
    checkUsages('ChaCha20-Poly1305', wanted, CIPHER_USAGES);
    const bytes = readSecret(format, data, 'ChaCha20-Poly1305', { use: 'enc', alg: 'C20P', extractable, usages: wanted }, false);
    if (bytes.length !== 32) throw dataError('Invalid key length');
    checkNotEmpty(wanted, 'secret');
    return makeKey(secretKey(bytes), { name: 'ChaCha20-Poly1305' }, wanted, extractable);
  },
  exportKey: (format, key) => writeSecret(format, key, 'C20P', false),
  encrypt: (algorithm, key, data) => chachaCipher(algorithm, key, data, true),
  decrypt: (algorithm, key, data) => chachaCipher(algorithm, key, data, false),
};

module.exports = {
  families: [
    family('AES-CBC', { parameters: [['iv', 'bytes', true]], cipher: cbc, short: 'CBC' }),
    family('AES-CTR', { parameters: [['counter', 'bytes', true], ['length', 'octet', true]], cipher: ctr, short: 'CTR' }),
    family('AES-GCM', {
      parameters: AEAD, cipher: authenticated('AES-GCM', 'AES/GCM', { tags: GCM_TAGS, ivLength: (length) => length > 0 }), short: 'GCM',
    }),
    family('AES-OCB', {
      parameters: AEAD, short: 'OCB', rawAllowed: false,
      cipher: authenticated('AES-OCB', 'library:AES/OCB', { tags: [64, 96, 128], ivLength: (length) => length > 0 && length < 16 }),
    }),
    family('AES-KW', { parameters: [], cipher: wrap, wrapOnly: true, short: 'KW' }),
    chacha,
  ],
};
