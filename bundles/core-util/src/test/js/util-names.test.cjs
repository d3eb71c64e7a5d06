'use strict';
// Names of promisified functions, tables of util.inspect that a program writes to, parseArgs and __proto__.
const assert = require('node:assert');
const child_process = require('node:child_process');
const util = require('node:util');

assert.strictEqual(util.promisify(child_process.exec).name, 'exec');
assert.strictEqual(util.promisify(child_process.execFile).name, 'execFile');

const options = { __proto__: null };
Object.defineProperty(options, '__proto__', { value: { type: 'string', default: 'x' }, enumerable: true });
assert.deepStrictEqual(Object.keys(util.parseArgs({ args: [], options }).values), []);

const { regexp, number } = util.inspect.styles;
util.inspect.styles.regexp.colors = ['red', 'blue'];
assert.strictEqual(util.inspect(/a/, { colors: true }), '\u001b[31m/\u001b[39m\u001b[31ma\u001b[39m\u001b[31m/\u001b[39m');
util.inspect.styles.regexp = 'red';
assert.strictEqual(util.inspect(/a/, { colors: true }), '\u001b[31m/a/\u001b[39m');
util.inspect.styles.number = 'green';
assert.strictEqual(util.inspect(1, { colors: true }), '\u001b[32m1\u001b[39m');
Object.assign(util.inspect.styles, { regexp, number });
