'use strict';

const assert = require('node:assert');
const { exec, execFileSync, fork, spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ ...message, seen: true, executable: process.execPath });
    process.disconnect();
  });
} else {
  main();
}

async function main() {
  // Synchronous forms.
  const { status, stdout } = spawnSync('cat', { input: 'abc', encoding: 'utf8' });
  assert.deepStrictEqual([status, stdout], [0, 'abc']);
  assert.throws(() => execFileSync('sh', ['-c', 'echo bad >&2; exit 3'], { stdio: 'pipe' }), { status: 3, message: /^Command failed: sh -c/ });
  const { error } = spawnSync('no-such-program');
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(error.syscall, 'spawnSync no-such-program');
  assert.strictEqual(spawnSync('sleep', ['10'], { timeout: 50 }).error.code, 'ETIMEDOUT');

  // Bad arguments.
  assert.throws(() => spawn(1), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => spawn(''), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => spawn('echo', 'no array'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => fork('x', { stdio: ['pipe', 'pipe', 'pipe'] }), { code: 'ERR_CHILD_PROCESS_IPC_REQUIRED' });

  // Missing programs, signals, output without end.
  const [missing] = await once(spawn('no-such-program'), 'error');
  assert.strictEqual(missing.message, 'spawn no-such-program ENOENT');
  const sleeper = spawn('sleep', ['10']);
  sleeper.kill();
  assert.deepStrictEqual(await once(sleeper, 'exit'), [null, 'SIGTERM']);
  const [tooMuch] = await new Promise((resolve) => exec('yes', { maxBuffer: 10 }, (...results) => resolve(results)));
  assert.strictEqual(tooMuch.code, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER');

  // A pipe of one child is the input of another.
  const words = spawn('printf', ['b\\na\\n']);
  const sorted = spawn('sort', { stdio: [words.stdout, 'pipe', 'inherit'] });
  const [chunk] = await once(sorted.stdout, 'data');
  assert.strictEqual(`${chunk}`, 'a\nb\n');

  // Messages.
  const child = fork(__filename, ['child']);
  child.send({ list: [1, 2] });
  const [answer] = await once(child, 'message');
  assert.deepStrictEqual(answer, { list: [1, 2], seen: true, executable: process.execPath });
  assert.deepStrictEqual(await once(child, 'exit'), [0, null]);
}
