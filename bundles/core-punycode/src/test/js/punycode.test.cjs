'use strict';

const assert = require('node:assert');
process.on('warning', (warning) => assert.strictEqual(warning.code, 'DEP0040'));
const punycode = require('node:punycode');

for (const { 0: text, 1: encoded } of [
  ['', ''], ['abc', 'abc-'], ['ü', 'tda'], ['mañana', 'maana-pta'], ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['💩', 'ls8h'], ['Bücher', 'Bcher-kva'],
]) {
  assert.strictEqual(punycode.encode(text), encoded);
  assert.strictEqual(punycode.decode(encoded), text);
}
assert.strictEqual(punycode.toASCII('mañana.com'), 'xn--maana-pta.com');
assert.strictEqual(punycode.toASCII('джумла@mañana。com'), 'джумла@xn--maana-pta.com');
assert.strictEqual(punycode.toUnicode('xn--maana-pta.com'), 'mañana.com');
assert.deepStrictEqual(punycode.ucs2.decode('a💩\ud800'), [0x61, 0x1f4a9, 0xd800]);
assert.strictEqual(punycode.ucs2.encode([0x61, 0x1f4a9]), 'a💩');
assert.throws(() => punycode.decode('\x81-'), { name: 'RangeError' });
assert.throws(() => punycode.decode('x\x81'), { name: 'RangeError', message: 'Invalid input' });
