'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const { Client, Pool, types } = require('pg');

const url = process.env.SERVICE_URL;
(async () => {
  if (url.startsWith('none:')) {
    await assert.rejects(new Client(url.replace('none:', 'postgres:')).connect(), { code: 'ECONNREFUSED' });
    return;
  }
  const client = new Client(url);
  await client.connect();
  const { rows, fields } = await client.query('SELECT $1::text AS message, $2::int AS n, now() AS at, NULL AS nothing', ['Hello world!', 5]);
  assert.deepStrictEqual([rows[0].message, rows[0].n, rows[0].nothing, fields.length], ['Hello world!', 5, null, 4]);
  assert.ok(rows[0].at instanceof Date);
  await client.query('CREATE TABLE things (id serial PRIMARY KEY, name text, data jsonb, raw bytea, tags text[])');
  const inserted = await client.query('INSERT INTO things (name, data, raw, tags) VALUES ($1, $2, $3, $4) RETURNING id', ['ö', { a: [1] }, Buffer.from([0, 255]), ['x', 'y z']]);
  assert.deepStrictEqual(inserted.rows, [{ id: 1 }]);
  assert.deepStrictEqual((await client.query({ text: 'SELECT name, data, raw, tags FROM things', rowMode: 'array' })).rows, [['ö', { a: [1] }, Buffer.from([0, 255]), ['x', 'y z']]]);
  await assert.rejects(client.query('SELECT * FROM nothing'), { code: '42P01' });
  const named = { name: 'twice', text: 'SELECT $1::int * 2 AS n' };
  for (const n of [1, 2]) assert.strictEqual((await client.query({ ...named, values: [n] })).rows[0].n, n * 2);
  types.setTypeParser(20, BigInt);
  assert.strictEqual((await client.query('SELECT 9007199254740993::bigint AS n')).rows[0].n, 9007199254740993n);
  const many = await client.query('SELECT generate_series(1, 20000) AS n');
  assert.strictEqual(many.rows.at(-1).n, 20000);

  const pool = new Pool({ connectionString: url, max: 3 });
  await client.query('LISTEN news');
  const notified = once(client, 'notification');
  await pool.query("NOTIFY news, 'payload'");
  assert.strictEqual((await notified)[0].payload, 'payload');
  const connection = await pool.connect();
  await connection.query('BEGIN');
  await connection.query("INSERT INTO things (name) VALUES ('gone')");
  await connection.query('ROLLBACK');
  connection.release();
  const counts = await Promise.all(Array.from({ length: 10 }, () => pool.query('SELECT count(*)::int AS n FROM things')));
  assert.ok(counts.every((it) => it.rows[0].n === 1));
  await pool.end();
  await client.end();
})();
