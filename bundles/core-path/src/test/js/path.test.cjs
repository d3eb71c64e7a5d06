'use strict';

const assert = require('node:assert');
const path = require('node:path');

const { posix, win32 } = path;
assert.strictEqual(require('path/posix'), posix);
assert.strictEqual(require('path/win32'), win32);

assert.strictEqual(posix.join('/a', '..', 'b/./c//d', '..'), '/b/c');
assert.strictEqual(posix.normalize('a/../../b/'), '../b/');
assert.strictEqual(posix.resolve('/a/b', '../c'), '/a/c');
assert.strictEqual(posix.relative('/a/b/c', '/a/d'), '../../d');
assert.strictEqual(posix.basename('/a/b.html', '.html'), 'b');
assert.strictEqual(posix.extname('.profile'), '');
assert.deepStrictEqual(posix.parse('/home/x/file.txt'),
                       { root: '/', dir: '/home/x', base: 'file.txt', ext: '.txt', name: 'file' });
assert.strictEqual(posix.format({ dir: '/a', name: 'b', ext: 'c' }), '/a/b.c');

assert.strictEqual(win32.join('c:\\a', '..', 'b'), 'c:\\b');
assert.strictEqual(win32.normalize('//server/share/a/..'), '\\\\server\\share\\');
assert.strictEqual(win32.resolve('c:/a', 'd:b', 'c:d'), 'c:\\a\\d');
assert.strictEqual(win32.relative('C:\\orandea\\test\\aaa', 'C:\\orandea\\impl\\bbb'), '..\\..\\impl\\bbb');
assert.strictEqual(win32.toNamespacedPath('c:\\a'), '\\\\?\\c:\\a');
assert.strictEqual(win32.dirname('\\\\server\\share\\a'), '\\\\server\\share\\');

assert.strictEqual(posix.matchesGlob('src/a/b.js', 'src/**/*.{js,ts}'), true);
assert.strictEqual(posix.matchesGlob('src/.hidden', 'src/*'), false);
assert.throws(() => path.join(1), { code: 'ERR_INVALID_ARG_TYPE' });
