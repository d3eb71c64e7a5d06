'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');

const key = (length) => Buffer.alloc(length, 1);
const mac = (algorithm, length, options) => crypto.createMac(algorithm, key(length), options).update('a').final('hex');

// Values of OpenSSL 3.5.
assert.strictEqual(mac('hmac', 16, { digest: 'sha256' }), '8cfa8b718b9eac480ae0b7db89b7a1e3ce6a5c0910be0cdf661a2b0f61f0daa4');
assert.strictEqual(mac('cmac', 16, { cipher: 'aes-128-cbc' }), '8415eae2d42f75dfd788b028fedd74b4');
assert.strictEqual(mac('cmac', 24, { cipher: 'des-ede3-cbc' }), '8ef44fb7274d637e');
assert.strictEqual(mac('gmac', 16, { cipher: 'aes-128-gcm', iv: Buffer.alloc(12) }), '7371a8555bdde5db253d77b757c73827');
assert.strictEqual(mac('kmac128', 16), '30dad59ebd2cc212811ddb15ba0e3072838339040c8a092ab7f62c747ff13d66');
assert.strictEqual(mac('KMAC-128', 16, { outputLength: 20, customization: Buffer.from('x') }), 'f43950acc84d55bcda0111973fba5f4c88968795');
assert.strictEqual(mac('poly1305', 32), '62636363026263630262636302626363');
assert.strictEqual(mac('siphash', 16), '63adc27f69166a4257a755c5d6fe44a8');
assert.strictEqual(mac('siphash', 16, { outputLength: 8 }), '8ec1cdb411d0e330');
assert.strictEqual(mac('blake2smac', 16), '933cc4d7b595dfa1a548520e76d3288c37f9111e4948b81bc1bd2e0d610141d6');
assert.strictEqual(mac('blake2bmac', 16, { outputLength: 20, customization: Buffer.from('x'), salt: Buffer.alloc(16, 3) }),
                   '17ad6b6765011fa0c16e77de3c4379e7d7f97346');
assert(crypto.getMacs().includes('cmac'));

const fails = (expected, algorithm, length, options) => assert.throws(() => mac(algorithm, length, options), expected);
fails({ code: 'ERR_CRYPTO_INVALID_MAC', message: 'Invalid MAC: nope' }, 'nope', 16);
fails({ code: 'ERR_INVALID_ARG_VALUE', message: "The property 'options.digest' is required for HMAC" }, 'hmac', 16);
fails({ code: 'ERR_INVALID_ARG_VALUE', message: "The property 'options.iv' must be non-empty for GMAC" }, 'gmac', 16, { cipher: 'aes-128-gcm' });
fails({ code: 'ERR_INVALID_ARG_VALUE', message: "The property 'options.digest' is not supported by MAC siphash" }, 'siphash', 16, { digest: 'sha1' });
fails({ code: 'ERR_OSSL_EVP_INVALID_KEY_LENGTH' }, 'cmac', 16, { cipher: 'aes-256-cbc' });
fails({ code: 'ERR_OSSL_INVALID_MODE' }, 'cmac', 16, { cipher: 'aes-128-gcm' });
fails({ code: 'ERR_OSSL_EVP_UNSUPPORTED' }, 'hmac', 16, { digest: 'zzz' });
fails({ code: 'ERR_OSSL_INVALID_KEY_LENGTH' }, 'poly1305', 16);
fails({ code: 'ERR_CRYPTO_OPERATION_FAILED' }, 'siphash', 15);
assert.throws(() => crypto.createMac('siphash', 'text'), { code: 'ERR_INVALID_ARG_TYPE' });

const once = crypto.createMac('siphash', crypto.createSecretKey(key(16)));
once.update('61', 'hex').final();
assert.throws(() => once.final(), { code: 'ERR_CRYPTO_MAC_FINALIZED' });
assert.throws(() => once.update('a'), { code: 'ERR_CRYPTO_MAC_FINALIZED' });

const stream = crypto.createMac('siphash', key(16)).setEncoding('hex');
stream.on('data', (code) => assert.strictEqual(code, '63adc27f69166a4257a755c5d6fe44a8'));
stream.end('a');

assert.throws(() => crypto.setEngine('no such engine'), { code: 'ERR_CRYPTO_ENGINE_UNKNOWN', message: 'Engine "no such engine" was not found' });
