'use strict';

// --test-only: a suite runs for the tests in it that are marked.

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'only-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
fs.writeFileSync(path.join(folder, 'some.test.cjs'), `
const { describe, test } = require('node:test');
const seen = (t) => console.log('ran', t.fullName);
describe('A', () => { test.only('a', seen); test('b', seen); describe('C', () => { test.only('c', seen); }); });
describe.only('B', () => { test('d', seen); });
describe('D', () => { test('e', seen); });
test('f', seen);
`);
const env = { ...process.env };
delete env.NODE_TEST_CONTEXT;
const { stdout, status } = spawnSync(process.execPath, ['--test-only', 'some.test.cjs'], { cwd: folder, env, encoding: 'utf8' });
assert.deepStrictEqual(stdout.match(/^ran .*$/gm), ['ran A > a', 'ran A > C > c', 'ran B > d']);
assert.strictEqual(status, 0);
