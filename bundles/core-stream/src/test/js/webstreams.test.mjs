import assert from 'node:assert';
import { Readable, Transform, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  ByteLengthQueuingStrategy, CompressionStream, DecompressionStream, ReadableStream, TextDecoderStream,
  TextEncoderStream, TransformStream, WritableStream,
} from 'node:stream/web';

const letters = () => new ReadableStream({
  start(controller) {
    controller.enqueue('a');
    controller.enqueue('b');
    controller.close();
  },
});

assert.deepStrictEqual(await Array.fromAsync(letters()), ['a', 'b']);
const [one, two] = letters().tee();
assert.deepStrictEqual([await Array.fromAsync(one), await Array.fromAsync(two)], [['a', 'b'], ['a', 'b']]);

const upper = new TransformStream({ transform(chunk, controller) { controller.enqueue(chunk.toUpperCase()); } });
assert.deepStrictEqual(await Array.fromAsync(letters().pipeThrough(upper)), ['A', 'B']);

const written = [];
await letters().pipeTo(new WritableStream({ write(chunk) { written.push(chunk); } }));
assert.deepStrictEqual(written, ['a', 'b']);
await assert.rejects(
  letters().pipeTo(new WritableStream(), { signal: AbortSignal.abort() }), { name: 'AbortError' });
await assert.rejects(
  letters().pipeTo(new WritableStream({ write() { throw new Error('full'); } })), { message: 'full' });

// Bring your own buffer.
const bytes = new ReadableStream({
  type: 'bytes',
  pull(controller) {
    const { view } = controller.byobRequest;
    view[0] = 7;
    controller.byobRequest.respond(1);
  },
});
const { value, done } = await bytes.getReader({ mode: 'byob' }).read(new Uint8Array(4));
assert.deepStrictEqual([...value], [7]);
assert.strictEqual(done, false);

// Backpressure.
const writer = new WritableStream({}, new ByteLengthQueuingStrategy({ highWaterMark: 4 })).getWriter();
assert.strictEqual(writer.desiredSize, 4);
writer.write(new Uint8Array(6));
assert.strictEqual(writer.desiredSize, -2);

assert.throws(() => new ReadableStream({ type: 'other' }), { code: 'ERR_INVALID_ARG_VALUE' });
const locked = letters();
locked.getReader();
assert.throws(() => locked.getReader(), { code: 'ERR_INVALID_STATE' });

// There and back.
assert.strictEqual(await text(Readable.fromWeb(Readable.toWeb(Readable.from(['x', 'y'])))), 'xy');
const collected = [];
await letters().pipeTo(Writable.toWeb(new Writable({
  write(chunk, encoding, callback) {
    collected.push(String(chunk));
    callback();
  },
})));
assert.deepStrictEqual(collected, ['a', 'b']);
const pair = Transform.toWeb(new Transform({ transform(chunk, encoding, callback) { callback(null, `${chunk}?`); } }));
assert.strictEqual(await text(letters().pipeThrough(pair)), 'a?b?');

const euro = new ReadableStream({
  start(controller) {
    controller.enqueue('\ud83d');
    controller.enqueue('\ude00');
    controller.close();
  },
});
assert.strictEqual(
  (await Array.fromAsync(euro.pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream()))).join(''),
  '\u{1f600}');
for (const format of ['gzip', 'deflate', 'deflate-raw', 'brotli']) {
  const packed = letters().pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream(format));
  assert.strictEqual(await text(packed.pipeThrough(new DecompressionStream(format))), 'ab');
}
