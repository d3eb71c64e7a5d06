'use strict';

const { validateNumber } = require('internal/validators');
const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');

const LONGEST = 2 ** 31 - 1;

// Milliseconds for a timer: a finite number of at least 0; a longer time than a timer can hold becomes the longest, with a warning.
function getTimerDuration(milliseconds, name) {
  validateNumber(milliseconds, name);
  if (milliseconds < 0 || !Number.isFinite(milliseconds)) {
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', milliseconds);
  }
  if (milliseconds <= LONGEST) return milliseconds;
  process.emitWarning(
    `${milliseconds} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${LONGEST}.`,
    'TimeoutOverflowWarning',
  );
  return LONGEST;
}

module.exports = { getTimerDuration };
