import assert from 'node:assert';
import { nanoid, customAlphabet, customRandom, random, urlAlphabet } from 'nanoid';
import { nanoid as insecure } from 'nanoid/non-secure';

assert.match(nanoid(), /^[\w-]{21}$/);
assert.strictEqual(nanoid(10).length, 10);
assert.strictEqual(new Set(Array.from({ length: 2000 }, () => nanoid())).size, 2000);
assert.match(customAlphabet('1234567890abcdef', 12)(), /^[0-9a-f]{12}$/);
assert.match(customRandom('ab', 5, random)(), /^[ab]{5}$/);
assert.strictEqual(urlAlphabet.length, 64);
assert.match(insecure(), /^[\w-]{21}$/);
