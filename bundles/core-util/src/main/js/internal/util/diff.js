'use strict';

// The shortest edit script between two lists, after Myers ("An O(ND) Difference Algorithm"), as util.diff and assertion messages use it.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateStringArray, validateString } = require('internal/validators');

const kDelete = -1; // only in `expected`
const kNop = 0;
const kInsert = 1; // only in `actual`

function endsAlike(a, b, checkCommaDisparity) {
  if (a === b) return true;
  // Lines of printed values that differ only in the comma of a last entry.
  return checkCommaDisparity && (`${a},` === b || a === `${b},`);
}

function myersDiff(actual, expected, checkCommaDisparity = false) {
  const actualLength = actual.length;
  const expectedLength = expected.length;
  const max = actualLength + expectedLength;
  if (max > 2 ** 31 - 1) {
    throw new ERR_OUT_OF_RANGE('myersDiff input size', '< 2^31', max);
  }
  const v = new Int32Array(2 * max + 1);
  const trace = [];
  for (let level = 0; level <= max; level++) {
    trace.push(new Int32Array(v));
    for (let diagonal = -level; diagonal <= level; diagonal += 2) {
      const offset = diagonal + max;
      const previous = v[offset - 1] ?? 0;
      const next = v[offset + 1] ?? 0;
      let x = diagonal === -level || (diagonal !== level && previous < next) ? next : previous + 1;
      let y = x - diagonal;
      while (x < actualLength && y < expectedLength && endsAlike(actual[x], expected[y], checkCommaDisparity)) {
        x++;
        y++;
      }
      v[offset] = x;
      if (x >= actualLength && y >= expectedLength) return backtrack(trace, actual, expected, checkCommaDisparity);
    }
  }
  return [];
}

// From the end to the start; the result is in reverse order.
function backtrack(trace, actual, expected, checkCommaDisparity) {
  const max = actual.length + expected.length;
  let x = actual.length;
  let y = expected.length;
  const result = [];
  for (let level = trace.length - 1; level >= 0; level--) {
    const v = trace[level];
    const diagonal = x - y;
    const offset = diagonal + max;
    const previousDiagonal = diagonal === -level ||
      (diagonal !== level && (v[offset - 1] ?? 0) < (v[offset + 1] ?? 0)) ? diagonal + 1 : diagonal - 1;
    const previousX = v[previousDiagonal + max];
    const previousY = previousX - previousDiagonal;
    while (x > previousX && y > previousY) {
      const value = actual[x - 1];
      // Of two alike lines the one with the comma is shown.
      result.push([kNop, !checkCommaDisparity || value.endsWith(',') ? value : expected[y - 1]]);
      x--;
      y--;
    }
    if (level > 0) {
      if (x > previousX) result.push([kInsert, actual[--x]]);
      else result.push([kDelete, expected[--y]]);
    }
  }
  return result;
}

function validateInput(value, name) {
  if (!Array.isArray(value)) {
    if (typeof value === 'string') validateString(value, name);
    else throw new ERR_INVALID_ARG_TYPE(name, 'string', value);
    return;
  }
  validateStringArray(value, name);
}

function diff(actual, expected) {
  if (actual === expected) return [];
  validateInput(actual, 'actual');
  validateInput(expected, 'expected');
  return myersDiff(actual, expected).reverse();
}

module.exports = { myersDiff, diff, kInsert, kDelete, kNop };
