// The Web Cryptography API: each algorithm makes, uses, exports, imports and wraps keys.

import assert from 'node:assert';
import { KeyObject } from 'node:crypto';

const { subtle } = globalThis.crypto;
const data = new TextEncoder().encode('some data');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

assert.strictEqual(hex(await subtle.digest('sha-256', Buffer.from('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');

for (const algorithm of [
  { name: 'HMAC', hash: 'SHA-256' }, { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, 'Ed25519', 'ML-DSA-44',
  { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  { name: 'RSA-PSS', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1', saltLength: 20 },
]) {
  const made = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { privateKey = made, publicKey = made } = made;
  const signature = await subtle.sign(algorithm, privateKey, data);
  assert.ok(await subtle.verify(algorithm, publicKey, signature, data));
  assert.ok(!await subtle.verify(algorithm, publicKey, signature, data.subarray(1)));
  const jwk = await subtle.exportKey('jwk', privateKey);
  const again = await subtle.importKey('jwk', jwk, algorithm, true, privateKey.usages);
  assert.ok(KeyObject.from(again).equals(KeyObject.from(privateKey)));
}

for (const algorithm of [
  { name: 'AES-CBC', length: 128, iv: new Uint8Array(16) }, { name: 'AES-GCM', length: 256, iv: new Uint8Array(12), additionalData: data },
]) {
  const key = await subtle.generateKey(algorithm, true, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
  const sealed = await subtle.encrypt(algorithm, key, data);
  assert.deepStrictEqual(new Uint8Array(await subtle.decrypt(algorithm, key, sealed)), data);
  const wrapped = await subtle.wrapKey('raw', key, key, algorithm);
  const unwrapped = await subtle.unwrapKey('raw', wrapped, key, algorithm, algorithm, true, ['encrypt']);
  assert.deepStrictEqual(await subtle.exportKey('raw', unwrapped), await subtle.exportKey('raw', key));
}
const counter = { name: 'AES-CTR', length: 128 };
const ctrKey = await subtle.generateKey(counter, false, ['encrypt', 'decrypt']);
const use = { name: 'AES-CTR', counter: new Uint8Array(16).fill(255), length: 8 };
const twoBlocks = await subtle.encrypt(use, ctrKey, new Uint8Array(32));
assert.deepStrictEqual(new Uint8Array(await subtle.decrypt(use, ctrKey, twoBlocks)), new Uint8Array(32));
await assert.rejects(subtle.exportKey('raw', ctrKey), { name: 'InvalidAccessError' });

const [alice, bob] = await Promise.all([0, 1].map(() => subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])));
assert.deepStrictEqual(await subtle.deriveBits({ name: 'X25519', public: bob.publicKey }, alice.privateKey, 256),
                       await subtle.deriveBits({ name: 'X25519', public: alice.publicKey }, bob.privateKey, 256));

const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
const derive = { name: 'PBKDF2', hash: 'SHA-1', salt: Buffer.from('salt'), iterations: 1 };
assert.strictEqual(hex(await subtle.deriveBits(derive, password, 160)), '0c60c80f961f0e71f3a9b524af6012062fe037a6');
const derived = await subtle.deriveKey(derive, password, { name: 'AES-GCM', length: 256 }, true, ['encrypt']);
assert.strictEqual(derived.algorithm.length, 256);

const kem = await subtle.generateKey('ML-KEM-768', true, ['encapsulateBits', 'decapsulateBits']);
const { sharedKey, ciphertext } = await subtle.encapsulateBits('ML-KEM-768', kem.publicKey);
assert.deepStrictEqual(await subtle.decapsulateBits('ML-KEM-768', kem.privateKey, ciphertext), sharedKey);

await assert.rejects(subtle.digest('nothing', data), { name: 'NotSupportedError' });
await assert.rejects(subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, []), { name: 'SyntaxError' });
await assert.rejects(subtle.generateKey({ name: 'AES-GCM', length: 123 }, true, ['encrypt']), { name: 'OperationError' });
assert.throws(() => new CryptoKey(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
assert.strictEqual(SubtleCrypto.supports('generateKey', 'Ed25519'), true);
assert.strictEqual(SubtleCrypto.supports('digest', 'nothing'), false);
