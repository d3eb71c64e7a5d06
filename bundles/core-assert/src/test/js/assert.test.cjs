'use strict';

const assert = require('node:assert');
const strict = require('node:assert/strict');

// The tests below check the module without its help where it could hide its own failure.
function check(condition, text) {
  if (!condition) {
    throw new Error(`check failed: ${text}`);
  }
}

function failureOf(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error(`did not fail: ${action}`);
}

const passes = (action) => { action(); };
const fails = (action) => check(failureOf(action).code === 'ERR_ASSERTION', action);

// The error
const error = failureOf(() => assert.strictEqual(1, 2));
check(error instanceof assert.AssertionError && error instanceof Error, 'class');
check(error.name === 'AssertionError' && error.code === 'ERR_ASSERTION', 'name');
check(error.actual === 1 && error.expected === 2 && error.operator === 'strictEqual', 'values');
check(error.generatedMessage === true, 'generated');
check(error.message === 'Expected values to be strictly equal:\n\n1 !== 2\n', error.message);
check(error.stack.startsWith('AssertionError [ERR_ASSERTION]: Expected'), error.stack);
const own = failureOf(() => assert.strictEqual(1, 2, 'mine'));
check(own.message === 'mine\n\n1 !== 2\n' && own.generatedMessage === false, own.message);
const given = new TypeError('given');
check(failureOf(() => assert.ok(0, given)) === given, 'an error as message is thrown itself');
check(failureOf(() => assert.fail()).message === 'Failed', 'fail');
check(failureOf(() => assert()).message === 'No value argument passed to `assert.ok()`', 'no value');
check(failureOf(() => assert(0 === 1)).message.includes('assert(0 === 1)'), 'the source is shown');

// Equality by kind
passes(() => assert.equal(1, '1'));
fails(() => assert.notEqual(1, '1'));
fails(() => assert.strictEqual(1, '1'));
passes(() => assert.strictEqual(NaN, NaN));
fails(() => assert.strictEqual(0, -0));
passes(() => assert.deepEqual({ a: [1, '2'] }, { a: ['1', 2] }));
fails(() => assert.deepStrictEqual({ a: [1] }, { a: ['1'] }));
passes(() => assert.deepStrictEqual(new Map([[{ k: 1 }, new Set([[1]])]]), new Map([[{ k: 1 }, new Set([[1]])]])));
fails(() => assert.deepStrictEqual(new Set([1, 2]), new Set([1, 3])));
fails(() => assert.deepStrictEqual([0], [-0]));
fails(() => assert.deepStrictEqual({}, []));
fails(() => assert.deepStrictEqual(new Date(0), new Date(1)));
fails(() => assert.deepStrictEqual(/a/g, /a/i));
fails(() => assert.deepStrictEqual(new Error('a'), new Error('b')));
fails(() => assert.deepStrictEqual({ [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 2 }));
fails(() => assert.deepStrictEqual(Object.create(null), {}));
fails(() => assert.deepStrictEqual(new Uint8Array([1]), new Int8Array([1])));
passes(() => assert.deepStrictEqual(Object(1), Object(1)));
fails(() => assert.deepStrictEqual(Object(1), Object(2)));
passes(() => assert.notDeepStrictEqual([1], ['1']));
const ring = { value: 1 };
ring.self = ring;
const other = { value: 1 };
other.self = other;
passes(() => assert.deepStrictEqual(ring, other));
other.self = { value: 1, self: null };
fails(() => assert.deepStrictEqual(ring, other));
passes(() => assert.partialDeepStrictEqual({ a: 1, b: [1, 2] }, { b: [1] }));
fails(() => assert.partialDeepStrictEqual({ a: 1 }, { c: undefined }));
check(strict.equal === assert.strictEqual && strict.deepEqual === assert.deepStrictEqual && strict.strict === strict, 'strict');

// The difference is shown line by line.
const difference = failureOf(() => assert.deepStrictEqual({ a: 1, b: [1, 2, 3] }, { a: 1, b: [1, 9, 3] })).message;
check(difference.startsWith('Expected values to be strictly deep-equal:\n+ actual - expected\n'), difference);
check(/^\+ +2,$/m.test(difference) && /^- +9,$/m.test(difference), difference);

// throws
passes(() => assert.throws(() => { throw new RangeError('out'); }, RangeError));
passes(() => assert.throws(() => { throw new Error('out 1'); }, /out \d/));
passes(() => assert.throws(() => { throw Object.assign(new Error('m'), { code: 'X' }); }, { code: 'X', message: /^m$/, name: 'Error' }));
passes(() => assert.throws(() => { throw new Error('x'); }, (e) => e.message === 'x'));
fails(() => assert.throws(() => {}));
check(failureOf(() => assert.throws(() => {}, TypeError)).message === 'Missing expected exception (TypeError).', 'missing');
fails(() => assert.throws(() => { throw new Error('m'); }, { message: 'n' }));
const wrong = new SyntaxError('not this');
const stranger = failureOf(() => assert.throws(() => { throw wrong; }, RangeError));
check(stranger.actual === wrong && stranger.message.startsWith(
  'The error is expected to be an instance of "RangeError". Received "SyntaxError"\n\nError message:\n\nnot this'), stranger.message);
check(failureOf(() => assert.throws('no function')).code === 'ERR_INVALID_ARG_TYPE', 'argument');
check(failureOf(() => assert.throws(() => { throw new Error('same'); }, 'same')).code === 'ERR_AMBIGUOUS_ARGUMENT', 'ambiguous');
check(/^Got unwanted exception\.\nActual message: "x"$/.test(
  failureOf(() => assert.doesNotThrow(() => { throw new Error('x'); })).message), 'doesNotThrow');

// match, ifError
passes(() => assert.match('abc', /b/));
check(failureOf(() => assert.match('abc', /x/)).message.startsWith('The input did not match the regular expression /x/.'), 'match');
fails(() => assert.doesNotMatch('abc', /b/));
passes(() => assert.ifError(null));
const cause = new Error('cause');
const ifError = failureOf(() => assert.ifError(cause));
check(ifError.message === 'ifError got unwanted exception: cause' && ifError.actual === cause, 'ifError');

// Promises
(async () => {
  await assert.rejects(Promise.reject(new Error('no')), /no/);
  await assert.rejects(async () => { throw new TypeError('no'); }, TypeError);
  await assert.doesNotReject(Promise.resolve(1));
  const missing = await assert.rejects(Promise.resolve(1)).then(() => null, (reason) => reason);
  check(missing.message === 'Missing expected rejection.', 'missing rejection');
  const type = await assert.rejects(() => 1).then(() => null, (reason) => reason);
  check(type.code === 'ERR_INVALID_RETURN_VALUE', 'no promise');
  const unwanted = await assert.doesNotReject(Promise.reject(new Error('y'))).then(() => null, (reason) => reason);
  check(unwanted.message === 'Got unwanted rejection.\nActual message: "y"', unwanted.message);
})().catch((reason) => {
  process.exitCode = 1;
  console.error(reason);
});
