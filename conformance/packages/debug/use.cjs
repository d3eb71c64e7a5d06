'use strict';
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');

if (process.argv[2] === 'child') {
  const debug = require('debug');
  const http = debug('http');
  http('booting %o', 'My App');
  http.extend('deep')('%O and %d%% of %j', { a: 1 }, 5, { b: 2 });
  debug('worker:b')('silent');
  http(new Error('an error'));
  return;
}
const { stderr, stdout } = spawnSync(process.execPath, [__filename, 'child'], { encoding: 'utf8', env: { ...process.env, DEBUG: 'http*,-worker:*', DEBUG_COLORS: 'no', DEBUG_HIDE_DATE: '1' } });
assert.strictEqual(stdout, '');
assert.match(stderr, /^http booting 'My App'\nhttp:deep \{ a: 1 \} and 5% of \{"b":2\}\nhttp Error: an error\n\s+at /);

const debug = require('debug');
const lines = [];
debug.log = (...args) => lines.push(args);
const later = debug('later');
later('not yet');
debug.enable('later');
debug.formatters.h = (it) => it.toString('hex');
later('hex %h', Buffer.from('ab'));
assert.strictEqual(lines.length, 1);
assert.match(lines[0][0], /later hex 6162/);
assert.strictEqual(debug.enabled('later'), true);
assert.strictEqual(debug.disable(), 'later');
