import assert from 'node:assert';
import mysql from 'mysql2/promise';

const uri = process.env.SERVICE_URL;
if (uri.startsWith('none:')) {
  await assert.rejects(mysql.createConnection(uri.replace('none:', 'mysql:')), { code: 'ECONNREFUSED' });
} else {
  const connection = await mysql.createConnection({ uri, namedPlaceholders: true });
  await connection.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
  await connection.changeUser({ database: 'shop' });
  await connection.query('CREATE TABLE things (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), at DATETIME, price DECIMAL(10,2), raw VARBINARY(10))');
  const at = new Date(2026, 0, 2, 3, 4, 5);
  const [inserted] = await connection.execute('INSERT INTO things (name, at, price, raw) VALUES (?, ?, ?, ?)', ['ö', at, 1.5, Buffer.from([0, 255])]);
  assert.deepStrictEqual([inserted.insertId, inserted.affectedRows], [1, 1]);
  const [rows, fields] = await connection.execute('SELECT * FROM things WHERE name = :name', { name: 'ö' });
  assert.deepStrictEqual({ ...rows[0] }, { id: 1, name: 'ö', at, price: '1.50', raw: Buffer.from([0, 255]) });
  assert.strictEqual(fields[1].name, 'name');
  assert.strictEqual(connection.format('SELECT ?, ??', ["it's", 'a.b']), "SELECT 'it\\'s', `a`.`b`");
  await assert.rejects(connection.query('SELECT * FROM nothing'), { code: 'ER_NO_SUCH_TABLE', errno: 1146 });
  await connection.beginTransaction();
  await connection.query('DELETE FROM things');
  await connection.rollback();
  const pool = mysql.createPool({ uri: uri.replace(/\/mysql$/, '/shop'), connectionLimit: 3 });
  const counts = await Promise.all(Array.from({ length: 6 }, () => pool.query('SELECT COUNT(*) AS n FROM things')));
  assert.ok(counts.every(([it]) => it[0].n === 1));
  await pool.end();
  const streamed = [];
  for await (const row of connection.connection.query('SELECT seq FROM seq_1_to_500').stream()) streamed.push(row.seq);
  assert.strictEqual(streamed.length, 500);
  await connection.end();
}
