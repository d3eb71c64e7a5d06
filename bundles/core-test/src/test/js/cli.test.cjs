'use strict';

// --test, its reporters and filters, as another process shows them.

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'core-test-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

fs.writeFileSync(path.join(folder, 'sum.test.cjs'), `
const { test, describe, it } = require('node:test');
const assert = require('node:assert');
test('adds', () => assert.strictEqual(1 + 1, 2));
describe('suite', () => {
  it('fails', () => assert.strictEqual(1, 2));
  it('is skipped', { skip: 'not now' }, () => assert.fail());
  it('is to be done', { todo: true }, () => assert.fail());
});
`);
fs.writeFileSync(path.join(folder, 'other.txt'), 'no test');

const environment = { ...process.env };
delete environment.NODE_TEST_CONTEXT;

function run(...args) {
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: environment });
  return { status, stdout };
}

// The default patterns find the file; its failure is the run's.
const tap = path.join(folder, 'out.tap');
const xml = path.join(folder, 'out.xml');
const all = run('--test', '--test-reporter=tap', `--test-reporter-destination=${tap}`, '--test-reporter=junit',
                `--test-reporter-destination=${xml}`, '--test-reporter=dot', '--test-reporter-destination=stdout');
assert.strictEqual(all.status, 1);
assert.match(all.stdout, /^\.X/);

const text = fs.readFileSync(tap, 'utf8');
assert.match(text, /^TAP version 13\n# Subtest: adds\nok 1 - adds\n {2}---\n {2}duration_ms: [\d.]+\n {2}type: 'test'\n/);
assert.match(text, /^ {4}not ok 1 - fails$/m);
assert.match(text, /^ {4}ok 2 - is skipped # SKIP not now$/m);
assert.match(text, /^ {4}not ok 3 - is to be done # TODO$/m);
assert.match(text, /^ {6}operator: 'strictEqual'$/m);
assert.match(text, /^1\.\.2$/m);
assert.match(text, /^# tests 4\n# suites 1\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 1\n/m);

const report = fs.readFileSync(xml, 'utf8');
assert.match(report, /^<\?xml version="1.0" encoding="utf-8"\?>\n<testsuites>\n\t<testcase name="adds"/);
assert.match(report, /<testsuite name="suite" time="[\d.]+" disabled="0" errors="0" tests="3" failures="2" skipped="2" timestamp=/);
assert.match(report, /<failure type="testCodeFailure" message="Expected values to be strictly equal:/);

// Names choose.
const chosen = run('--test', '--test-reporter=tap', '--test-name-pattern=/ADDS/i', 'sum.test.cjs');
assert.strictEqual(chosen.status, 0);
assert.match(chosen.stdout, /^# tests 1$/m);
