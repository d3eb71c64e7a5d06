'use strict';

const { stateSymbol } = require('internal/symbols');
const { illegalConstructor, illegalInvocation, invalidState } = require('internal/sqlite/errors');
const { fetchRows, rowAt } = require('internal/sqlite/statement');

const kIterator = stateSymbol('sqlite.iterator');
const SQLITE_ROW = 100;
let isMaking = false;

function StatementSyncIterator() {
  if (!isMaking) throw illegalConstructor();
}

function newIterator(statement, state) {
  isMaking = true;
  const iterator = new StatementSyncIterator();
  isMaking = false;
  // The statement itself is kept from being finalized.
  Object.defineProperty(iterator, kIterator, {
    __proto__: null,
    value: { statement, state, resets: state.resets, isDone: false },
  });
  return iterator;
}

function stateOf(iterator) {
  const own = iterator?.[kIterator];
  if (own === undefined) throw illegalInvocation();
  if (own.state.handle.pointer === 0) throw invalidState('statement has been finalized');
  return own;
}

const ended = () => ({ __proto__: null, done: true, value: null });

function finish(own) {
  own.isDone = true;
  if (own.resets === own.state.resets) binding.reset(own.state.handle.pointer);
  return ended();
}

Object.assign(StatementSyncIterator.prototype, {
  next() {
    const own = stateOf(this);
    const { state } = own;
    if (own.isDone) return ended();
    if (own.resets !== state.resets) throw invalidState('iterator was invalidated');
    if (state.isRunning) throw invalidState('statement is already being executed');
    const rows = fetchRows(state, 1);
    return rows[0] === SQLITE_ROW ? { __proto__: null, done: false, value: rowAt(state, rows, 1) } : finish(own);
  },
  return() {
    return finish(stateOf(this));
  },
});
Object.setPrototypeOf(StatementSyncIterator.prototype, Iterator.prototype);
module.sharedClasses = { StatementSyncIterator };

module.exports = { newIterator };
