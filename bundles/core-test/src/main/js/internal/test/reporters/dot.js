'use strict';

// One character for each test.

const { colors, formatTest } = require('internal/test/reporters/style');

const MINIMUM_COLUMNS = 20;

async function* dot(source) {
  colors.refresh();
  let column = 0;
  const failed = [];
  for await (const { type, data } of source) {
    if (type === 'test:pass') {
      yield `${colors.green}.${colors.reset}`;
    } else if (type === 'test:fail') {
      failed.push(data);
      yield `${colors.red}X${colors.reset}`;
    } else {
      continue;
    }
    if (++column === columns()) {
      yield '\n';
      column = 0;
    }
  }
  yield '\n';
  if (failed.length === 0) return;
  yield `\n${colors.red}Failed tests:${colors.white}\n\n`;
  for (const data of failed) yield formatTest('test:fail', { ...data, nesting: 0 }, true);
}

function columns() {
  return Math.max(process.stdout.columns ?? MINIMUM_COLUMNS, MINIMUM_COLUMNS);
}

module.exports = { dot };
