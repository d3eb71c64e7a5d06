'use strict';

// X509Certificate: names, relations and checks, of a certificate that signs itself.

const assert = require('node:assert');
const crypto = require('node:crypto');

assert.throws(() => new crypto.X509Certificate('nothing'), { code: 'ERR_OSSL_PEM_NO_START_LINE' });
assert.throws(() => new crypto.X509Certificate(1), { code: 'ERR_INVALID_ARG_TYPE' });

// Made with OpenSSL: CN=nodule.test, two DNS names, one address, an address of mail.
const certificate = new crypto.X509Certificate(`-----BEGIN CERTIFICATE-----
MIIB5jCCAYygAwIBAgIULkRRttUC4d/LSQJVlqjJjs2Sxj0wCgYIKoZIzj0EAwIw
JzEPMA0GA1UECgwGTm9kdWxlMRQwEgYDVQQDDAtub2R1bGUudGVzdDAgFw0yNjEx
MjIwMTQwNDNaGA8yMTI2MTAyOTAxNDA0M1owJzEPMA0GA1UECgwGTm9kdWxlMRQw
EgYDVQQDDAtub2R1bGUudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGE3
x2so+iXjV/WIYYif0UFwCywKqtFbwGViaQRRzerjhS9djjSachGQvmr8cHm3Yk08
BGkfBSwJ7PQDI/D6iZ2jgZMwgZAwHQYDVR0OBBYEFICuNughWnTLDu/x2H5jMfef
MdH6MB8GA1UdIwQYMBaAFICuNughWnTLDu/x2H5jMfefMdH6MA8GA1UdEwEB/wQF
MAMBAf8wPQYDVR0RBDYwNIILbm9kdWxlLnRlc3SCDSoubm9kdWxlLnRlc3SHBH8A
AAGBEG1haWxAbm9kdWxlLnRlc3QwCgYIKoZIzj0EAwIDSAAwRQIhAPlGqlQHYcds
sLrYPb8/kKvA0dzYIOn+bUaTgrwIY9vPAiAxgY32CMMj3SCySBF7qIRUuN+gZiBL
ssRSMg5lcLOUZQ==
-----END CERTIFICATE-----
`);
assert.strictEqual(certificate.subject, 'O=Nodule\nCN=nodule.test');
assert.strictEqual(certificate.subjectAltName, 'DNS:nodule.test, DNS:*.nodule.test, IP Address:127.0.0.1, email:mail@nodule.test');
assert.strictEqual(certificate.checkHost('www.nodule.test'), '*.nodule.test');
assert.strictEqual(certificate.checkHost('a.b.nodule.test'), undefined);
assert.strictEqual(certificate.checkHost('www.nodule.test', { wildcards: false }), undefined);
assert.strictEqual(certificate.checkIP('127.0.0.1'), '127.0.0.1');
assert.strictEqual(certificate.checkIP('127.0.0.2'), undefined);
assert.strictEqual(certificate.checkEmail('mail@NODULE.test'), 'mail@NODULE.test');
assert.strictEqual(certificate.ca, true);
assert.ok(certificate.checkIssued(certificate));
assert.ok(certificate.verify(certificate.publicKey));
assert.ok(!certificate.verify(crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey));
assert.strictEqual(certificate.publicKey.asymmetricKeyDetails.namedCurve, 'prime256v1');
assert.strictEqual(certificate.signatureAlgorithm, 'ecdsa-with-SHA256');
assert.match(certificate.fingerprint256, /^([\dA-F]{2}:){31}[\dA-F]{2}$/);
assert.match(certificate.validFrom, /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT$/);
assert.deepStrictEqual(new crypto.X509Certificate(certificate.raw).toString(), certificate.toString());
const legacy = certificate.toLegacyObject();
assert.deepStrictEqual({ ...legacy.subject }, { O: 'Nodule', CN: 'nodule.test' });
assert.strictEqual(legacy.nistCurve, 'P-256');
assert.strictEqual(legacy.bits, 256);
