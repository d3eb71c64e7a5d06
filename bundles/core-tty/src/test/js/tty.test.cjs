'use strict';

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { Duplex } = require('node:stream');
const tty = require('node:tty');

// Descriptors
const nothing = fs.openSync('/dev/null', 'r');
assert.strictEqual(tty.isatty(nothing), false);
for (const wrong of [-1, 1.5, '0', undefined, {}, NaN, 2 ** 31]) {
  assert.strictEqual(tty.isatty(wrong), false);
}
for (const Stream of [tty.ReadStream, tty.WriteStream]) {
  assert.throws(() => new Stream(-1), { code: 'ERR_INVALID_FD', name: 'RangeError', message: '"fd" must be a positive integer: -1' });
  assert.throws(() => new Stream(nothing), { code: 'ERR_TTY_INIT_FAILED', name: 'SystemError', message: /TTY initialization failed: uv_tty_init returned EINVAL/ });
  assert.ok(Stream.prototype instanceof Duplex, 'a kind of socket');
}
fs.closeSync(nothing);

// Depth of colour by environment
const { getColorDepth, hasColors } = tty.WriteStream.prototype;
for (const [env, depth] of [
  [{}, 1],
  [{ TERM: 'dumb' }, 1],
  [{ TERM: 'xterm' }, 4],
  [{ TERM: 'xterm-256color' }, 8],
  [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 24],
  [{ COLORTERM: '1' }, 4],
  [{ FORCE_COLOR: '0' }, 1],
  [{ FORCE_COLOR: '' }, 4],
  [{ FORCE_COLOR: '2' }, 8],
  [{ FORCE_COLOR: '3' }, 24],
  [{ TERM: 'xterm', NO_COLOR: '1' }, 1],
  [{ TERM: 'xterm', NODE_DISABLE_COLORS: '1' }, 1],
  [{ TMUX: '1' }, 24],
  [{ CI: '1', GITHUB_ACTIONS: '1' }, 24],
  [{ CI: '1', TRAVIS: '1' }, 8],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0' }, 24],
  [{ TERM: 'mosh' }, 24],
  [{ TERM: 'linux' }, 4],
]) {
  const warned = process.listeners('warning');
  process.removeAllListeners('warning');
  assert.strictEqual(getColorDepth.call({}, env), depth, JSON.stringify(env));
  warned.forEach((listener) => process.on('warning', listener));
}
const stream = { getColorDepth };
assert.strictEqual(hasColors.call(stream, { TERM: 'xterm-256color' }), true);
assert.strictEqual(hasColors.call(stream, 256, { TERM: 'xterm-256color' }), true);
assert.strictEqual(hasColors.call(stream, 257, { TERM: 'xterm-256color' }), false);
assert.throws(() => hasColors.call(stream, 1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => hasColors.call(stream, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });

// A terminal of our own, where the system has the tool that makes one
const program = `
  const tty = require('tty');
  const out = { isTTY: [process.stdin.isTTY, process.stdout.isTTY], tty: tty.isatty(0) };
  out.kinds = [process.stdin instanceof tty.ReadStream, process.stdout instanceof tty.WriteStream];
  out.size = [process.stdout.columns, process.stdout.rows, process.stdout.getWindowSize().join()];
  out.raw = [process.stdin.isRaw, process.stdin.setRawMode(true) === process.stdin, process.stdin.isRaw,
    process.stdin.setRawMode(false).isRaw];
  process.stdout.write('\\nRESULT' + JSON.stringify(out) + '\\n');
`;
const file = `${require('node:os').tmpdir()}/nodule-tty-${process.pid}.cjs`;
fs.writeFileSync(file, program);
try {
  const { error, stdout } = spawnSync('script', ['-qec', `stty cols 91 rows 17; '${process.execPath}' '${file}'`, '/dev/null'], {
    encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (error === undefined) {
    const [, text] = /RESULT(.*)\r/.exec(stdout) ?? assert.fail(stdout);
    assert.deepStrictEqual(JSON.parse(text), {
      isTTY: [true, true], tty: true, kinds: [true, true], size: [91, 17, '91,17'], raw: [false, true, true, false],
    });
  } else {
    assert.strictEqual(error.code, 'ENOENT');
  }
} finally {
  fs.unlinkSync(file);
}
