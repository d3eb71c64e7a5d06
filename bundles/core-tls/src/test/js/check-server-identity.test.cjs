'use strict';

const assert = require('node:assert');
const tls = require('node:tls');

const accepted = [
  ['a.com', { subject: { CN: 'a.com' } }],
  ['A.COM.', { subject: { CN: 'a.com' } }],
  ['b.a.com', { subject: { CN: '*.a.com' } }],
  ['a.com', { subject: { CN: ['b.com', 'a.com'] } }],
  ['foo.a.com', { subject: {}, subjectaltname: 'DNS:x.com, DNS:f*o.a.com' }],
  ['127.0.0.1', { subject: {}, subjectaltname: 'IP Address:127.0.0.1' }],
  ['::1', { subject: {}, subjectaltname: 'IP Address:0:0:0:0:0:0:0:1' }],
];
for (const [host, cert] of accepted) assert.strictEqual(tls.checkServerIdentity(host, cert), undefined, host);

const refused = [
  ['a.com', { subject: { CN: 'b.com' } }, 'Host: a.com. is not cert\'s CN: b.com'],
  ['c.b.a.com', { subject: { CN: '*.a.com' } }, 'Host: c.b.a.com. is not cert\'s CN: *.a.com'],
  ['a.com', { subject: { CN: '*.com' } }, 'Host: a.com. is not cert\'s CN: *.com'],
  // An alternative name puts the common name out of use.
  ['a.com', { subject: { CN: 'a.com' }, subjectaltname: 'DNS:b.com' },
   'Host: a.com. is not in the cert\'s altnames: DNS:b.com'],
  ['8.8.8.8', { subject: { CN: '8.8.8.8' } }, 'IP: 8.8.8.8 is not in the cert\'s list: '],
  ['a.com', { subject: {} }, 'Cert does not contain a DNS name'],
  ['a.com', { subject: {}, subjectaltname: 'DNS:"x, DNS:a.com"' },
   'Host: a.com. is not in the cert\'s altnames: DNS:"x, DNS:a.com"'],
];
for (const [host, cert, reason] of refused) {
  const error = tls.checkServerIdentity(host, cert);
  assert.ok(error instanceof Error, host);
  assert.strictEqual(error.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  assert.strictEqual(error.reason, reason);
  assert.strictEqual(error.message, `Hostname/IP does not match certificate's altnames: ${reason}`);
  assert.strictEqual(error.host, host);
  assert.strictEqual(error.cert, cert);
}
assert.throws(() => tls.checkServerIdentity('a.com', { subjectaltname: 'DNS:"a' }), { code: 'ERR_TLS_CERT_ALTNAME_FORMAT' });
