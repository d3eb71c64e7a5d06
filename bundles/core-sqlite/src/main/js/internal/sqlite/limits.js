'use strict';

// database.limits: sqlite3_limit by names.

const { checkOpen } = require('internal/sqlite/connection');
const { checkObject } = require('internal/sqlite/options');
const { invalidType, outOfRange } = require('internal/sqlite/errors');

/** By name: SQLite's number, and the most that Node.js's SQLite takes. */
const limits = {
  __proto__: null,
  length: [0, 1000000000],
  sqlLength: [1, 1000000000],
  column: [2, 2000],
  exprDepth: [3, 1000],
  compoundSelect: [4, 500],
  vdbeOp: [5, 250000000],
  functionArg: [6, 1000],
  attach: [7, 10],
  likePatternLength: [8, 50000],
  variableNumber: [9, 32766],
  triggerDepth: [10, 1000],
};
const names = Object.keys(limits);
const LARGEST = 2147483647;

function readLimits(options) {
  const given = options.limits;
  if (given === undefined) return undefined;
  checkObject(given, 'options.limits');
  const read = { __proto__: null };
  for (const name of names) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || Math.abs(value) > LARGEST) {
      throw invalidType(`The "options.limits.${name}" argument must be an integer.`);
    }
    if (value < 0) throw outOfRange(`The "options.limits.${name}" argument must be non-negative.`);
    read[name] = value;
  }
  return read;
}

function setLimit(connection, name, value) {
  const { 0: number, 1: most } = limits[name];
  binding.limit(connection.id, number, Math.min(value, most));
}

/** Right after opening: as Node.js's SQLite is built, and what the caller wants. */
function applyLimits(connection, given) {
  for (const name of names) setLimit(connection, name, given?.[name] ?? limits[name][1]);
}

function newLimits(connection) {
  const object = {};
  for (const name of names) {
    Object.defineProperty(object, name, {
      __proto__: null,
      enumerable: true,
      configurable: false,
      get() {
        checkOpen(connection);
        return binding.limit(connection.id, limits[name][0], -1);
      },
      set(value) {
        checkOpen(connection);
        if (value === Infinity) return setLimit(connection, name, limits[name][1]);
        if (!Number.isInteger(value) || Math.abs(value) > LARGEST) {
          throw invalidType('Limit value must be a non-negative integer or Infinity.');
        }
        if (value < 0) throw outOfRange('Limit value must be non-negative.');
        setLimit(connection, name, value);
      },
    });
  }
  return object;
}

module.exports = { applyLimits, newLimits, readLimits };
