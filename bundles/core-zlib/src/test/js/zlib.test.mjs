import assert from 'node:assert';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const data = Buffer.from('the quick brown fox jumps over the lazy dog. '.repeat(500));
const pairs = [
  ['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'],
  ['brotliCompress', 'brotliDecompress'], ['zstdCompress', 'zstdDecompress'],
];

for (const [pack, unpack] of pairs) {
  const packed = zlib[`${pack}Sync`](data);
  assert.ok(packed.length < data.length / 10, pack);
  assert.deepStrictEqual(zlib[`${unpack}Sync`](packed), data);
  assert.deepStrictEqual(await promisify(zlib[unpack])(await promisify(zlib[pack])(data)), data);

  const create = (name) => zlib[`create${name[0].toUpperCase()}${name.slice(1)}`]({ chunkSize: 64 });
  const chunks = [];
  for (let i = 0; i < data.length; i += 777) chunks.push(data.subarray(i, i + 777));
  assert.deepStrictEqual(await buffer(Readable.from(chunks).pipe(create(pack)).pipe(create(unpack))), data);

  assert.throws(() => zlib[`${unpack}Sync`](packed.subarray(0, packed.length - 6)),
                { code: 'Z_BUF_ERROR', errno: -5, message: 'unexpected end of file' });
  assert.throws(() => zlib[`${unpack}Sync`](packed, { maxOutputLength: 10 }), { code: 'ERR_BUFFER_TOO_LARGE' });
}

// Members of a gzip file follow each other; zeros after the last one are padding.
const twice = Buffer.concat([zlib.gzipSync('abc'), zlib.gzipSync('def'), Buffer.alloc(5)]);
assert.strictEqual(String(zlib.gunzipSync(twice)), 'abcdef');

for (const [bad, expected] of [
  [() => zlib.inflateSync('junk'), { code: 'Z_DATA_ERROR', errno: -3, message: 'incorrect header check' }],
  [() => zlib.gunzipSync('junk'), { code: 'Z_DATA_ERROR', errno: -3, message: 'incorrect header check' }],
  [() => zlib.inflateRawSync('hello world'), { code: 'Z_DATA_ERROR', message: 'invalid stored block lengths' }],
  [() => zlib.brotliDecompressSync('zzz'), { code: 'ERR__ERROR_FORMAT_RESERVED', message: 'Decompression failed' }],
  [() => zlib.zstdDecompressSync('zzzzzzzz'), { code: 'ZSTD_error_prefix_unknown' }],
  [() => zlib.createGzip({ level: 99 }), { code: 'ERR_OUT_OF_RANGE' }],
  [() => zlib.createGzip({ windowBits: 8 }), { code: 'ERR_OUT_OF_RANGE' }],
  [() => zlib.createBrotliCompress({ params: { 99: 1 } }), { code: 'ERR_BROTLI_INVALID_PARAM' }],
  [() => zlib.gzipSync(3), { code: 'ERR_INVALID_ARG_TYPE' }],
]) assert.throws(bad, expected);

// Dictionaries.
const dictionary = Buffer.from('quick brown fox');
const packed = zlib.deflateSync(data, { dictionary });
assert.deepStrictEqual(zlib.inflateSync(packed, { dictionary }), data);
assert.throws(() => zlib.inflateSync(packed), { code: 'Z_NEED_DICT', message: 'Missing dictionary' });
assert.throws(() => zlib.inflateSync(packed, { dictionary: Buffer.from('x') }), { message: 'Bad dictionary' });

// flush() brings out what was written so far, params() changes the level in between.
const deflate = zlib.createDeflate();
deflate.write('first');
await new Promise((resolve) => deflate.flush(resolve));
const flushed = [];
for (let chunk; (chunk = deflate.read()) !== null;) flushed.push(chunk);
const head = Buffer.concat(flushed);
assert.strictEqual(String(zlib.inflateSync(head, { finishFlush: zlib.constants.Z_SYNC_FLUSH })), 'first');
await new Promise((resolve) => deflate.params(9, zlib.constants.Z_DEFAULT_STRATEGY, resolve));
deflate.end(' second');
const rest = await buffer(deflate);
assert.strictEqual(String(zlib.inflateSync(Buffer.concat([head, rest]))), 'first second');
assert.strictEqual(deflate.bytesWritten, 12);

const closing = zlib.createGunzip();
closing.close();
await once(closing, 'close');

assert.strictEqual(zlib.crc32('hello'), 907060870);
assert.strictEqual(zlib.crc32('lo', zlib.crc32('hel')), 907060870);
