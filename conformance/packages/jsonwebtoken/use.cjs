'use strict';
const assert = require('node:assert');
const { generateKeyPairSync } = require('node:crypto');
const jwt = require('jsonwebtoken');

assert.strictEqual(jwt.sign({ foo: 'bar', iat: 1 }, 'shhhhh'), 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJmb28iOiJiYXIiLCJpYXQiOjF9.Emd3zDa7-3QKdS4HHEhNuf68vricPVNd9TtvmZ8oAWw');
const token = jwt.sign({ foo: 'bar' }, 'shhhhh', { expiresIn: '1h', audience: 'urn:foo', subject: 'me', jwtid: '1' });
const decoded = jwt.verify(token, 'shhhhh', { audience: /urn:f[o]{2}/, subject: 'me' });
assert.deepStrictEqual([decoded.foo, decoded.exp - decoded.iat], ['bar', 3600]);
assert.throws(() => jwt.verify(token, 'wrong'), { name: 'JsonWebTokenError', message: 'invalid signature' });
assert.throws(() => jwt.verify(jwt.sign({}, 'k', { expiresIn: -10 }), 'k'), jwt.TokenExpiredError);
assert.throws(() => jwt.verify(jwt.sign({}, 'k', { notBefore: 60 }), 'k'), jwt.NotBeforeError);
assert.strictEqual(jwt.decode(token, { complete: true }).header.alg, 'HS256');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top' } });
for (const algorithm of ['RS256', 'PS384']) {
  const signed = jwt.sign({ a: 1 }, { key: rsa.privateKey, passphrase: 'top' }, { algorithm });
  assert.strictEqual(jwt.verify(signed, rsa.publicKey, { algorithms: [algorithm] }).a, 1);
}
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signed = jwt.sign({ a: 2 }, ec.privateKey, { algorithm: 'ES256' });
jwt.verify(signed, (header, done) => done(null, ec.publicKey), (error, payload) => {
  assert.ifError(error);
  assert.strictEqual(payload.a, 2);
});
assert.throws(() => jwt.verify(signed, rsa.publicKey, { algorithms: ['RS256'] }), /invalid algorithm/);
