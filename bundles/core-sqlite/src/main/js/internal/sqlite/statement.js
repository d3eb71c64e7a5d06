'use strict';

const { illegalConstructor, illegalInvocation, invalidState, invalidType, invalidValue } = require('internal/sqlite/errors');
const { SQLITE_OK, checkStatus, kConnection, kStatement, lostStatements } = require('internal/sqlite/connection');
const { checkBoolean, isObject } = require('internal/sqlite/options');
const { bindValue, isBytes } = require('internal/sqlite/values');

const SQLITE_ROW = 100;
const SQLITE_DONE = 101;
/** Rows that one call of the binding brings. */
const CHUNK = 500;
/** Counters of sqlite3_stmt_status. */
const counters = {
  __proto__: null,
  fullscanStep: 1, sort: 2, autoindex: 3, vmStep: 4, reprepare: 5, run: 6, filterMiss: 7, filterHit: 8, memused: 99,
};

let isMaking = false;

function StatementSync() {
  if (!isMaking) throw illegalConstructor();
}

/** database.prepare; options as read. */
function prepareStatement(database, sql, options) {
  const connection = database[kConnection];
  const pointer = binding.prepare(connection.id, sql);
  checkStatus(connection, pointer < 0 ? 1 : SQLITE_OK);
  if (pointer === 0) throw invalidValue('The SQL query contains no statements.');
  isMaking = true;
  let statement;
  try {
    statement = new StatementSync();
  } finally {
    isMaking = false;
  }
  const handle = { pointer };
  connection.statements.add(handle);
  Object.defineProperty(statement, kStatement, {
    __proto__: null,
    value: {
      handle,
      database, // lives as long as its statements
      connection,
      options: { ...options },
      isRunning: false,
      resets: 0, // iterators of before are no longer valid
      bare: undefined, // parameters by their names without prefix
      names: undefined, // of the columns
      prepared: -1, // how often SQLite had prepared it anew when they were read
    },
  });
  Object.defineProperties(statement, properties);
  lostStatements.register(statement, { connection, handle });
  return statement;
}

function stateOf(statement) {
  const state = statement?.[kStatement];
  if (state === undefined) throw illegalInvocation();
  return state;
}

function usable(statement) {
  const state = stateOf(statement);
  if (state.handle.pointer === 0) throw invalidState('statement has been finalized');
  return state;
}

function checkIdle(state) {
  if (state.isRunning) throw invalidState('statement is already being executed');
}

// Parameters

function bareNames(state) {
  const { pointer } = state.handle;
  const bare = { __proto__: null };
  for (let i = 1, count = binding.parameterCount(pointer); i <= count; i++) {
    const name = binding.parameterName(pointer, i);
    if (name === null) continue;
    const short = name.slice(1);
    if (bare[short] !== undefined && bare[short].name !== name) {
      throw invalidState(`Cannot create bare named parameter '${short}' because of conflicting names '${bare[short].name}' and '${name}'.`);
    }
    bare[short] = { name, index: i };
  }
  return bare;
}

function indexOfName(state, name) {
  const { pointer } = state.handle;
  for (let i = 1, count = binding.parameterCount(pointer); i <= count; i++) {
    if (binding.parameterName(pointer, i) === name) return i;
  }
  if (!state.options.allowBareNamedParameters) return 0;
  state.bare ??= bareNames(state);
  return state.bare[name]?.index ?? 0;
}

function bindNamed(state, values) {
  for (const name of Object.keys(values)) {
    const index = indexOfName(state, name);
    if (index === 0) {
      if (state.options.allowUnknownNamedParameters) continue;
      throw invalidState(`Unknown named parameter '${name}'`);
    }
    checkStatus(state.connection, bindValue(state.handle.pointer, index, values[name]));
  }
}

function bindPositional(state, values, first) {
  const { pointer } = state.handle;
  let index = 0;
  for (let i = first; i < values.length; i++) {
    // Those with names are bound by them; ?NNN has a number alone.
    let name;
    do {
      index++;
      name = binding.parameterName(pointer, index);
    } while (name !== null && !name.startsWith('?'));
    checkStatus(state.connection, bindValue(pointer, index, values[i]));
  }
}

function bindAll(state, values) {
  const first = values[0];
  if (isObject(first) && !isBytes(first)) {
    if (state.options.allowBareNamedParameters) state.bare ??= bareNames(state);
    bindNamed(state, first);
    bindPositional(state, values, 1);
  } else if (values.length !== 0) {
    bindPositional(state, values, 0);
  }
}

// Running

function begin(state, values, bind = bindAll) {
  checkIdle(state);
  state.resets++;
  checkStatus(state.connection, binding.reset(state.handle.pointer));
  binding.clearBindings(state.handle.pointer);
  bind(state, values);
}

function end(state) {
  if (state.handle.pointer !== 0) binding.reset(state.handle.pointer);
}

/** The next rows, flat behind the status. */
function fetchRows(state, limit) {
  const { connection, handle, options } = state;
  state.isRunning = true;
  let rows;
  try {
    rows = binding.rows(handle.pointer, limit, options.readBigInts);
  } finally {
    state.isRunning = false;
  }
  const status = rows[0];
  checkStatus(connection, status === SQLITE_ROW || status === SQLITE_DONE ? SQLITE_OK : status);
  const prepared = binding.status(handle.pointer, counters.reprepare, false);
  if (state.prepared !== prepared) {
    state.names = binding.columnNames(handle.pointer);
    state.prepared = prepared;
  }
  return rows;
}

/** The row whose values begin at a place. */
function rowAt(state, values, at) {
  const { names } = state;
  const count = names.length;
  if (state.options.returnArrays) return values.slice(at, at + count);
  const row = { __proto__: null };
  for (let i = 0; i < count; i++) row[names[i]] = values[at + i];
  return row;
}

function run(state, values, bind) {
  const { connection, handle } = state;
  begin(state, values, bind);
  try {
    state.isRunning = true;
    let status;
    try {
      status = binding.step(handle.pointer);
    } finally {
      state.isRunning = false;
    }
    checkStatus(connection, status === SQLITE_ROW || status === SQLITE_DONE ? SQLITE_OK : status);
    // Changes are counted when the statement has ended: one with RETURNING is at its first row.
    end(state);
    const { 0: changes, 1: lastInsertRowid } = binding.changes(connection.id, state.options.readBigInts);
    return { lastInsertRowid, changes };
  } finally {
    end(state);
  }
}

function get(state, values, bind) {
  begin(state, values, bind);
  try {
    const rows = fetchRows(state, 1);
    return rows[0] === SQLITE_ROW && state.names.length !== 0 ? rowAt(state, rows, 1) : undefined;
  } finally {
    end(state);
  }
}

function all(state, values, bind) {
  begin(state, values, bind);
  try {
    const result = [];
    for (;;) {
      const rows = fetchRows(state, CHUNK);
      const width = state.names.length;
      for (let at = 1; at < rows.length; at += width) result.push(rowAt(state, rows, at));
      if (rows[0] === SQLITE_DONE) return result;
    }
  } finally {
    end(state);
  }
}

function iterate(statement, state, values, bind) {
  begin(state, values, bind);
  return require('internal/sqlite/iterator').newIterator(statement, state);
}

function finalize(state) {
  checkIdle(state);
  const { connection, handle } = state;
  connection.statements.delete(handle);
  binding.finalize(handle.pointer);
  handle.pointer = 0;
}

function newColumn(values, at) {
  return {
    __proto__: null,
    column: values[at],
    database: values[at + 1],
    name: values[at + 2],
    table: values[at + 3],
    type: values[at + 4],
  };
}

const methods = {
  iterate(...values) {
    return iterate(this, usable(this), values);
  },
  all(...values) {
    return all(usable(this), values);
  },
  get(...values) {
    return get(usable(this), values);
  },
  run(...values) {
    return run(usable(this), values);
  },
  columns() {
    const values = binding.columns(usable(this).handle.pointer);
    const columns = [];
    for (let at = 0; at < values.length; at += 5) columns.push(newColumn(values, at));
    return columns;
  },
  stat(counter = undefined) {
    const state = usable(this);
    if (typeof counter !== 'string') throw invalidType('The "counter" argument must be a string.');
    if (counters[counter] === undefined) throw invalidValue('The "counter" argument is not a valid statistic name.');
    return binding.status(state.handle.pointer, counters[counter], false);
  },
  resetStats() {
    const { pointer } = usable(this).handle;
    for (const name of Object.keys(counters)) binding.status(pointer, counters[name], true);
  },
  setAllowBareNamedParameters(enabled = undefined) {
    const state = usable(this);
    checkBoolean(enabled, 'allowBareNamedParameters');
    state.options.allowBareNamedParameters = enabled;
  },
  setAllowUnknownNamedParameters(enabled = undefined) {
    const state = usable(this);
    checkBoolean(enabled, 'enabled');
    state.options.allowUnknownNamedParameters = enabled;
  },
  setReadBigInts(enabled = undefined) {
    const state = usable(this);
    checkBoolean(enabled, 'readBigInts');
    state.options.readBigInts = enabled;
  },
  setReturnArrays(enabled = undefined) {
    const state = usable(this);
    checkBoolean(enabled, 'returnArrays');
    state.options.returnArrays = enabled;
  },
  close() {
    finalize(usable(this));
  },
};
Object.assign(StatementSync.prototype, methods);

const dispose = {
  ''() {
    const state = stateOf(this);
    if (state.handle.pointer !== 0) finalize(state);
  },
}[''];
StatementSync.prototype[Symbol.dispose] = dispose;

const accessor = (get) => ({ __proto__: null, get, enumerable: true, configurable: false });
const properties = {
  __proto__: null,
  sourceSQL: accessor({ ''() { return binding.sql(usable(this).handle.pointer); } }['']),
  expandedSQL: accessor({ ''() { return binding.expandedSql(usable(this).handle.pointer); } }['']),
};

module.exports = { StatementSync, all, bindPositional, fetchRows, get, iterate, prepareStatement, rowAt, run, usable };
