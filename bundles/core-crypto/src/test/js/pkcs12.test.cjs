'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');

// A key on P-256 and its certificate for CN=nodule, under the passphrase 'secret'.
const bundle = Buffer.from([
  'MIIEDAIBAzCCA8IGCSqGSIb3DQEHAaCCA7MEggOvMIIDqzCCAmIGCSqGSIb3DQEHBqCCAlMwggJPAgEAMIICSAYJKoZIhvcNAQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSI',
  'b3DQEFDDAcBAiNh0QJn8yOawICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPHJ4Uw8Tbz5bQuuONUYfMaAggHgsUXAEh0Lana19pqI3sLyrjz5pLSY7AhCdQJy',
  'CEVTA+c4OppJ1dDBoLW/Op3oJi9yRI7SGUnG/mYiJR3cP6HWTFDNGw9Gz8nRtRqL9rb1vUDmo9aePhCdDVLvSQMjKxU7paqN7oflg4JghKT7x15O9E2+Ctsd85QG4ym3oW',
  'UjDPqL5uI/CbGfi1rKnGO3+vp2mo/072mkboiUBruCvL8QnGC2NUdIK7GFgfiehSL4LE/TJHVbrntcD/NH344jcmSSJ5GqBO8eKcRnBN6QMvgknFWQr5oMbfp79bVHt5gF',
  '7sCdrDS80VS2/JmQCsj020MLL9b7pdcG+sQ5cPUGiwxYtN8+wp1HRDhqQOnRD0UPQ/mCXnfCLWtB2dQCpaBTS2Qb3rTJHoAsZzAlFRY9o0d7LD94ls57WEuqVC4s+PMoi3',
  '8GlEq2LjPHkoXPH3M0KmbHX7sf0EYIfa2h26ldr+Rz0mXswzoiXaEMYBNLfUjEe+v7p04MQHvLKfAHjMNusKQ6TV2cqj7unhMu6N2Rom2JBfEdA2kH93PRi8k7WCE4dyx7',
  '+ZfVibcR3y1IPXTC4ulj40rrIpdyXBJI8tc7i+PzQ8pJbo52E/rQxIv6Ep+99j+MuTEf73GUyEf5P7ykgFWpMIIBQQYJKoZIhvcNAQcBoIIBMgSCAS4wggEqMIIBJgYLKo',
  'ZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECPN+DU77OwmyAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQc2/VKqB6Z21R',
  'DVyrsffwBgSBkATztn/WqfVU/upXm7bdwO94Y0QH2Hlx84pPzaqYRWkViL3e1RN2v5W9ag7QyeBgYzHjPr3eDL5q89iQBR1qgYJSC6wQ9pHaBRuJbayHunmT53hWNBWda3',
  'LqATBlKia1yXSZXDpTi2XQ2ycB88Q4D+bx2mr8ZNB8XUT59er0i1GU73g2mkcji2ezwxdCHFo6aDElMCMGCSqGSIb3DQEJFTEWBBTfi8w6ImTd2FRbJA+zhRzQWbkNpTBB',
  'MDEwDQYJYIZIAWUDBAIBBQAEIECgZcAg/1cz5Ih5qSlWd6UDI7v8qq6voMPnwr6TaUvYBAg+QvIRSImc4QICCAA=',
].join(''), 'base64');

const { privateKey, certificate, additionalCertificates } = crypto.parsePKCS12(bundle, { passphrase: 'secret' });
assert.strictEqual(privateKey.asymmetricKeyType, 'ec');
assert.strictEqual(certificate.subject, 'CN=nodule');
assert(certificate.checkPrivateKey(privateKey));
assert.deepStrictEqual(additionalCertificates, []);
assert(crypto.parsePKCS12(new Uint8Array(bundle).buffer, { passphrase: Buffer.from('secret') }).certificate.checkPrivateKey(privateKey));

for (const options of [undefined, {}, { passphrase: '' }, { passphrase: 'other' }]) {
  assert.throws(() => crypto.parsePKCS12(bundle, options), { code: 'ERR_OSSL_PKCS12_MAC_VERIFY_FAILURE' });
}
for (const broken of [Buffer.alloc(0), Buffer.from('junk'), bundle.subarray(0, 100)]) {
  assert.throws(() => crypto.parsePKCS12(broken), { code: 'ERR_CRYPTO_OPERATION_FAILED', message: 'Input is not a valid PKCS#12 structure' });
}
assert.throws(() => crypto.parsePKCS12('text'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.parsePKCS12(bundle, { passphrase: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
