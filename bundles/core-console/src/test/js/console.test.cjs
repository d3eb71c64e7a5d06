'use strict';

const assert = require('node:assert');
const { Console } = require('node:console');
const { Writable } = require('node:stream');

class Sink extends Writable {
  text = '';

  _write(chunk, encoding, done) {
    this.text += chunk;
    done();
  }

  take() {
    const { text } = this;
    this.text = '';
    return text;
  }
}

const out = new Sink();
const err = new Sink();
const logger = new Console({ stdout: out, stderr: err, colorMode: false });

// Where each method writes
for (const method of ['log', 'info', 'debug', 'dirxml']) {
  logger[method]('to', 'out');
  assert.strictEqual(out.take(), 'to out\n', method);
}
for (const method of ['error', 'warn', 'trace']) {
  logger[method]('to err');
  const text = err.take();
  assert.ok(method === 'trace' ? text.startsWith('Trace: to err\n    at ') : text === 'to err\n', method);
}
assert.strictEqual(out.take() + err.take(), '');

// Formats
logger.log('%s|%d|%i|%f|%j|%o|%O|%%|%c|', 'a', '42.5', 42.9, '1.5x', { a: 1 }, [1], { b: { c: {} } }, 'css');
assert.strictEqual(out.take(), 'a|42.5|42|1.5|{"a":1}|[ 1, [length]: 1 ]|{ b: { c: {} } }|%||\n');
logger.log();
assert.strictEqual(out.take(), '\n');
logger.log('rest', 1, 'two', { three: 3 });
assert.strictEqual(out.take(), "rest 1 two { three: 3 }\n");

// Groups
logger.group('head', 1);
logger.log('a\nb');
logger.groupCollapsed();
logger.warn('deep');
logger.groupEnd();
logger.groupEnd();
logger.groupEnd();
logger.log('left');
assert.strictEqual(out.take(), 'head 1\n  a\n  b\nleft\n');
assert.strictEqual(err.take(), '    deep\n');

// Counters and timers
logger.count();
logger.count('x');
logger.count();
logger.countReset();
logger.count();
assert.strictEqual(out.take(), 'default: 1\nx: 1\ndefault: 2\ndefault: 1\n');
logger.time('t');
logger.timeLog('t', 'more', 1);
logger.timeEnd('t');
assert.match(out.take(), /^t: [\d.]+m?s more 1\nt: [\d.]+m?s\n$/);

// Assertions
logger.assert(true, 'never');
logger.assert(false, 'why %s', 'not');
logger.assert(0);
assert.strictEqual(err.take(), 'Assertion failed: why not\nAssertion failed\n');

// Tables
logger.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
assert.strictEqual(out.take(), [
  '┌─────────┬───┬─────┬──────┐',
  '│ (index) │ a │ b   │ c    │',
  '├─────────┼───┼─────┼──────┤',
  "│ 0       │ 1 │ 'x' │      │",
  '│ 1       │ 2 │     │ true │',
  '└─────────┴───┴─────┴──────┘',
  ''].join('\n'));
logger.table([{ a: 1, b: 2 }], ['b']);
assert.strictEqual(out.take().split('\n')[1], '│ (index) │ b │');
logger.table(new Map([['k', 'v']]));
assert.match(out.take(), /│ \(iteration index\) │ Key │ Values │/);
logger.table('no table');
assert.strictEqual(out.take(), 'no table\n');

// dir and inspectOptions
logger.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
assert.strictEqual(out.take(), '{ a: [Object] }\n');
const colored = new Console({ stdout: out, inspectOptions: { colors: true } });
colored.log([1]);
assert.strictEqual(out.take(), '[ \u001b[33m1\u001b[39m ]\n');

// The class
assert.ok(logger instanceof Console && console instanceof Console);
assert.strictEqual(typeof Console(out).log, 'function');
const { log } = logger;
log('bound');
assert.strictEqual(out.take(), 'bound\n');
assert.throws(() => new Console({}), { code: 'ERR_CONSOLE_WRITABLE_STREAM', message: /Console expects a writable stream instance for stdout/ });
assert.throws(() => new Console({ stdout: out, colorMode: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(Object.prototype.toString.call(console), '[object console]');

// A stream that fails is no reason to throw, unless it is asked for.
const broken = new Writable({ write(chunk, encoding, done) { done(new Error('broken')); } });
new Console(broken).log('lost');
assert.strictEqual(broken.listenerCount('error'), 0);
const throwing = { write() { throw new Error('now'); }, on() {}, once() {}, removeListener() {}, listenerCount: () => 0 };
new Console({ stdout: throwing }).log('ignored');
assert.throws(() => new Console({ stdout: throwing, ignoreErrors: false }).log('x'), /now/);

// The global console follows a replaced write.
const { write } = process.stdout;
let seen = '';
process.stdout.write = (chunk) => { seen += chunk; return true; };
console.log('caught');
process.stdout.write = write;
assert.strictEqual(seen, 'caught\n');
