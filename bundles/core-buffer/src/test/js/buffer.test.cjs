'use strict';

const assert = require('node:assert');
const { Blob, Buffer, File, atob, btoa, isUtf8, transcode } = require('node:buffer');

// Encodings, both ways.
const text = 'hé€😀';
for (const [encoding, expected] of [
  ['utf8', '68c3a9e282acf09f9880'], ['utf16le', '6800e900ac203dd800de'], ['latin1', '68e9ac3d00'],
]) {
  assert.strictEqual(Buffer.from(text, encoding).toString('hex'), expected);
}
assert.strictEqual(Buffer.from('-_+/', 'base64').toString('base64url'), '-_-_');
assert.strictEqual(Buffer.from('abxx12', 'hex').length, 1);
assert.strictEqual(Buffer.from('\ud800').toString('hex'), 'efbfbd');
assert.strictEqual(Buffer.from([0xed, 0xa0, 0x80, 0x41]).toString(), '\ufffd\ufffd\ufffdA');
assert.strictEqual(Buffer.byteLength(text), 10);
assert.throws(() => Buffer.from('a', 'none'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.throws(() => Buffer.from(5), { code: 'ERR_INVALID_ARG_TYPE' });

// One memory, many views; and results of built-ins are Buffers.
const whole = Buffer.from('abcdef');
const part = whole.subarray(1, 3);
part[0] = 0x7a;
assert.strictEqual(whole.toString(), 'azcdef');
assert.ok(part instanceof Buffer && whole.map((x) => x) instanceof Buffer);
assert.strictEqual(part.write('€€'), 0);

// Numbers.
const memory = Buffer.alloc(16);
assert.strictEqual(memory.writeInt32BE(-2, 4), 8);
assert.strictEqual(memory.readUInt32BE(4), 0xfffffffe);
assert.strictEqual(memory.readIntLE(5, 3), -65537);
memory.writeBigInt64LE(-5n, 8);
assert.strictEqual(memory.readBigInt64LE(8), -5n);
memory.writeDoubleBE(Math.PI);
assert.strictEqual(memory.readDoubleBE(), Math.PI);
assert.throws(() => memory.readUInt16LE(15), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => memory.writeUInt8(256), { code: 'ERR_OUT_OF_RANGE' });

// Search, comparison, filling.
const hay = Buffer.from('to be or not to be');
assert.strictEqual(hay.indexOf('be'), 3);
assert.strictEqual(hay.lastIndexOf('be'), 16);
assert.strictEqual(hay.indexOf(Buffer.from('be'), -3), 16);
assert.strictEqual(hay.includes('xyz'), false);
assert.strictEqual(Buffer.compare(Buffer.from('a'), Buffer.from('b')), -1);
assert.ok(Buffer.from('ab').equals(new Uint8Array([97, 98])));
assert.strictEqual(Buffer.alloc(5, 'ab').toString(), 'ababa');
assert.strictEqual(Buffer.concat([Buffer.from('a'), new Uint8Array([98])], 3).toString('latin1'), 'ab\0');
assert.strictEqual(Buffer.from('abcd').swap16().toString(), 'badc');

assert.strictEqual(atob(btoa('hi')), 'hi');
assert.throws(() => atob('*'), { name: 'InvalidCharacterError' });
assert.ok(isUtf8(Buffer.from(text)) && !isUtf8(Buffer.from([0xff])));
assert.strictEqual(transcode(Buffer.from('€'), 'utf8', 'latin1').toString(), '?');

(async () => {
  const file = new File(['ab', new Blob(['cd'])], 'x.txt', { type: 'Text/Plain' });
  assert.strictEqual(file.type, 'text/plain');
  assert.strictEqual(await file.slice(1, -1).text(), 'bc');
})();
