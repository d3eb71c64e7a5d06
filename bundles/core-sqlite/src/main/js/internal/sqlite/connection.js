'use strict';

// What a DatabaseSync, its statements and the functions that it was given have in common. Functions of the user run while SQLite is at
// work, so what they throw waits here until SQLite has returned.

const { stateSymbol } = require('internal/symbols');
const { illegalInvocation, invalidState } = require('internal/sqlite/errors');

const kConnection = stateSymbol('sqlite.connection');
const kStatement = stateSymbol('sqlite.statement');
const SQLITE_OK = 0;

function newConnection() {
  return {
    id: 0, // of the binding; 0 while it is closed
    statements: new Set(), // what has to be finalized
    depth: 0, // of the user's functions that run
    thrown: undefined, // { error } of one of them
    backups: 0,
  };
}

function connectionOf(database) {
  const connection = database?.[kConnection];
  if (connection === undefined) throw illegalInvocation();
  return connection;
}

function checkOpen(connection) {
  if (connection.id === 0) throw invalidState('database is not open');
}

function openConnectionOf(database) {
  const connection = connectionOf(database);
  checkOpen(connection);
  return connection;
}

function checkThrown(connection) {
  const { thrown } = connection;
  if (thrown !== undefined && connection.depth === 0) {
    connection.thrown = undefined;
    throw thrown.error;
  }
}

/** What SQLite said: throws the error of a function of the user, or SQLite's own. */
function checkStatus(connection, status) {
  if (connection.thrown !== undefined) checkThrown(connection);
  if (status !== SQLITE_OK) binding.fail(connection.id);
}

/** Statements first: SQLite keeps a connection open for those that are left. */
function finalizeStatements(connection) {
  for (const handle of connection.statements) {
    binding.finalize(handle.pointer);
    handle.pointer = 0;
  }
  connection.statements.clear();
}

function closeConnection(connection) {
  finalizeStatements(connection);
  const { id } = connection;
  connection.id = 0;
  binding.close(id);
}

const lostConnections = new FinalizationRegistry((connection) => {
  if (connection.id !== 0) closeConnection(connection);
});

const lostStatements = new FinalizationRegistry(({ connection, handle }) => {
  if (handle.pointer === 0) return;
  connection.statements.delete(handle);
  binding.finalize(handle.pointer);
  handle.pointer = 0;
});

module.exports = {
  SQLITE_OK,
  checkOpen,
  checkStatus,
  closeConnection,
  connectionOf,
  finalizeStatements,
  kConnection,
  kStatement,
  lostConnections,
  lostStatements,
  newConnection,
  openConnectionOf,
};
