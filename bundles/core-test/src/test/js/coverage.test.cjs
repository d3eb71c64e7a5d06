'use strict';

// What ran of a file: the report of --experimental-test-coverage, its thresholds, and what NODE_V8_COVERAGE writes.

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-'));
const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
fs.mkdirSync(path.join(folder, 'lib'));
write('lib/math.js', `'use strict';
function sign(number) {
  if (number < 0) {
    return -1;
  }
  return number === 0 ? 0 : 1;
}

function unused() {
  return 1;
}

module.exports = { sign, unused };
`);
write('math.test.js', `
require('node:test').test('sign', () => { require('./lib/math.js').sign(5); });
`);
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const env = { ...process.env };
delete env.NODE_TEST_CONTEXT;
const counts = path.join(folder, 'counts');
const args = ['--experimental-test-coverage', '--test-reporter=tap', '--test-coverage-lines=90', 'math.test.js'];
const run = spawnSync(process.execPath, args, { cwd: folder, env: { ...env, NODE_V8_COVERAGE: counts }, encoding: 'utf8' });
const report = run.stdout.slice(run.stdout.indexOf('# Error')).split('\n').map((line) => line.trimEnd());
assert.deepStrictEqual(report, [
  '# Error: 61.54% line coverage does not meet threshold of 90%.',
  '# start of coverage report',
  '# ----------------------------------------------------------',
  '# file      | line % | branch % | funcs % | uncovered lines',
  '# ----------------------------------------------------------',
  '# lib       |        |          |         |',
  '#  math.js  |  61.54 |    50.00 |   50.00 | 4-5 9-11',
  '# ----------------------------------------------------------',
  '# all files |  61.54 |    50.00 |   50.00 |',
  '# ----------------------------------------------------------',
  '# end of coverage report',
  '',
]);
assert.strictEqual(run.status, 1);

const [file] = fs.readdirSync(counts);
const { result } = JSON.parse(fs.readFileSync(path.join(counts, file), 'utf8'));
const { functions } = result.find(({ url }) => url.endsWith('/lib/math.js'));
assert.deepStrictEqual(functions.map(({ functionName, isBlockCoverage, ranges }) => [functionName, isBlockCoverage, ranges[0].count]),
                       [['', true, 1], ['sign', true, 1], ['unused', false, 0]]);
