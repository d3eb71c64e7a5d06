'use strict';

const assert = require('node:assert');
const { inspect } = require('node:util');

function shows(value, text, options) {
  assert.strictEqual(inspect(value, options), text);
}

// Primitives
shows('a\'b', '"a\'b"');
shows('a\'"b', '`a\'"b`');
shows('a\n\u0000\u{1f600}', "'a\\n\\x00😀'");
shows('\ud800', "'\\ud800'");
shows(-0, '-0');
shows(123456789.123, '123_456_789.123', { numericSeparator: true });
shows(10n, '10n');
shows(Symbol('s'), 'Symbol(s)');
shows(undefined, 'undefined');
shows(null, 'null');

// Objects and arrays
shows({}, '{}');
shows({ a: 1, 'b-c': 'x', [Symbol('s')]: true }, "{ a: 1, 'b-c': 'x', Symbol(s): true }");
shows([1, , 3], '[ 1, <1 empty item>, 3 ]');
shows(Object.assign([1], { extra: 1 }), '[ 1, extra: 1 ]');
shows(Array.from({ length: 22 }, (_, i) => i), `[
   0,  1,  2,  3,  4,  5,  6,
   7,  8,  9, 10, 11, 12, 13,
  14, 15, 16, 17, 18, 19, 20,
  21
]`);
assert.match(inspect(new Array(200).fill(0)), /\.\.\. 100 more items\n\]$/);
shows([['a']], "[ [ 'a' ] ]");
shows({ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }');
shows({ a: { b: { c: { d: 1 } } } }, '{\n  a: { b: { c: { d: 1 } } }\n}', { depth: Infinity });
shows({ a: [] }, '{ a: [] }', { depth: 0 });
shows({ a: [1] }, '{ a: [Array] }', { depth: 0 });
shows({ get a() { return 1; }, set b(value) {}, get c() { return 1; }, set c(value) {} },
  '{ a: [Getter], b: [Setter], c: [Getter/Setter] }');
shows({ get a() { return { x: 1 }; } }, '{ a: [Getter] { x: 1 } }', { getters: true });
shows(Object.create({ a: 1 }), '{}');
shows(Object.create(null), '[Object: null prototype] {}');
shows(Object.create(null, { x: { value: 1, enumerable: true } }), '[Object: null prototype] { x: 1 }');
shows(Object.create({}, { hidden: { value: 1 } }), '{ [hidden]: 1 }', { showHidden: true });
shows({ b: 1, a: 2 }, '{ a: 2, b: 1 }', { sorted: true });
shows({ a: 1, b: { c: 2 } }, '{\n  a: 1,\n  b: {\n    c: 2\n  }\n}', { compact: false });

// Cycles
const ring = { name: 'ring' };
ring.self = ring;
ring.list = [ring];
shows(ring, "<ref *1> { name: 'ring', self: [Circular *1], list: [ [Circular *1] ] }");

// Classes and functions
class Point { constructor() { this.x = 1; } }
class Named extends Point { get [Symbol.toStringTag]() { return 'Tag'; } }
shows(new Point(), 'Point { x: 1 }');
shows(new Named(), 'Named [Tag] { x: 1 }');
shows(Point, '[class Point]');
shows(Named, '[class Named extends Point]');
shows(class {}, '[class (anonymous)]');
shows(function f() {}, '[Function: f]');
shows(() => {}, '[Function (anonymous)]');
shows(async () => {}, '[AsyncFunction (anonymous)]');
shows(function* g() {}, '[GeneratorFunction: g]');
shows(Object.assign(function f() {}, { a: 1 }), '[Function: f] { a: 1 }');

// Built-ins
shows(new Map([['a', { b: 1 }], [1, [2]]]), "Map(2) { 'a' => { b: 1 }, 1 => [ 2 ] }");
shows(new Set([1, 'x']), "Set(2) { 1, 'x' }");
shows(new Map([['a', 1]]).keys(), "[Map Iterator] { 'a' }");
shows(new Map([['a', 1]]).entries(), "[Map Entries] { [ 'a', 1 ] }");
shows(new WeakSet(), 'WeakSet { <items unknown> }');
shows(Promise.resolve(1), 'Promise { 1 }');
shows(new Promise(() => {}), 'Promise { <pending> }');
const rejected = Promise.reject(new RangeError('no'));
rejected.catch(() => {});
assert.match(inspect(rejected), /^Promise \{\n  <rejected> RangeError: no\n      at /);
shows(new Proxy({ a: 1 }, {}), 'Proxy({ a: 1 })');
shows(new Proxy({ a: 1 }, {}), 'Proxy [ { a: 1 }, {} ]', { showProxy: true });
shows(new Date(0), '1970-01-01T00:00:00.000Z');
shows(new Date(NaN), 'Invalid Date');
shows(/a/gi, '/a/gi');
shows(Object('x'), "[String: 'x']");
shows(Object(1n), '[BigInt: 1n]');
shows(new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]');
shows(Buffer.from('ab'), '<Buffer 61 62>');
shows(new ArrayBuffer(2), 'ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }');
shows((function() { return arguments; })(1, 2), "[Arguments] { '0': 1, '1': 2 }");
shows(new URLSearchParams('a=b'), "URLSearchParams { 'a' => 'b' }");

// Errors
const error = new TypeError('wrong');
assert.strictEqual(inspect(error), error.stack);
error.code = 'X';
assert.ok(inspect(error).endsWith("{\n  code: 'X'\n}"));
assert.match(inspect(new Error('outer', { cause: new Error('inner') })), /^Error: outer\n[^]*\[cause\]: Error: inner\n/);
assert.match(inspect(new AggregateError([new Error('one')], 'all')), /^AggregateError: all\n[^]*\[errors\]: \[\n +Error: one/);
const short = new Error('short');
short.stack = undefined;
shows(short, '[Error: short]');
shows({ error: Object.assign(new Error('flat'), { stack: 'Error: flat' }) }, '{ error: [Error: flat] }');

// Custom
shows({ [inspect.custom]: (depth, options) => `custom ${depth} ${options.colors}` }, 'custom 2 false');
shows({ a: { [inspect.custom]: (depth, options, own) => own([1], options) } }, '{ a: [ 1 ] }');
shows({ [inspect.custom]: () => ({ replaced: true }) }, '{ replaced: true }');
assert.strictEqual(inspect.custom, Symbol.for('nodejs.util.inspect.custom'));
shows({ [inspect.custom]() { return 'x'; } },
  '{\n  Symbol(nodejs.util.inspect.custom): [Function: [nodejs.util.inspect.custom]]\n}', { customInspect: false });

// Limits
shows('x'.repeat(20), "'xxxxx'... 15 more characters", { maxStringLength: 5 });
shows([1, 2, 3], '[ 1, ... 2 more items ]', { maxArrayLength: 1 });
shows(new Set([1, 2]), 'Set(2) { 1, ... 1 more item }', { maxArrayLength: 1 });
shows(['a'.repeat(50), 'b'.repeat(50)], `[\n  '${'a'.repeat(50)}',\n  '${'b'.repeat(50)}'\n]`);
shows(['a\n'.repeat(10)], `[ '${'a\\n'.repeat(10)}' ]`);

// Colors
shows({ a: 1, b: 's', c: null },
  "{ a: \u001b[33m1\u001b[39m, b: \u001b[32m's'\u001b[39m, c: \u001b[1mnull\u001b[22m }", { colors: true });

// defaultOptions
const { depth } = inspect.defaultOptions;
inspect.defaultOptions.depth = 0;
shows({ a: {} , b: { c: 1 } }, '{ a: {}, b: [Object] }');
inspect.defaultOptions.depth = depth;
assert.throws(() => { inspect.defaultOptions = null; }, { code: 'ERR_INVALID_ARG_TYPE' });
