'use strict';

const assert = require('node:assert');
const querystring = require('node:querystring');

assert.deepStrictEqual({ ...querystring.parse('a=1&b=2&a=%33&c&=d&x%zz=+%20') },
                       { 'a': ['1', '3'], 'b': '2', 'c': '', '': 'd', 'x%zz': '  ' });
assert.deepStrictEqual(Object.keys(querystring.parse('a&b&c', null, null, { maxKeys: 2 })), ['a', 'b']);
assert.deepStrictEqual({ ...querystring.parse('a:1;b:2', ';', ':') }, { a: '1', b: '2' });
assert.strictEqual(querystring.stringify({ a: [1, true, ''], b: 'é ', c: undefined, d: 5n }),
                   'a=1&a=true&a=&b=%C3%A9%20&c=&d=5');
assert.throws(() => querystring.escape('\ud800'), { code: 'ERR_INVALID_URI' });
assert.strictEqual(querystring.unescape('%FF'), '\ufffd');
