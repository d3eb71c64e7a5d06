'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'nodule-fs-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
const at = (...names) => path.join(root, ...names);

// Whole files
fs.writeFileSync(at('a'), 'häl');
assert.strictEqual(fs.readFileSync(at('a'), 'utf8'), 'häl');
assert.strictEqual(fs.readFileSync(at('a')).length, 4);
fs.appendFileSync(at('a'), 'lo');
assert.strictEqual(fs.readFileSync(at('a'), 'latin1'), 'h\u00c3\u00a4llo');
fs.writeFileSync(at('bad'), Buffer.from([0x61, 0xed, 0xa0, 0x80]));
assert.strictEqual(fs.readFileSync(at('bad'), 'utf8'), 'a\ufffd\ufffd\ufffd');

// Descriptors
const fd = fs.openSync(at('a'), 'r+');
const buffer = Buffer.alloc(2);
assert.strictEqual(fs.readSync(fd, buffer, 0, 2, 4), 2);
assert.strictEqual(buffer.toString(), 'lo');
assert.strictEqual(fs.writeSync(fd, 'XY', 0), 2);
fs.ftruncateSync(fd, 3);
assert.strictEqual(fs.fstatSync(fd).size, 3);
fs.closeSync(fd);
assert.throws(() => fs.closeSync(fd), { code: 'EBADF', syscall: 'close', message: 'EBADF: bad file descriptor, close' });

// Errors
assert.throws(() => fs.readFileSync(at('none')), {
  code: 'ENOENT', errno: -2, syscall: 'open', path: at('none'), message: `ENOENT: no such file or directory, open '${at('none')}'`,
});
assert.throws(() => fs.renameSync(at('none'), at('other')), { code: 'ENOENT', syscall: 'rename', dest: at('other') });
assert.throws(() => fs.readFileSync(root), { code: 'EISDIR', syscall: 'read' });
assert.throws(() => fs.realpathSync(at('none', 'x')), { code: 'ENOENT', syscall: 'lstat', path: at('none') });
assert.throws(() => fs.openSync(null), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fs.openSync('a\0b'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(fs.existsSync(at('none')), false);
assert.strictEqual(fs.statSync(at('none'), { throwIfNoEntry: false }), undefined);

// Stats
fs.utimesSync(at('a'), 1, 1234.5);
assert.strictEqual(fs.statSync(at('a')).mtimeMs, 1234500);
assert.strictEqual(fs.statSync(at('a'), { bigint: true }).mtimeNs, 1234500000000n);
assert.strictEqual(fs.statSync(root).isDirectory(), true);
fs.chmodSync(at('a'), 0o640);
assert.strictEqual(fs.statSync(at('a')).mode & 0o777, 0o640);

// Directories and links
assert.strictEqual(fs.mkdirSync(at('d', 'e', 'f'), { recursive: true }), at('d'));
assert.strictEqual(fs.mkdirSync(at('d', 'e', 'f'), { recursive: true }), undefined);
assert.throws(() => fs.mkdirSync(at('a', 'x'), { recursive: true }), { code: 'ENOTDIR' });
fs.symlinkSync('../a', at('d', 'link'));
assert.strictEqual(fs.readlinkSync(at('d', 'link')), '../a');
assert.strictEqual(fs.realpathSync(at('d', 'link')), fs.realpathSync(at('a')));
assert.strictEqual(fs.lstatSync(at('d', 'link')).isSymbolicLink(), true);
assert.deepStrictEqual(fs.readdirSync(at('d')), ['e', 'link']);
assert.deepStrictEqual(fs.readdirSync(at('d'), { recursive: true }).sort(), ['e', 'e/f', 'link']);
assert.deepStrictEqual(fs.readdirSync(at('d'), { withFileTypes: true }).map((entry) => entry.isDirectory()), [true, false]);
assert.deepStrictEqual(fs.globSync('**/f', { cwd: root }), ['d/e/f']);
fs.cpSync(at('d'), at('copy'), { recursive: true });
assert.deepStrictEqual(fs.readdirSync(at('copy')), ['e', 'link']);
assert.throws(() => fs.rmSync(at('copy')), { code: 'ERR_FS_EISDIR' });
fs.rmSync(at('copy'), { recursive: true });

// Asynchronous forms
const large = Buffer.alloc(300_000, 'abc');
(async () => {
  const { promises } = fs;
  await promises.writeFile(at('large'), large);
  const handle = await promises.open(at('large'));
  const { bytesRead } = await handle.read(Buffer.alloc(10), 0, 10, 299_995);
  assert.strictEqual(bytesRead, 5);
  assert.strictEqual((await handle.stat()).size, 300_000);
  await handle.close();
  await assert.rejects(handle.stat(), { code: 'EBADF' });
  await assert.rejects(promises.access(at('none')), { code: 'ENOENT', syscall: 'access' });
  const names = [];
  for await (const entry of await promises.opendir(root)) names.push(entry.name);
  assert.deepStrictEqual(names.sort(), ['a', 'bad', 'd', 'large']);
  const chunks = [];
  for await (const chunk of fs.createReadStream(at('large'), { start: 1 })) chunks.push(chunk);
  assert.strictEqual(chunks[0].length, 64 * 1024);
  assert.ok(Buffer.concat(chunks).equals(large.subarray(1)));
  await new Promise((resolve, reject) => {
    fs.createReadStream(at('large')).pipe(fs.createWriteStream(at('piped'))).on('finish', resolve).on('error', reject);
  });
  assert.ok(fs.readFileSync(at('piped')).equals(large));
  await assert.rejects(promises.readFile(at('large'), { signal: AbortSignal.abort() }), { name: 'AbortError' });
})();

fs.stat(at('a'), function(error, stats) {
  assert.ifError(error);
  assert.strictEqual(stats.isFile(), true);
  assert.strictEqual(this, undefined);
});
