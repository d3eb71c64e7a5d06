import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

mkdirSync('test', { recursive: true });
writeFileSync('test/array.js', `
const assert = require('node:assert');
describe('Array', function () {
  let list;
  before(() => new Promise((done) => setTimeout(done, 5)));
  beforeEach(() => { list = [1, 2, 3]; });
  it('is -1 when absent', () => { assert.strictEqual(list.indexOf(4), -1); });
  it('calls back', (done) => { setImmediate(done); });
  it('awaits', async () => { await null; });
  it('fails', () => { assert.deepStrictEqual(list, [1]); });
  it('is slow', function (done) { this.timeout(20); });
  it.skip('is skipped', () => {});
  it('is pending');
});
`);
writeFileSync('test/module.mjs', "import assert from 'node:assert';\ndescribe('module', () => { it('is loaded', () => { assert.ok(import.meta.url); }); });\n");
const require = createRequire(import.meta.url);
const mocha = join(dirname(require.resolve('mocha/package.json')), 'bin', 'mocha.js');
const run = (...args) => spawnSync(process.execPath, [mocha, ...args, 'test/*.{js,mjs}'], { encoding: 'utf8' });
const json = run('--reporter', 'json');
const { stats, failures } = JSON.parse(json.stdout);
assert.deepStrictEqual([stats.passes, stats.failures, stats.pending], [4, 2, 2]);
assert.strictEqual(json.status, 2);
assert.match(failures.find((it) => it.title === 'is slow').err.message, /Timeout of 20ms exceeded/);
const spec = run('--parallel', '--jobs', '2');
assert.match(spec.stdout, /4 passing/);
assert.match(spec.stdout, /2 failing/);
