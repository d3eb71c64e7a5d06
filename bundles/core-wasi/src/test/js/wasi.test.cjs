'use strict';

process.removeAllListeners('warning'); // of an experimental feature
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { WASI } = require('node:wasi');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wasi-test-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
fs.mkdirSync(path.join(folder, 'box', 'inner'), { recursive: true });
fs.writeFileSync(path.join(folder, 'secret'), 'secret');
fs.writeFileSync(path.join(folder, 'box', 'file'), 'content');
fs.symlinkSync('../secret', path.join(folder, 'box', 'out'));
fs.symlinkSync('../../secret', path.join(folder, 'box', 'inner', 'out'));
fs.symlinkSync('inner/../file', path.join(folder, 'box', 'in'));
fs.symlinkSync('loop', path.join(folder, 'box', 'loop'));

assert.throws(() => new WASI({ version: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new WASI({ version: 'preview1', preopens: { '/': path.join(folder, 'no') } }), { code: 'UVWASI_ENOENT' });

const wasi = new WASI({ version: 'preview1', args: ['a', 'bc'], env: { X: '1' }, preopens: { '/box': path.join(folder, 'box') } });
const memory = new WebAssembly.Memory({ initial: 1 });
const { wasiImport: w } = wasi;
assert.throws(() => w.args_sizes_get(0, 4), { code: 'ERR_WASI_NOT_STARTED' });
assert.strictEqual(wasi.start({ exports: { memory, _start() { assert.strictEqual(main(), 0); w.proc_exit(7); } } }), 7);
assert.throws(() => wasi.start({ exports: { memory, _start() {} } }), { code: 'ERR_WASI_ALREADY_STARTED' });

function main() {
  const view = new DataView(memory.buffer);
  const put = (text, at = 1000) => new Uint8Array(memory.buffer).set(Buffer.from(text), at);
  const u32 = (at) => view.getUint32(at, true);
  const NOTCAPABLE = 76;
  const LOOP = 32;
  const NOENT = 44;
  const READ = 2n | 4n; // and seek
  const open = (name, follow = 1) => {
    put(name);
    return w.path_open(3, follow, 1000, name.length, 0, READ, 0n, 0, 100);
  };
  assert.strictEqual(w.args_sizes_get(0, 4), 0);
  assert.deepStrictEqual([u32(0), u32(4)], [2, 5]);
  assert.strictEqual(w.args_sizes_get(1e9, 0), 61);
  assert.strictEqual(w.fd_close(), 28);
  assert.strictEqual(w.fd_close(99), 8);
  assert.strictEqual(w.fd_prestat_get(3, 0), 0);
  assert.strictEqual(u32(4), 4);
  // Only what lies in the folder.
  for (const name of ['../secret', 'inner/../../secret', 'out', 'inner/out']) assert.strictEqual(open(name), NOTCAPABLE, name);
  assert.strictEqual(open('no'), NOENT);
  assert.strictEqual(open('loop'), LOOP);
  assert.strictEqual(open('in'), 0);
  const fd = u32(100);
  view.setUint32(200, 300, true);
  view.setUint32(204, 20, true);
  assert.strictEqual(w.fd_read(fd, 200, 1, 208), 0);
  assert.strictEqual(String.fromCharCode(...new Uint8Array(memory.buffer, 300, u32(208))), 'content');
  assert.strictEqual(w.fd_seek(fd, 3n, 0, 400), 0);
  assert.strictEqual(w.fd_read(fd, 200, 1, 208), 0);
  assert.strictEqual(String.fromCharCode(...new Uint8Array(memory.buffer, 300, u32(208))), 'tent');
  assert.strictEqual(w.fd_close(fd), 0);
  assert.strictEqual(w.fd_readdir(3, 2000, 1000, 0n, 100), 0);
  assert.ok(String.fromCharCode(...new Uint8Array(memory.buffer, 2000, u32(100))).includes('inner'));
  assert.strictEqual(w.clock_time_get(0, 0n, 400), 0);
  assert.ok(Math.abs(Number(view.getBigUint64(400, true)) / 1e6 - Date.now()) < 5000);
  assert.strictEqual(w.random_get(500, 16), 0);
  return 0;
}
