'use strict';

// The "spec" form of the report.

const { inspect } = require('internal/util/inspect');

const MARKS = { passed: '✔', failed: '✖', skipped: '﹣', todo: '✔', suite: '▶', info: 'ℹ' };
const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
const failures = [];
const started = process.hrtime.bigint();

function write(depth, line) {
  process.stdout.write(`${'  '.repeat(depth)}${line}\n`);
}

function suffix(node) {
  const word = node.skipped ? '# SKIP' : node.todo ? '# TODO' : '';
  const why = typeof node.options.skip === 'string' ? node.options.skip :
    typeof node.options.todo === 'string' ? node.options.todo : '';
  return word === '' ? '' : ` ${word}${why === '' ? '' : ` ${why}`}`;
}

function line(node) {
  const mark = node.skipped ? MARKS.skipped : node.failed && !node.todo ? MARKS.failed : MARKS.passed;
  return `${mark} ${node.name} (${node.duration}ms)${suffix(node)}`;
}

function begin(node) {
  if (node.announced || node.parent === null) return;
  begin(node.parent);
  node.announced = true;
  write(node.depth, `${MARKS.suite} ${node.name}`);
}

function end(node) {
  begin(node.parent);
  write(node.depth, line(node));
  for (const message of node.diagnostics) write(node.depth, `${MARKS.info} ${message}`);
  if (node.isSuite) {
    counts.suites++;
    return;
  }
  counts.tests++;
  if (node.skipped) counts.skipped++;
  else if (node.todo) counts.todo++;
  else if (node.cancelled) counts.cancelled++;
  else if (node.failed) counts.fail++;
  else counts.pass++;
  if (node.failed && !node.todo && !node.skipped) failures.push(node);
}

function summary() {
  for (const name of Object.keys(counts)) write(0, `${MARKS.info} ${name} ${counts[name]}`);
  write(0, `${MARKS.info} duration_ms ${Number(process.hrtime.bigint() - started) / 1e6}`);
  if (failures.length === 0) return;
  write(0, `\n${MARKS.failed} failing tests:`);
  for (const node of failures) {
    write(0, `\n${line(node)}`);
    for (const each of inspect(node.error).split('\n')) write(1, each);
  }
}

module.exports = { end, summary };
