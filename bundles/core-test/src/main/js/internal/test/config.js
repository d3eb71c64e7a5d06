'use strict';

// What the command line says about tests.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { validateInteger } = require('internal/validators');

const LITERAL = /^\/(.*)\/([a-z]*)$/s;

/** `/text/flags` is an expression with flags, everything else the text of one. */
function toPattern(value, name) {
  const literal = LITERAL.exec(value);
  try {
    return literal === null ? new RegExp(value) : new RegExp(literal[1], literal[2]);
  } catch (error) {
    throw new ERR_INVALID_ARG_VALUE(name, value, `is an invalid regular expression.${error.message ? ` ${error.message}` : ''}`);
  }
}

function patternsOf(option) {
  const values = getOptionValue(option);
  return values.length > 0 ? values.map((value) => toPattern(value, option)) : null;
}

function numberOf(option) {
  const value = getOptionValue(option);
  return typeof value === 'number' ? value : undefined;
}

function shardOf(text) {
  if (!text) return undefined;
  const parts = /^(\d+)\/(\d+)$/.exec(text);
  if (parts === null) {
    throw new ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  }
  return { index: Number(parts[1]), total: Number(parts[2]) };
}

function thresholdOf(option) {
  const value = numberOf(option);
  if (value !== undefined) validateInteger(value, option, 0, 100);
  return value ?? 0;
}

/** Tests themselves are left out unless the program says what else is. */
function exclusions(given) {
  return given?.length > 0 ? given : require('internal/test/files').defaultPatterns();
}

let config;

/** The settings of the process; the same object each time. */
function commandLine() {
  if (config !== undefined) return config;
  const isRunner = getOptionValue('--test') === true;
  const context = process.env.NODE_TEST_CONTEXT;
  const isChild = context === 'child' || context === 'child-v8';
  let reporters = getOptionValue('--test-reporter');
  let destinations = getOptionValue('--test-reporter-destination');
  if (isChild && context === 'child-v8') {
    reporters = ['internal/test/wire'];
    destinations = ['stdout'];
  } else if (reporters.length === 0) {
    reporters = [isChild ? 'tap' : 'spec'];
    if (destinations.length === 0) destinations = ['stdout'];
  } else if (reporters.length === 1 && destinations.length === 0) {
    destinations = ['stdout'];
  }
  if (reporters.length !== destinations.length) {
    throw new ERR_INVALID_ARG_VALUE(
      '--test-reporter', reporters, 'must match the number of specified \'--test-reporter-destination\'');
  }
  const isolation = getOptionValue('--test-isolation') || 'process';
  config = {
    __proto__: null,
    isRunner,
    isChild,
    // A file that runs by itself heeds `only` no more than one under --test without --test-only does.
    isTestRunning: isRunner || isChild,
    only: getOptionValue('--test-only') === true,
    namePatterns: patternsOf('--test-name-pattern'),
    skipPatterns: patternsOf('--test-skip-pattern'),
    timeout: numberOf('--test-timeout') || Infinity,
    concurrency: numberOf('--test-concurrency'),
    isolation,
    forceExit: getOptionValue('--test-force-exit') === true,
    updateSnapshots: getOptionValue('--test-update-snapshots') === true,
    moduleMocks: getOptionValue('--experimental-test-module-mocks') === true,
    coverage: getOptionValue('--experimental-test-coverage') === true && !isChild ? {
      __proto__: null,
      cwd: process.cwd(),
      includes: getOptionValue('--test-coverage-include'),
      excludes: exclusions(getOptionValue('--test-coverage-exclude')),
      thresholds: {
        line: thresholdOf('--test-coverage-lines'),
        branch: thresholdOf('--test-coverage-branches'),
        function: thresholdOf('--test-coverage-functions'),
      },
    } : undefined,
    globalSetup: getOptionValue('--test-global-setup') || undefined,
    shard: shardOf(getOptionValue('--test-shard')),
    reporters,
    destinations,
  };
  return config;
}

module.exports = { commandLine, exclusions, toPattern };
