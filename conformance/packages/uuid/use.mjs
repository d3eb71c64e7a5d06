import assert from 'node:assert';
import { v1, v3, v4, v5, v6, v7, v1ToV6, parse, stringify, validate, version, NIL, MAX } from 'uuid';

for (const [make, number] of [[v1, 1], [v4, 4], [v6, 6], [v7, 7]]) {
  const id = make();
  assert.strictEqual(validate(id), true);
  assert.strictEqual(version(id), number);
  assert.notStrictEqual(make(), id);
}
assert.strictEqual(v5('hello.example.com', v5.DNS), 'fdda765f-fc57-5604-a269-52a7df8164ec');
assert.strictEqual(v3('hello.example.com', v3.DNS), '9125a8dc-52ee-365b-a5aa-81b0b3681cf6');
assert.strictEqual(v4({ random: Uint8Array.of(0x10, 0x91, 0x56, 0xbe, 0xc4, 0xfb, 0xc1, 0xea, 0x71, 0xb4, 0xef, 0xe1, 0x67, 0x1c, 0x58, 0x36) }), '109156be-c4fb-41ea-b1b4-efe1671c5836');
assert.strictEqual(stringify(parse(MAX)), MAX);
assert.ok(v7() > NIL);
assert.strictEqual(version(v1ToV6(v1())), 6);
assert.throws(() => parse('nothing'), TypeError);
