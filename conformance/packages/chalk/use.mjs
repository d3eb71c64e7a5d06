import assert from 'node:assert';
import chalk, { Chalk, chalkStderr, supportsColor } from 'chalk';

const colour = new Chalk({ level: 3 });
assert.strictEqual(colour.blue('Hello') + ' World' + colour.red('!'), '\u001b[34mHello\u001b[39m World\u001b[31m!\u001b[39m');
assert.strictEqual(colour.red.bold.underline('a', 'b'), '\u001b[31m\u001b[1m\u001b[4ma b\u001b[24m\u001b[22m\u001b[39m');
assert.strictEqual(colour.green(`I am ${colour.blue('inside')} a line`), '\u001b[32mI am \u001b[34minside\u001b[39m\u001b[32m a line\u001b[39m');
assert.strictEqual(colour.rgb(123, 45, 67)('x'), '\u001b[38;2;123;45;67mx\u001b[39m');
assert.strictEqual(colour.bgHex('#DEADED')('x'), '\u001b[48;2;222;173;237mx\u001b[49m');
assert.strictEqual(colour.red('a\nb'), '\u001b[31ma\u001b[39m\n\u001b[31mb\u001b[39m');
assert.strictEqual(new Chalk({ level: 0 }).red('plain'), 'plain');
assert.strictEqual(new Chalk({ level: 1 }).hex('#ff0000')('x'), '\u001b[91mx\u001b[39m');
// The output is a pipe here.
assert.strictEqual(supportsColor, false);
assert.strictEqual(chalk.red('x'), 'x');
assert.strictEqual(typeof chalkStderr.level, 'number');
assert.throws(() => new Chalk({ level: 10 }), /level/);
