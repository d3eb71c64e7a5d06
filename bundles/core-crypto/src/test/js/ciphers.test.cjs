'use strict';

// Every cipher that is listed works both ways; authenticated ones refuse what was changed.

const assert = require('node:assert');
const crypto = require('node:crypto');

const text = Buffer.from('Whatever is encrypted shall be the same again. 48');
for (const name of ['aes-128-cbc', 'aes-192-ctr', 'aes-256-cfb8', 'aes-128-ofb', 'aria-256-cbc', 'camellia-128-cfb', 'sm4-ctr', 'des-ede3-cbc', 'chacha20']) {
  const { keyLength, ivLength } = crypto.getCipherInfo(name);
  const key = crypto.randomBytes(keyLength);
  const iv = crypto.randomBytes(ivLength);
  const cipher = crypto.createCipheriv(name, key, iv);
  const sealed = Buffer.concat([cipher.update(text.subarray(0, 7)), cipher.update(text.subarray(7)), cipher.final()]);
  const decipher = crypto.createDecipheriv(name, key, iv);
  assert.deepStrictEqual(Buffer.concat([decipher.update(sealed), decipher.final()]), text, name);
}

for (const name of ['aes-256-gcm', 'aes-128-ccm', 'aes-256-ocb', 'chacha20-poly1305', 'aria-128-gcm']) {
  const { keyLength, ivLength, mode } = crypto.getCipherInfo(name);
  const key = crypto.randomBytes(keyLength);
  const iv = crypto.randomBytes(ivLength);
  const options = { authTagLength: 16 };
  const cipher = crypto.createCipheriv(name, key, iv, options).setAAD(Buffer.from('more'), { plaintextLength: text.length });
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  const open = (tag) => {
    const decipher = crypto.createDecipheriv(name, key, iv, options).setAuthTag(tag).setAAD(Buffer.from('more'), { plaintextLength: sealed.length });
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  };
  assert.deepStrictEqual(open(cipher.getAuthTag()), text, name);
  assert.throws(() => open(Buffer.alloc(16)), /unable to authenticate/);
  if (mode === 'ccm') assert.throws(() => crypto.createCipheriv(name, key, iv), /authTagLength required/);
}

// GCM gives all bytes at once, whole blocks or not, for an IV of any length.
for (const ivLength of [12, 16]) {
  const key = Buffer.alloc(16, 1);
  const iv = Buffer.alloc(ivLength, 2);
  const whole = crypto.createCipheriv('aes-128-gcm', key, iv);
  const expected = whole.update(text);
  whole.final();
  const parts = crypto.createCipheriv('aes-128-gcm', key, iv);
  let at = 0;
  for (const length of [1, 3, 0, 13, 16, 5, 11]) {
    const part = parts.update(text.subarray(at, at + length));
    assert.deepStrictEqual(part, expected.subarray(at, at + length));
    at += length;
  }
  assert.strictEqual(parts.final().length, 0);
  assert.deepStrictEqual(parts.getAuthTag(), whole.getAuthTag());
}

// RFC 3394, section 4.1.
const wrap = crypto.createCipheriv('id-aes128-wrap', Buffer.from('000102030405060708090A0B0C0D0E0F', 'hex'), Buffer.alloc(8, 0xa6));
assert.strictEqual(wrap.update('00112233445566778899AABBCCDDEEFF', 'hex', 'hex'), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
assert.throws(() => crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).final(), { code: 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH' });
