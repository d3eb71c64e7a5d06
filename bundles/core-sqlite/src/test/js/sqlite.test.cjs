'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { DatabaseSync, StatementSync, backup, constants } = require('node:sqlite');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sqlite-test-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const code = (name) => ({ code: name });

// Values in both directions.
{
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)');
  const insert = db.prepare('INSERT INTO t(a, b, c) VALUES ($a, ?, ?)');
  assert.ok(insert instanceof StatementSync);
  assert.deepStrictEqual(insert.run({ a: 1 }, 'ä\0€', new Uint8Array([1, 2])), { lastInsertRowid: 1, changes: 1 });
  assert.deepStrictEqual(insert.run({ $a: 2n }, 1.5, null), { lastInsertRowid: 2, changes: 1 });
  assert.deepStrictEqual(db.prepare('SELECT * FROM t').all(), [
    { __proto__: null, a: 1, b: 'ä\0€', c: new Uint8Array([1, 2]) },
    { __proto__: null, a: 2, b: 1.5, c: null },
  ]);
  const many = db.prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234) SELECT i FROM n');
  assert.strictEqual(many.all().length, 1234);
  assert.strictEqual(many.iterate().take(3).toArray().at(-1).i, 3);
  assert.throws(() => db.prepare('SELECT 9007199254740993 AS x').get(), code('ERR_OUT_OF_RANGE'));
  assert.strictEqual(db.prepare('SELECT 9007199254740993 AS x', { readBigInts: true }).get().x, 9007199254740993n);
  assert.throws(() => insert.run({ a: 1 }), { code: 'ERR_SQLITE_ERROR', errcode: 1555, errstr: 'constraint failed' });
  assert.throws(() => db.prepare('SELECT ?, ?').get(1, /x/), code('ERR_INVALID_ARG_TYPE'));
  // A statement that SQLite prepares anew has new columns.
  const all = db.prepare('SELECT * FROM t WHERE a = 1');
  assert.deepStrictEqual(Object.keys(all.get()), ['a', 'b', 'c']);
  db.exec('ALTER TABLE t ADD COLUMN d DEFAULT 4');
  assert.strictEqual(all.get().d, 4);
  db.close();
  assert.throws(() => all.get(), code('ERR_INVALID_STATE'));
}

// Functions: what they throw comes out; they may query, but not end what runs.
{
  const db = new DatabaseSync(':memory:');
  db.function('twice', (x) => (typeof x === 'string' ? x + x : x * 2));
  assert.deepStrictEqual({ ...db.prepare("SELECT twice(4) a, twice('ab') b").get() }, { a: 8, b: 'abab' });
  const thrown = new RangeError('mine');
  db.function('fails', () => { throw thrown; });
  assert.throws(() => db.exec('SELECT fails()'), (error) => error === thrown);
  db.function('nested', () => db.prepare('SELECT twice(21) v').get().v);
  assert.strictEqual(db.prepare('SELECT nested() v').get().v, 42);
  db.function('closes', () => db.close());
  assert.throws(() => db.exec('SELECT closes()'), code('ERR_INVALID_STATE'));
  assert.strictEqual(db.isOpen, true);
  db.aggregate('joined', { start: () => [], step: (list, x) => [...list, x], result: (list) => list.join('-') });
  assert.strictEqual(db.prepare('SELECT joined(v) j FROM (SELECT 1 v UNION SELECT 2 UNION SELECT 3)').get().j, '1-2-3');
  const actions = [];
  db.setAuthorizer((action, table) => {
    actions.push(action);
    return table === 'secret' ? constants.SQLITE_DENY : constants.SQLITE_OK;
  });
  db.exec('CREATE TABLE open(x)');
  assert.throws(() => db.exec('CREATE TABLE secret(x)'), /not authorized/);
  assert.ok(actions.includes(constants.SQLITE_CREATE_TABLE));
  db.setAuthorizer(null);
  db.exec('CREATE TABLE secret(x)');
}

// Files, limits, copies.
(async () => {
  const file = path.join(folder, 'one.db');
  const db = new DatabaseSync(file, { limits: { variableNumber: 3 } });
  assert.strictEqual(db.location(), fs.realpathSync(file));
  assert.strictEqual(db.limits.variableNumber, 3);
  assert.throws(() => db.prepare('SELECT ?, ?, ?, ?'), /too many SQL variables/);
  db.exec('CREATE TABLE t(x); INSERT INTO t VALUES (1), (2)');
  const sql = db.createTagStore();
  assert.strictEqual(sql.get`SELECT count(*) n FROM t WHERE x > ${1}`.n, 1);
  assert.strictEqual(sql.size, 1);
  const copy = path.join(folder, 'two.db');
  assert.ok(await backup(db, copy) > 0);
  const other = new DatabaseSync(copy, { readOnly: true });
  assert.strictEqual(other.prepare('SELECT count(*) n FROM t').get().n, 2);
  assert.throws(() => other.exec('DELETE FROM t'), { code: 'ERR_SQLITE_ERROR', errcode: 8 });
  other.close();
  const clone = new DatabaseSync(':memory:');
  clone.deserialize(db.serialize());
  assert.strictEqual(clone.prepare('SELECT sum(x) n FROM t').get().n, 3);
  db[Symbol.dispose]();
  assert.strictEqual(db.isOpen, false);
  assert.throws(() => new DatabaseSync(path.join(folder, 'no', 'db')), { code: 'ERR_SQLITE_ERROR', errcode: 14 });
  await assert.rejects(backup(clone, path.join(folder, 'no', 'db')), { code: 'ERR_SQLITE_ERROR' });
})();
