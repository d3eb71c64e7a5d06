'use strict';

const { coded, invalidState, invalidType, invalidValue } = require('internal/sqlite/errors');
const {
  checkStatus, closeConnection, connectionOf, finalizeStatements, kConnection, lostConnections, newConnection,
  openConnectionOf,
} = require('internal/sqlite/connection');
const {
  absolute, checkBoolean, checkObject, checkString, fileOf, readBooleans, readFunction, readPath, readString,
} = require('internal/sqlite/options');
const { prepareStatement } = require('internal/sqlite/statement');
const runtime = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');
const { isUint8Array } = require('internal/util/types');

const SQLITE_OPEN_READONLY = 1;
const SQLITE_OPEN_READWRITE_CREATE = 6;
const SQLITE_OPEN_URI = 0x40;
/** Options of sqlite3_db_config. */
const ENABLE_FKEY = 1002;
const ENABLE_LOAD_EXTENSION = 1005;
const DEFENSIVE = 1010;
const DQS_DML = 1013;
const DQS_DDL = 1014;

const kDatabase = stateSymbol('sqlite.database');
const connectionDefaults = {
  open: true,
  readOnly: false,
  enableForeignKeyConstraints: true,
  enableDoubleQuotedStringLiterals: false,
  allowExtension: false,
  defensive: true,
};
const statementDefaults = {
  readBigInts: false,
  returnArrays: false,
  allowBareNamedParameters: true,
  allowUnknownNamedParameters: false,
};

function readTimeout({ timeout }) {
  if (timeout === undefined) return 0;
  if (!Number.isInteger(timeout) || Math.abs(timeout) > 2147483647) {
    throw invalidType('The "options.timeout" argument must be an integer.');
  }
  return timeout;
}

function DatabaseSync(path = undefined, options = undefined) {
  if (new.target === undefined) {
    throw coded(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  }
  const location = readPath(path);
  if (options !== undefined) checkObject(options);
  const given = options ?? {};
  const state = {
    location,
    ...readBooleans(given, connectionDefaults),
    statements: readBooleans(given, statementDefaults),
    timeout: readTimeout(given),
    limits: given.limits === undefined ? undefined : require('internal/sqlite/limits').readLimits(given),
    limitsObject: undefined,
    mayLoad: false,
  };
  state.mayLoad = state.allowExtension;
  const connection = newConnection();
  Object.defineProperty(this, kDatabase, { __proto__: null, value: state });
  Object.defineProperty(this, kConnection, { __proto__: null, value: connection });
  Object.defineProperties(this, properties);
  this[Symbol.for('sqlite-type')] = 'node:sqlite';
  lostConnections.register(this, connection);
  if (state.open) open(state, connection);
}

function demandFile(location, isReadOnly) {
  const file = fileOf(location);
  if (file === undefined) return;
  const { demand } = require('internal/permission');
  demand('FileSystemRead', file);
  if (!isReadOnly) demand('FileSystemWrite', file);
}

function open(state, connection) {
  const location = absolute(state.location);
  if (runtime.isGuarded) demandFile(location, state.readOnly);
  const flags = (state.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE_CREATE) | SQLITE_OPEN_URI;
  connection.id = binding.open(location, flags);
  const { id } = connection;
  binding.configure(id, DQS_DML, state.enableDoubleQuotedStringLiterals);
  binding.configure(id, DQS_DDL, state.enableDoubleQuotedStringLiterals);
  binding.configure(id, ENABLE_FKEY, state.enableForeignKeyConstraints);
  binding.configure(id, DEFENSIVE, state.defensive);
  binding.busyTimeout(id, state.timeout);
  require('internal/sqlite/limits').applyLimits(connection, state.limits);
  state.mayLoad = state.allowExtension;
  if (state.allowExtension) binding.configure(id, ENABLE_LOAD_EXTENSION, true);
}

function checkOutside(connection, message) {
  if (connection.depth !== 0) throw invalidState(message);
}

function close(connection) {
  checkOutside(connection, 'database cannot be closed while in a callback');
  closeConnection(connection);
}

function readName(name) {
  if (name === undefined) return 'main';
  checkString(name, 'dbName');
  return name;
}

const sessionsAreMissing = () => coded(
  Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'Sessions are unavailable: the SQLite of this runtime is built without them');

Object.assign(DatabaseSync.prototype, {
  open() {
    const connection = connectionOf(this);
    if (connection.id !== 0) throw invalidState('database is already open');
    open(this[kDatabase], connection);
  },
  close() {
    close(openConnectionOf(this));
  },
  prepare(sql = undefined, options = undefined) {
    openConnectionOf(this);
    checkString(sql, 'sql');
    let read = this[kDatabase].statements;
    if (options !== undefined) {
      checkObject(options);
      read = readBooleans(options, read);
    }
    return prepareStatement(this, sql, read);
  },
  exec(sql = undefined) {
    const connection = openConnectionOf(this);
    checkString(sql, 'sql');
    checkStatus(connection, binding.exec(connection.id, sql));
  },
  function(name = undefined, options = undefined, fn = undefined) {
    const connection = openConnectionOf(this);
    checkString(name, 'name');
    const hasOptions = arguments.length > 2;
    const called = hasOptions ? fn : options;
    if (hasOptions) checkObject(options);
    if (typeof called !== 'function') throw invalidType('The "function" argument must be a function.');
    require('internal/sqlite/functions').createFunction(connection, name, hasOptions ? options : {}, called);
  },
  createTagStore(maxSize = undefined) {
    openConnectionOf(this);
    return require('internal/sqlite/tag_store').newTagStore(this, maxSize);
  },
  location(dbName = undefined) {
    const connection = openConnectionOf(this);
    return binding.filename(connection.id, readName(dbName));
  },
  aggregate(name = undefined, options = undefined) {
    const connection = openConnectionOf(this);
    const { start: _ } = options; // of a value without properties, as in Node.js
    require('internal/sqlite/functions').createAggregate(connection, `${name}`, options);
  },
  createSession(options = undefined) {
    openConnectionOf(this);
    if (options !== undefined) {
      checkObject(options);
      readString(options, 'table');
      readString(options, 'db');
    }
    throw sessionsAreMissing();
  },
  applyChangeset(changeset = undefined, options = undefined) {
    openConnectionOf(this);
    if (!isUint8Array(changeset)) throw invalidType('The "changeset" argument must be a Uint8Array.');
    if (options !== undefined) {
      checkObject(options);
      readFunction(options, 'filter');
      readFunction(options, 'onConflict');
    }
    throw sessionsAreMissing();
  },
  enableLoadExtension(allow = undefined) {
    const connection = openConnectionOf(this);
    const state = this[kDatabase];
    checkBoolean(allow, 'allow');
    if (allow && !state.allowExtension) {
      throw invalidState('Cannot enable extension loading because it was disabled at database creation.');
    }
    state.mayLoad = allow;
    checkStatus(connection, binding.configure(connection.id, ENABLE_LOAD_EXTENSION, allow));
  },
  enableDefensive(active = undefined) {
    const connection = openConnectionOf(this);
    checkBoolean(active, 'active');
    checkStatus(connection, binding.configure(connection.id, DEFENSIVE, active));
  },
  loadExtension(path = undefined, entryPoint = undefined) {
    const connection = openConnectionOf(this);
    if (!this[kDatabase].mayLoad) throw invalidState('extension loading is not allowed');
    checkString(path, 'path');
    if (runtime.isGuarded) require('internal/permission').demand('Addon');
    const file = path.includes('/') ? require('path').resolve(path) : path;
    const reason = binding.loadExtension(connection.id, file, typeof entryPoint === 'string' ? entryPoint : undefined);
    if (reason !== undefined) throw coded(Error, 'ERR_LOAD_SQLITE_EXTENSION', reason);
  },
  serialize(dbName = undefined) {
    const connection = openConnectionOf(this);
    const bytes = binding.serialize(connection.id, readName(dbName));
    if (bytes === undefined) binding.fail(connection.id);
    return bytes;
  },
  deserialize(buffer = undefined, options = undefined) {
    const connection = openConnectionOf(this);
    if (!isUint8Array(buffer)) throw invalidType('The "buffer" argument must be a Uint8Array.');
    if (buffer.length === 0) throw invalidValue('The "buffer" argument must not be empty.');
    let name = 'main';
    if (options !== undefined) {
      checkObject(options);
      name = readString(options, 'dbName', name);
    }
    checkOutside(connection, 'database cannot be deserialized while in a callback');
    finalizeStatements(connection);
    checkStatus(connection, binding.deserialize(connection.id, name, buffer));
  },
  setAuthorizer(callback = undefined) {
    const connection = openConnectionOf(this);
    if (callback !== null && typeof callback !== 'function') {
      throw invalidType('The "callback" argument must be a function or null.');
    }
    require('internal/sqlite/functions').setAuthorizer(connection, callback);
  },
});

DatabaseSync.prototype[Symbol.dispose] = {
  ''() {
    const connection = connectionOf(this);
    if (connection.id !== 0) close(connection);
  },
}[''];

const accessor = (get) => ({ __proto__: null, get, enumerable: true, configurable: false });
const properties = {
  __proto__: null,
  isOpen: accessor({ ''() { return connectionOf(this).id !== 0; } }['']),
  isTransaction: accessor({ ''() { return !binding.isAutocommit(openConnectionOf(this).id); } }['']),
  limits: accessor({
    ''() {
      const connection = openConnectionOf(this);
      const state = this[kDatabase];
      state.limitsObject ??= require('internal/sqlite/limits').newLimits(connection);
      return state.limitsObject;
    },
  }['']),
};

module.exports = { DatabaseSync };
