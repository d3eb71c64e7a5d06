'use strict';

// SQLTagStore: statements of template literals, those that were used longest ago leave first.

const { stateSymbol } = require('internal/symbols');
const { illegalConstructor, illegalInvocation, invalidType, outOfRange } = require('internal/sqlite/errors');
const { kStatement, openConnectionOf } = require('internal/sqlite/connection');
const { all, bindPositional, get, iterate, run, usable } = require('internal/sqlite/statement');

const kStore = stateSymbol('sqlite.tagStore');
const DEFAULT_SIZE = 1000;
let isMaking = false;

function SQLTagStore() {
  if (!isMaking) throw illegalConstructor();
}

function newTagStore(database, maxSize) {
  if (maxSize !== undefined) {
    const message = 'The "maxSize" argument must be a positive integer.';
    if (typeof maxSize !== 'number') throw invalidType(message);
    if (!Number.isInteger(maxSize) || maxSize <= 0) throw outOfRange(message);
  }
  isMaking = true;
  const store = new SQLTagStore();
  isMaking = false;
  Object.defineProperty(store, kStore, {
    __proto__: null,
    value: { database, capacity: maxSize ?? DEFAULT_SIZE, statements: new Map() },
  });
  return Object.defineProperties(store, properties);
}

function stateOf(store) {
  const state = store?.[kStore];
  if (state === undefined) throw illegalInvocation();
  return state;
}

/** The statement of a template, prepared when it is new. */
function statementOf(store, strings) {
  const { capacity, database, statements } = stateOf(store);
  const connection = openConnectionOf(database);
  if (!Array.isArray(strings) || strings.length === 0) {
    throw invalidType('First argument must be an array of strings (template literal).');
  }
  const sql = strings.join('?');
  let statement = statements.get(sql);
  // Those of a connection that was closed since are of no use.
  if (statement === undefined || !connection.statements.has(statement[kStatement].handle)) statement = database.prepare(sql);
  statements.delete(sql);
  statements.set(sql, statement);
  if (statements.size > capacity) statements.delete(statements.keys().next().value);
  return statement;
}

const bind = (state, values) => bindPositional(state, values, 0);

Object.assign(SQLTagStore.prototype, {
  get(strings = undefined, ...values) {
    return get(usable(statementOf(this, strings)), values, bind);
  },
  all(strings = undefined, ...values) {
    return all(usable(statementOf(this, strings)), values, bind);
  },
  iterate(strings = undefined, ...values) {
    const statement = statementOf(this, strings);
    return iterate(statement, usable(statement), values, bind);
  },
  run(strings = undefined, ...values) {
    return run(usable(statementOf(this, strings)), values, bind);
  },
  clear() {
    stateOf(this).statements.clear();
  },
});
module.sharedClasses = { SQLTagStore };

const accessor = (get) => ({ __proto__: null, get, enumerable: true, configurable: false });
const properties = {
  __proto__: null,
  capacity: accessor({ ''() { return stateOf(this).capacity; } }['']),
  db: accessor({ ''() { return stateOf(this).database; } }['']),
  size: accessor({ ''() { return stateOf(this).statements.size; } }['']),
};

module.exports = { newTagStore };
