'use strict';

const assert = require('node:assert');
const url = require('node:url');

const parsed = new URL('../b?x=1&y=é#h', 'HTTP://user:p%40@EXAMPLE.com:80/a/c/');
assert.strictEqual(parsed.href, 'http://user:p%40@example.com/a/b?x=1&y=%C3%A9#h');
assert.strictEqual(parsed.origin, 'http://example.com');
parsed.searchParams.append('z', 'a b');
assert.strictEqual(parsed.search, '?x=1&y=%C3%A9&z=a+b');
parsed.search = '';
assert.strictEqual(parsed.searchParams.size, 0);
parsed.host = 'bücher.example:8080';
assert.strictEqual(parsed.host, 'xn--bcher-kva.example:8080');
parsed.port = '99999';
assert.strictEqual(parsed.port, '8080');
assert.strictEqual(new URL('http://0x7f.1/').hostname, '127.0.0.1');
assert.strictEqual(new URL('http://[1:0::2]/').hostname, '[1::2]');
assert.throws(() => new URL('nothing', 'none'), { code: 'ERR_INVALID_URL', input: 'nothing', base: 'none' });
assert.strictEqual(URL.canParse('http://a b'), false);
assert.strictEqual(URL.parse('x'), null);

const params = new URLSearchParams({ b: '2', a: '1' });
params.sort();
assert.strictEqual(`${params}`, 'a=1&b=2');
assert.deepStrictEqual([...new URLSearchParams('?q=%41+%zz&q')], [['q', 'A %zz'], ['q', '']]);
assert.throws(() => new URLSearchParams([['a']]), { code: 'ERR_INVALID_TUPLE' });

assert.strictEqual(url.fileURLToPath('file:///a%20b', { windows: false }), '/a b');
assert.strictEqual(url.pathToFileURL('/a b%#?', { windows: false }).href, 'file:///a%20b%25%23%3F');
assert.strictEqual(url.fileURLToPath('file:///C:/a', { windows: true }), 'C:\\a');
assert.throws(() => url.fileURLToPath('http://a'), { code: 'ERR_INVALID_URL_SCHEME' });
assert.strictEqual(url.domainToUnicode('xn--bcher-kva.example'), 'bücher.example');
assert.deepStrictEqual({ ...url.urlToHttpOptions(new URL('https://a:b@x:1/p?q')) }.auth, 'a:b');

process.noDeprecation = true;
const legacy = url.parse('http://u:p@host.com:80/p/a/t/h?query=string#hash', true);
assert.strictEqual(legacy.auth, 'u:p');
assert.strictEqual(legacy.query.query, 'string');
assert.strictEqual(legacy.path, '/p/a/t/h?query=string');
assert.strictEqual(url.resolve('http://a/b/c/d;p?q', '../../../g'), 'http://a/g');
assert.strictEqual(url.format({ protocol: 'https', host: 'x', pathname: 'y', query: { z: 1 } }), 'https://x/y?z=1');
