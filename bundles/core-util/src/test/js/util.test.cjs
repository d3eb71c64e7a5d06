'use strict';

const assert = require('node:assert');
const util = require('node:util');
const { types } = util;

// format
assert.strictEqual(util.format('%s %s', 'a'), 'a %s');
assert.strictEqual(util.format('%s', Symbol('s'), 1n, -0), 'Symbol(s) 1n -0');
assert.strictEqual(util.format('%s %s %s', { toString: () => 'mine' }, null, () => 1), 'mine null () => 1');
assert.strictEqual(util.format('%d %i %f', '0x10', 1.9, 'x'), '16 1 NaN');
assert.strictEqual(util.format('%j', (() => { const o = {}; o.o = o; return o; })()), '[Circular]');
assert.strictEqual(util.format(1, 'a', { b: 'c' }), "1 a { b: 'c' }");
assert.strictEqual(util.formatWithOptions({ compact: false }, '%O', { a: 1 }), '{\n  a: 1\n}');

// promisify and callbackify
const { promisify, callbackify } = util;
const later = (value, callback) => setImmediate(callback, value < 0 ? new Error('negative') : null, value * 2);
const doubled = promisify(later);
assert.strictEqual(promisify(doubled), promisify(promisify(later)) && promisify(doubled));
function custom() {}
custom[promisify.custom] = () => 'custom';
assert.strictEqual(promisify(custom), custom[promisify.custom]);
assert.strictEqual(promisify.custom, Symbol.for('nodejs.util.promisify.custom'));
assert.throws(() => promisify('x'), { code: 'ERR_INVALID_ARG_TYPE' });
const called = new Promise((resolve) => {
  callbackify(async (value) => value + 1)(1, (error, value) => {
    assert.deepStrictEqual([error, value], [null, 2]);
    callbackify(() => Promise.reject(null))((reason) => {
      assert.strictEqual(reason.code, 'ERR_FALSY_VALUE_REJECTION');
      assert.strictEqual(reason.reason, null);
      resolve();
    });
  });
});

// inherits, deprecate
function Parent() {}
Parent.prototype.hello = () => 'hello';
function Child() {}
util.inherits(Child, Parent);
assert.strictEqual(new Child().hello(), 'hello');
assert.strictEqual(Child.super_, Parent);
assert.throws(() => util.inherits(Child, null), { code: 'ERR_INVALID_ARG_TYPE' });
const warnings = [];
process.on('warning', (warning) => warnings.push(`${warning.code} ${warning.message}`));
const old = util.deprecate(function old(a) { return this === undefined ? a : 'this'; }, 'old is old', 'TEST1');
assert.strictEqual(old(1), 1);
assert.strictEqual(old(2), 2);
util.deprecate(() => {}, 'same code', 'TEST1')();

// isDeepStrictEqual
assert.strictEqual(util.isDeepStrictEqual({ a: [1] }, { a: [1] }), true);
assert.strictEqual(util.isDeepStrictEqual([1], ['1']), false);
assert.strictEqual(util.isDeepStrictEqual(NaN, NaN), true);

// types
assert.ok(types.isPromise(Promise.resolve()) && !types.isPromise({ then() {} }));
assert.ok(types.isProxy(new Proxy({}, {})) && !types.isProxy({}));
assert.ok(types.isRegExp(/x/) && types.isDate(new Date()) && types.isNativeError(new TypeError()));
assert.ok(!types.isNativeError(Object.create(Error.prototype)));
assert.ok(types.isMap(new Map()) && types.isSet(new Set()) && types.isWeakMap(new WeakMap()));
assert.ok(types.isMapIterator(new Map().keys()) && types.isSetIterator(new Set().values()));
assert.ok(types.isAsyncFunction(async () => {}) && !types.isAsyncFunction(() => {}));
assert.ok(types.isGeneratorFunction(function* () {}) && types.isGeneratorObject((function* () {})()));
assert.ok(types.isBoxedPrimitive(Object(1n)) && !types.isBoxedPrimitive(1n));
assert.ok(types.isArrayBuffer(new ArrayBuffer(1)) && !types.isArrayBuffer(new SharedArrayBuffer(1)));
assert.ok(types.isAnyArrayBuffer(new SharedArrayBuffer(1)) && types.isSharedArrayBuffer(new SharedArrayBuffer(1)));
assert.ok(types.isUint8Array(Buffer.alloc(1)) && !types.isInt8Array(Buffer.alloc(1)));
assert.ok(types.isArgumentsObject((function() { return arguments; })()));

// Text
assert.strictEqual(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), 'red');
assert.strictEqual(util.styleText('red', 'x', { validateStream: false }), '\u001b[31mx\u001b[39m');
assert.strictEqual(util.styleText(['bold', 'underline'], 'x', { validateStream: false }),
  '\u001b[1m\u001b[4mx\u001b[24m\u001b[22m');
assert.throws(() => util.styleText('nocolor', 'x'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(util.toUSVString('a\ud800b'), 'a\ufffdb');

// parseArgs
assert.deepStrictEqual({ ...util.parseArgs({
  args: ['-fv', '--name=x', '--list', 'a', '--list', 'b', '--no-color', 'rest', '--', '--not'],
  options: {
    force: { type: 'boolean', short: 'f' }, verbose: { type: 'boolean', short: 'v' }, name: { type: 'string' },
    list: { type: 'string', multiple: true }, color: { type: 'boolean' }, level: { type: 'string', default: 'low' },
  },
  allowPositionals: true, allowNegative: true,
}).values }, { force: true, verbose: true, name: 'x', list: ['a', 'b'], color: false, level: 'low' });
assert.throws(() => util.parseArgs({ args: ['--x'] }), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
assert.throws(() => util.parseArgs({ args: ['x'] }), { code: 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' });
assert.throws(() => util.parseArgs({ args: ['--x=1'], options: { x: { type: 'boolean' } } }),
  { code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' });

// parseEnv
assert.deepStrictEqual({ ...util.parseEnv('A=1\n# no\nexport B = "two # words" # c\nC=\'a\\nb\'\nD="a\\nb"\nE=`x"y`\n') },
  { A: '1', B: 'two # words', C: 'a\\nb', D: 'a\nb', E: 'x"y' });

// MIMEType
const mime = new util.MIMEType('Text/HTML; charset=UTF-8; q="a b"');
assert.strictEqual(`${mime}`, 'text/html;charset=UTF-8;q="a b"');
assert.strictEqual(mime.essence, 'text/html');
mime.params.delete('charset');
assert.strictEqual(mime.toString(), 'text/html;q="a b"');
assert.throws(() => new util.MIMEType('none'), { code: 'ERR_INVALID_MIME_SYNTAX' });

// Encoders
assert.deepStrictEqual(new util.TextEncoder().encode('ä€'), new Uint8Array([0xc3, 0xa4, 0xe2, 0x82, 0xac]));
assert.deepStrictEqual(new TextEncoder().encodeInto('a€', new Uint8Array(3)), { read: 1, written: 1 });
const decoder = new util.TextDecoder('utf-8', { fatal: true });
assert.strictEqual(decoder.decode(new Uint8Array([0xe2, 0x82]), { stream: true }), '');
assert.strictEqual(decoder.decode(new Uint8Array([0xac])), '€');
assert.throws(() => decoder.decode(new Uint8Array([0xff])), { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
assert.strictEqual(new TextDecoder('utf-16le').decode(new Uint8Array([0xff, 0xfe, 0x61, 0])), 'a');
assert.throws(() => new TextDecoder('nothing'), { code: 'ERR_ENCODING_NOT_SUPPORTED', name: 'RangeError' });

// Errors of the system
assert.strictEqual(util.getSystemErrorName(-2), 'ENOENT');
assert.strictEqual(util.getSystemErrorMessage(-13), 'permission denied');
assert.deepStrictEqual(util.getSystemErrorMap().get(-111), ['ECONNREFUSED', 'connection refused']);
assert.throws(() => util.getSystemErrorName(1), { code: 'ERR_OUT_OF_RANGE' });

// debuglog says nothing unless it is asked to.
const debug = util.debuglog('nothing-asks-for-this');
assert.strictEqual(debug.enabled, false);
debug('nothing');

const controller = new AbortController();
const abortion = util.aborted(controller.signal, {});
controller.abort();

(async () => {
  assert.strictEqual(await doubled(4), 8);
  await assert.rejects(doubled(-1), /negative/);
  await called;
  await abortion;
  await new Promise(setImmediate);
  assert.deepStrictEqual(warnings, ['TEST1 old is old']);
})().catch((error) => {
  process.exitCode = 1;
  console.error(error);
});
