'use strict';

const assert = require('node:assert');
const { Duplex, PassThrough, Readable, Transform, Writable } = require('node:stream');

// ES5 constructors can be called on an object of a subclass.
{
  function Source(options) {
    Readable.call(this, options);
    this.left = 3;
  }
  Object.setPrototypeOf(Source.prototype, Readable.prototype);
  Source.prototype._read = function() {
    this.push(this.left > 0 ? `chunk ${this.left--}` : null);
  };
  const source = new Source({ encoding: 'utf8' });
  const seen = [];
  source.on('data', (chunk) => seen.push(chunk));
  source.on('end', () => assert.deepStrictEqual(seen, ['chunk 3', 'chunk 2', 'chunk 1']));
}

// A write that is taken at once needs no 'drain'; one that waits does.
{
  const atOnce = new Writable({ highWaterMark: 1, write(chunk, encoding, callback) { callback(); } });
  assert.strictEqual(atOnce.write('abc'), true);
  const later = new Writable({ highWaterMark: 1, write(chunk, encoding, callback) { setImmediate(callback); } });
  assert.strictEqual(later.write('abc'), false);
  assert.strictEqual(later.writableNeedDrain, true);
  let drained = false;
  later.on('drain', () => { drained = true; });
  process.on('exit', () => assert.ok(drained));
}

// What is corked goes out together.
{
  const batches = [];
  const writable = new Writable({
    writev(chunks, callback) {
      batches.push(chunks.map(({ chunk }) => String(chunk)));
      callback();
    },
  });
  writable.cork();
  writable.write('a');
  writable.write('b');
  writable.end('c');
  writable.on('finish', () => assert.deepStrictEqual(batches, [['a', 'b', 'c']]));
}

// Errors: 'error' once, then 'close', in this order.
{
  const events = [];
  const stream = new Duplex({ read() {}, write(chunk, encoding, callback) { callback(new Error('no')); } });
  stream.on('error', (error) => events.push(error.message)).on('close', () => events.push('close'));
  stream.write('x', (error) => events.push(`write: ${error.message}`));
  process.on('exit', () => assert.deepStrictEqual(events, ['write: no', 'no', 'close']));
}
assert.throws(() => new Writable().write(null), { code: 'ERR_STREAM_NULL_VALUES' });
assert.throws(() => new Writable().write(1), { code: 'ERR_INVALID_ARG_TYPE' });
{
  const ended = new PassThrough().end();
  ended.on('error', (error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END'));
  ended.write('late');
}

// construct() holds reads and writes back.
{
  const order = [];
  const stream = new Duplex({
    construct(callback) {
      setImmediate(() => {
        order.push('construct');
        callback();
      });
    },
    read() {
      order.push('read');
      this.push(null);
    },
    write(chunk, encoding, callback) {
      order.push('write');
      callback();
    },
  });
  stream.resume();
  stream.end('x');
  stream.on('close', () => assert.strictEqual(order[0], 'construct'));
}

// pipe: backpressure stops the source.
{
  let asked = 0;
  const source = new Readable({ highWaterMark: 10, read() { this.push(asked++ < 50 ? Buffer.alloc(10) : null); } });
  let received = 0;
  const slow = new Transform({
    highWaterMark: 10,
    transform(chunk, encoding, callback) {
      received += chunk.length;
      setImmediate(callback);
    },
  });
  source.pipe(slow).resume();
  setImmediate(() => assert.ok(asked < 10, `${asked} chunks were read ahead`));
  slow.on('finish', () => assert.strictEqual(received, 500));
}
