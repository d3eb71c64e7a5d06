'use strict';

// Functions of the user that SQL calls. They run inside of SQLite: what one throws is kept in the connection, and SQLite ends what it does.

const { SQLITE_OK, checkStatus } = require('internal/sqlite/connection');
const { readBooleans, readFunction } = require('internal/sqlite/options');
const { checkNumbers, setResult } = require('internal/sqlite/values');
const { invalidType, outOfRange } = require('internal/sqlite/errors');

const SQLITE_DETERMINISTIC = 0x800;
const SQLITE_DIRECTONLY = 0x80000;
const ANY_NUMBER = -1;
const defaults = { useBigIntArguments: false, varargs: false, deterministic: false, directOnly: false };

const flagsOf = ({ deterministic, directOnly }) =>
  (deterministic ? SQLITE_DETERMINISTIC : 0) | (directOnly ? SQLITE_DIRECTONLY : 0);

/** Runs a function of the user; what it throws ends the statement, and comes out of it. */
function guarded(connection, context, work) {
  connection.depth++;
  try {
    return work();
  } catch (error) {
    connection.thrown ??= { error };
    if (context !== 0) binding.resultError(context, '');
    return undefined;
  } finally {
    connection.depth--;
  }
}

function createFunction(connection, name, options, fn) {
  const read = readBooleans(options, defaults);
  const call = (context, ...values) => guarded(connection, context, () => {
    if (!read.useBigIntArguments) checkNumbers(values);
    setResult(context, fn(...values));
  });
  const count = read.varargs ? ANY_NUMBER : fn.length;
  checkStatus(connection, binding.createFunction(connection.id, name, count, flagsOf(read), call, read.useBigIntArguments));
}

function createAggregate(connection, name, options) {
  const { start } = options;
  if (start === undefined) throw invalidType('The "options.start" argument must be a function or a primitive value.');
  const { step } = options;
  if (typeof step !== 'function') throw invalidType('The "options.step" argument must be a function.');
  const { result } = options;
  const read = readBooleans(options, defaults);
  const inverse = readFunction(options, 'inverse');
  // Of aggregations under way, by where SQLite keeps theirs.
  const states = new Map();
  const stateOf = (key) => {
    let state = states.get(key);
    if (state === undefined) {
      state = { value: typeof start === 'function' ? start() : start, isWindow: false };
      states.set(key, state);
    }
    return state;
  };
  const stepper = (next) => (key, context, ...values) => guarded(connection, context, () => {
    const state = stateOf(key);
    if (!read.useBigIntArguments) checkNumbers(values);
    state.value = next(state.value, ...values);
  });
  const finish = (key, context, isLast) => guarded(connection, context, () => {
    try {
      if (connection.thrown !== undefined) return;
      const state = stateOf(key);
      // A window has given its values; what is left is to end it.
      if (isLast && state.isWindow) return;
      state.isWindow = !isLast;
      setResult(context, typeof result === 'function' ? result(state.value) : state.value);
    } finally {
      if (isLast) states.delete(key);
    }
  });
  let count = ANY_NUMBER;
  // The state comes before what SQL gives.
  if (!read.varargs) count = Math.max(step.length, inverse?.length ?? 0, 1) - 1;
  checkStatus(connection, binding.createAggregate(
    connection.id, name, count, flagsOf(read), stepper(step), inverse && stepper(inverse), finish, read.useBigIntArguments));
}

function setAuthorizer(connection, callback) {
  const authorizer = callback === null ? undefined : (...values) => guarded(connection, 0, () => {
    const decision = callback(...values);
    if (!Number.isInteger(decision)) throw invalidType('Authorizer callback must return an integer authorization code');
    if (decision < 0 || decision > 2) throw outOfRange('Authorizer callback returned a invalid authorization code');
    return decision;
  });
  const status = binding.setAuthorizer(connection.id, authorizer);
  if (status !== SQLITE_OK) checkStatus(connection, status);
}

module.exports = { createAggregate, createFunction, setAuthorizer };
