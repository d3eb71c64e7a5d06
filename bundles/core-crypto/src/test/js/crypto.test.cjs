'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');

assert.strictEqual(crypto.createHash('sha256').update('abc').digest('hex'),
                   'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
assert.strictEqual(crypto.createHmac('md5', 'key').update('data').digest('base64'), 'nVxz74VZTTTsRDi3yX5R2A==');
const hash = crypto.createHash('sha1').update('a');
assert.strictEqual(hash.copy().update('b').digest('hex'), crypto.createHash('sha1').update('ab').digest('hex'));
hash.digest();
assert.throws(() => hash.update('x'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
assert.throws(() => crypto.createHash('sha256').update(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createHash('nothing'), { message: 'Digest method not supported' });

assert.strictEqual(crypto.randomBytes(16).length, 16);
assert.match(crypto.randomUUID(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
assert.ok(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')));
assert.throws(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
assert.throws(() => crypto.randomInt(5, 1), { code: 'ERR_OUT_OF_RANGE' });

assert.strictEqual(crypto.pbkdf2Sync('password', 'salt', 1, 20, 'sha1').toString('hex'), '0c60c80f961f0e71f3a9b524af6012062fe037a6');
assert.strictEqual(crypto.scryptSync('', '', 16, { N: 16, r: 1, p: 1 }).toString('hex'), '77d6576238657b203b19ca42c18a0497');

const key = Buffer.alloc(32, 1);
const iv = Buffer.alloc(12, 2);
const cipher = crypto.createCipheriv('aes-256-gcm', key, iv);
const sealed = Buffer.concat([cipher.update('secret'), cipher.final()]);
const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
assert.strictEqual(decipher.update(sealed, null, 'utf8') + decipher.final('utf8'), 'secret');
