'use strict';
const assert = require('node:assert');
const { isBuiltin } = require('node:module');

// On Node.js itself they load: this says what Nodule does.
if (process.execPath.endsWith('node') && !process.versions.nodule) return;
const message = (error) => {
  const seen = [];
  for (let it = error; it; it = it.cause) seen.push(`${it.code}: ${it.message}`);
  return seen.join('\n');
};
const refuses = async (name, load, alternative) => {
  const error = await load().then(() => assert.fail(`${name} loads`), (it) => it);
  assert.match(message(error), /native addon/i, `${name}: ${message(error)}`);
  assert.ok(message(error).includes(alternative), `${name} names no ${alternative}: ${message(error)}`);
};
(async () => {
  await refuses('bcrypt', async () => require('bcrypt'), 'bcryptjs');
  await refuses('better-sqlite3', async () => new (require('better-sqlite3'))(':memory:'), isBuiltin('node:sqlite') ? 'node:sqlite' : 'sql.js');
  await refuses('sharp', async () => require('sharp'), 'jimp');
  await refuses('rollup', async () => import('rollup'), '@rollup/wasm-node');
  await refuses('vite', async () => (await import('vite')).build({ logLevel: 'silent' }), 'vite@7');
})();
