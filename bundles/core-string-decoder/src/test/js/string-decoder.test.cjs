'use strict';

const assert = require('node:assert');
const { StringDecoder } = require('node:string_decoder');

// Whatever the cuts, the text is the same.
const text = 'a€😀é'.repeat(3);
for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1']) {
  const bytes = Buffer.from(text);
  const expected = bytes.toString(encoding);
  for (let size = 1; size < 8; size++) {
    const decoder = new StringDecoder(encoding);
    let out = '';
    for (let i = 0; i < bytes.length; i += size) out += decoder.write(bytes.subarray(i, i + size));
    assert.strictEqual(out + decoder.end(), expected, `${encoding} ${size}`);
  }
}
const decoder = new StringDecoder();
assert.strictEqual(decoder.write(Buffer.from([0xe2, 0x82])), '');
assert.strictEqual(decoder.lastNeed, 1);
assert.strictEqual(decoder.end(), '\ufffd');
assert.throws(() => new StringDecoder('none'), { code: 'ERR_UNKNOWN_ENCODING' });
