'use strict';
const assert = require('node:assert');
const _ = require('lodash');
const fp = require('lodash/fp');
const chunk = require('lodash/chunk');

assert.deepStrictEqual(_.defaults({ a: 1 }, { a: 3, b: 2 }), { a: 1, b: 2 });
assert.deepStrictEqual(_.partition([1, 2, 3, 4], (n) => n % 2), [[1, 3], [2, 4]]);
assert.deepStrictEqual(_.groupBy([6.1, 4.2, 6.3], Math.floor), { 4: [4.2], 6: [6.1, 6.3] });
assert.deepStrictEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);
assert.deepStrictEqual(fp.flow(fp.map((n) => n * 2), fp.filter((n) => n > 2))([1, 2, 3]), [4, 6]);
assert.strictEqual(_.template('Hello <%- name %>!')({ name: '<you>' }), 'Hello &lt;you&gt;!');
const original = { date: new Date(0), map: new Map([['k', [1]]]), buffer: Buffer.from('ab'), expression: /x/g };
const copy = _.cloneDeep(original);
assert.deepStrictEqual(copy, original);
assert.notStrictEqual(copy.map.get('k'), original.map.get('k'));
assert.strictEqual(_.isEqual(copy, original), true);
assert.deepStrictEqual(_(['a', 'b', 'c']).map(_.upperCase).reverse().take(2).value(), ['C', 'B']);
assert.strictEqual(_.camelCase('Foo Bar-baz'), 'fooBarBaz');
assert.deepStrictEqual(_.words('fred, barney & pebbles'), ['fred', 'barney', 'pebbles']);
assert.strictEqual(_.isTypedArray(new Uint8Array(1)), true);
assert.strictEqual(_.isBuffer(Buffer.alloc(1)), true);

let calls = 0;
const debounced = _.debounce(() => calls++, 20);
debounced();
debounced();
setTimeout(() => assert.strictEqual(calls, 1), 200);
