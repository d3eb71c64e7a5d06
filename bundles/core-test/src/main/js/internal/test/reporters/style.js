'use strict';

// What spec and dot have in common: marks, colors, and one line for each test.

const colors = require('internal/util/colors');
const { inspect } = require('internal/util/inspect');
const { withoutOwnFrames } = require('internal/test/failure');

const marks = {
  '__proto__': null,
  'test:fail': '\u2716 ',
  'test:pass': '\u2714 ',
  'test:diagnostic': '\u2139 ',
  'arrow': '\u25B6 ',
  'skip': '\uFE63 ',
  'warning': '\u26A0 ',
};

function colorOf(type) {
  switch (type) {
    case 'test:fail': case 'error': return colors.red;
    case 'test:pass': return colors.green;
    case 'warn': return colors.yellow;
    default: return colors.blue;
  }
}

function indent(nesting) {
  return '  '.repeat(nesting);
}

function formatError(error, before) {
  const shown = error.code === 'ERR_TEST_FAILURE' && 'cause' in error ? error.cause : error;
  const text = withoutOwnFrames(inspect(shown, { colors: colors.hasColors, breakLength: Infinity }));
  return text.split(/\r?\n/).map((line) => (line === '' ? '\n' : `${before}  ${line}\n`)).join('');
}

/** A line with the outcome of a test, and below it its error, if that is wanted. */
function formatTest(type, data, showError) {
  const before = indent(data.nesting);
  let color = colorOf(type);
  let mark = marks[type];
  const { skip, todo, expectFailure } = data;
  const milliseconds = data.details?.duration_ms;
  let title = milliseconds === undefined ? data.name : `${data.name} ${colors.gray}(${milliseconds}ms)${colors.white}`;
  if (skip !== undefined) {
    title += ` # ${typeof skip === 'string' && skip !== '' ? skip : 'SKIP'}`;
    color = colors.gray;
    mark = marks.skip;
  } else if (todo !== undefined) {
    title += ` # ${typeof todo === 'string' && todo !== '' ? todo : 'TODO'}`;
    if (type === 'test:fail') {
      mark = marks.warning;
      color = colors.yellow;
    }
  } else if (expectFailure !== undefined) {
    title += ` # EXPECTED FAILURE${typeof expectFailure === 'string' ? `: ${expectFailure}` : ''}`;
  }
  const line = `${before}${color}${mark}${title}${colors.white}\n`;
  return showError && data.details?.error ? line + formatError(data.details.error, before) : line;
}

module.exports = { colorOf, colors, formatTest, indent, marks };
