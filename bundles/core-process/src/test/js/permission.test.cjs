'use strict';

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'permission-')));
const open = path.join(folder, 'open');
const closed = path.join(folder, 'closed');
fs.mkdirSync(open);
fs.mkdirSync(closed);
fs.writeFileSync(path.join(open, 'file'), 'open');
fs.writeFileSync(path.join(closed, 'file'), 'closed');

function run(source, ...options) {
  const program = path.join(folder, 'program.cjs');
  fs.writeFileSync(program, `const [open, closed] = ${JSON.stringify([open, closed])};\n` +
    `const code = (call) => { try { return call() ?? 'done'; } catch (e) { return [e.code, e.permission, e.resource]; } };\n` +
    `const out = (...values) => fs0.writeSync(1, JSON.stringify(values) + '\\n'); const fs0 = require('fs'), path0 = require('path');\n${source}`);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', ...options, program], { encoding: 'utf8' });
  assert.strictEqual(status, 0, stderr);
  return stdout.trim().split('\n').map(JSON.parse);
}

const denied = (permission, resource) => ['ERR_ACCESS_DENIED', permission, resource];
const files = ['--permission', `--allow-fs-read=${open}`, `--allow-fs-write=${path.join(open, 'w*')}`];

try {
  // Files, in all three forms; links cannot be made, and paths cannot lead out.
  const [sync, later, opened, has] = run(`
    const fs = require('fs'), path = require('path');
    const inside = path.join(open, 'file'), outside = path.join(closed, 'file');
    out(code(() => fs.readFileSync(inside, 'utf8')), code(() => fs.readFileSync(outside)), code(() => fs.readFileSync(open + '/../closed/file')),
      code(() => fs.writeFileSync(path.join(open, 'written'), 'x')), code(() => fs.writeFileSync(inside, 'x')), code(() => fs.symlinkSync(inside, outside))[0],
      code(() => fs.readdirSync(closed)), code(() => fs.renameSync(inside, path.join(open, 'w2')))[1], code(() => require(outside)));
    fs.stat(outside, (statError) => fs.promises.readFile(outside).catch((readError) => {
      out(statError.code, readError.code, code(() => fs.existsSync(inside)));
      out(code(() => fs.openSync(inside, 'r+'))[1], code(() => fs.closeSync(fs.openSync(inside, 'r'))), code(() => fs.openSync(outside, 'r'))[1]);
      const { permission } = process;
      out(permission.has('fs.read', inside), permission.has('fs.read', outside), permission.has('fs.read'), permission.has('fs.write', open + '/wide'),
        permission.has('child'), permission.has('net'), permission.has('worker'), permission.has('nothing'));
    }));`, ...files);
  const outside = path.join(closed, 'file');
  assert.deepStrictEqual(sync.slice(0, 2), ['open', denied('FileSystemRead', outside)]);
  assert.deepStrictEqual(sync[2].slice(0, 2), ['ERR_ACCESS_DENIED', 'FileSystemRead']);
  assert.deepStrictEqual(sync.slice(3), ['done', denied('FileSystemWrite', path.join(open, 'file')), 'ERR_ACCESS_DENIED',
    denied('FileSystemRead', closed), 'FileSystemWrite', denied('FileSystemRead', outside)]);
  assert.deepStrictEqual(later, ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', true]);
  assert.deepStrictEqual(opened, ['FileSystemWrite', 'done', 'FileSystemRead']);
  assert.deepStrictEqual(has, [true, false, false, true, false, false, false, false]);

  // Processes and connections.
  const [child, connection, name] = run(`
    out(code(() => require('child_process').spawnSync('ls'))[1]);
    require('net').connect(1, '127.0.0.1').on('error', (error) => {
      out(error.code, error.syscall);
      require('dns').lookup('localhost', (lookupError) => out(lookupError.code));
    });`, '--permission', '--allow-fs-read=*');
  assert.deepStrictEqual([child, connection, name], [['ChildProcess'], ['ERR_ACCESS_DENIED', 'connect'], ['ERR_ACCESS_DENIED']]);

  // Children get no more than they are started with, and what is dropped is gone.
  const [inherited, dropped] = run(`
    const { execFileSync } = require('child_process');
    out(execFileSync(process.execPath, ['-p', "process.permission.has('fs.write') + ' ' + process.permission.has('fs.read')"], { encoding: 'utf8' }).trim());
    const before = process.permission.has('fs.read');
    process.permission.drop('fs.read');
    out(before, process.permission.has('fs.read'), code(() => fs0.readFileSync(open + '/file'))[1]);`, '--permission', '--allow-fs-read=*', '--allow-child-process');
  assert.deepStrictEqual([inherited, dropped], [['false true'], [true, false, 'FileSystemRead']]);

  // An audit publishes what it lets happen.
  const [audited, published] = run(`
    const seen = [];
    require('diagnostics_channel').subscribe('node:permission-model:fs', ({ permission, resource }) => seen.push(permission + ' ' + resource));
    const link = path0.join(open, 'link'), fd = fs0.openSync(path0.join(open, 'file'), 'r+');
    out(code(() => fs0.symlinkSync(open, link)), code(() => fs0.unlinkSync(link)), code(() => fs0.readFileSync(closed + '/file', 'utf8')),
      code(() => fs0.fsyncSync(fd))[0], process.permission.has('fs.write'));
    out(seen.includes('FileSystem '), seen.includes('FileSystemRead ' + closed + '/file'), seen.includes('FileSystemWrite ' + link));`,
    '--permission-audit', '--allow-worker');
  assert.deepStrictEqual(audited, ['done', 'done', 'closed', 'ERR_ACCESS_DENIED', false]);
  assert.deepStrictEqual(published, [true, true, true]);

  // Workers are held to the same.
  const inWorker = run(`
    const { Worker, isMainThread } = require('worker_threads');
    out(code(() => fs0.readFileSync(closed + '/file'))[1], code(() => require('child_process').spawnSync('ls'))[1]);
    if (isMainThread) new Worker(__filename);`, ...files, '--allow-worker', `--allow-fs-read=${path.join(folder, 'program.cjs')}`);
  assert.deepStrictEqual(inWorker, [['FileSystemRead', 'ChildProcess'], ['FileSystemRead', 'ChildProcess']]);

  // What is granted means nothing where all is allowed.
  for (const grant of [`--allow-fs-read=${open}`, '--allow-net']) {
    const { stderr, status } = spawnSync(process.execPath, [grant, '-p', '1'], { encoding: 'utf8' });
    assert.match(stderr, /^TypeError \[ERR_MISSING_OPTION\]: --permission is required$/m);
    assert.strictEqual(status, 1);
  }

  assert.strictEqual(process.permission, undefined);
} finally {
  fs.rmSync(folder, { recursive: true });
}
