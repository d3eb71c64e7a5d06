import assert from 'node:assert';
import { Duplex, PassThrough, Readable, Writable, addAbortSignal, compose, duplexPair, finished } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const seen = [];
const sink = () => new Writable({
  objectMode: true,
  write(chunk, encoding, callback) {
    seen.push(String(chunk));
    callback();
  },
});

await pipeline(
  async function* () { yield 'a'; yield 'b'; },
  new PassThrough({ objectMode: true }),
  async function* (source) { for await (const chunk of source) yield `${chunk}!`; },
  sink(),
);
assert.deepStrictEqual(seen, ['a!', 'b!']);

// Every stage goes down with the one that fails.
const source = new Readable({ read() {} });
const target = sink();
source.push('x');
await assert.rejects(
  pipeline(source, async function* () { throw new Error('stage'); }, target),
  { message: 'stage' });
assert.ok(source.destroyed && target.destroyed);

const controller = new AbortController();
const aborted = pipeline(new Readable({ read() {} }), sink(), { signal: controller.signal });
controller.abort();
await assert.rejects(aborted, { name: 'AbortError', code: 'ABORT_ERR' });

const premature = new Readable({ read() {} });
const closed = new Promise((resolve) => finished(premature, resolve));
premature.destroy();
assert.strictEqual((await closed).code, 'ERR_STREAM_PREMATURE_CLOSE');

const stopped = addAbortSignal(AbortSignal.abort(), new Readable({ read() {} }));
await assert.rejects(stopped.toArray(), { name: 'AbortError' });

const upper = compose(
  async function* (chunks) { for await (const chunk of chunks) yield String(chunk).toUpperCase(); },
  new PassThrough({ objectMode: true }));
upper.end('compose');
assert.deepStrictEqual((await upper.toArray()).map(String), ['COMPOSE']);

assert.deepStrictEqual(await Duplex.from(['p', 'q']).toArray(), ['p', 'q']);

const [left, right] = duplexPair();
left.end('over');
assert.strictEqual(String(await right.toArray()), 'over');

// The iterator helpers.
const numbers = () => Readable.from([1, 2, 3, 4]);
assert.deepStrictEqual(await numbers().map((n) => n * 2, { concurrency: 2 }).toArray(), [2, 4, 6, 8]);
assert.deepStrictEqual(await numbers().filter((n) => n % 2).toArray(), [1, 3]);
assert.deepStrictEqual(await numbers().drop(1).take(2).toArray(), [2, 3]);
assert.deepStrictEqual(await numbers().flatMap((n) => [n, n]).take(3).toArray(), [1, 1, 2]);
assert.strictEqual(await numbers().reduce((sum, n) => sum + n, 0), 10);
assert.strictEqual(await numbers().some((n) => n > 3), true);
assert.strictEqual(await numbers().every((n) => n > 3), false);
assert.strictEqual(await numbers().find((n) => n > 2), 3);
