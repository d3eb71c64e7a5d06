'use strict';

// V8's serialization format: the bytes themselves, and values through them.
const assert = require('node:assert');
const v8 = require('node:v8');

const samples = [
  [undefined, 'ff0f5f'], [null, 'ff0f30'], [true, 'ff0f54'], [1, 'ff0f4902'], [-1, 'ff0f4901'], [1.5, 'ff0f4e000000000000f83f'],
  [-0, 'ff0f4e0000000000000080'], [2 ** 31, 'ff0f4e000000000000e041'], [10n, 'ff0f5a100a00000000000000'], [-1n, 'ff0f5a110100000000000000'],
  ['ab', 'ff0f22026162'], ['é', 'ff0f2201e9'], ['€', 'ff0f6302ac20'], ['日本', 'ff0f6304e5652c67'],
  [{ a: 1 }, 'ff0f6f22016149027b01'], [{ 1: 'x', b: [] }, 'ff0f6f4902220178220162410024' + '00007b02'],
  [[1, 2], 'ff0f4102490249042400' + '02'], [[1, , 3], 'ff0f61034900490249044906' + '4002' + '03'],
  [new Date(0), 'ff0f440000000000000000'], [/a/gi, 'ff0f5222016103'], [/a/dsv, 'ff0f5222016' + '1a003'],
  [new Map([[1, 2]]), 'ff0f3b490249043a02'], [new Set([1]), 'ff0f2749022c01'],
  [Object(true), 'ff0f79'], [Object(1), 'ff0f6e000000000000f03f'], [Object('s'), 'ff0f73220173'], [Object(1n), 'ff0f7a100100000000000000'],
  [new Uint8Array([1, 2]).buffer, 'ff0f42020102'], [new Uint8Array([1, 2]), 'ff0f5c01020102'], [Buffer.from('a'), 'ff0f5c0a0161'],
  [new Float16Array([1]), 'ff0f5c0d02003c'], [new DataView(new ArrayBuffer(1)), 'ff0f5c090100'],
  [new ArrayBuffer(1, { maxByteLength: 2 }), 'ff0f7e010200'],
];
for (const [value, hex] of samples) {
  const bytes = v8.serialize(value);
  assert.strictEqual(bytes.toString('hex'), hex);
  assert.deepStrictEqual(v8.deserialize(bytes), value);
}

const circular = { name: 'c' };
circular.self = circular;
assert.strictEqual(v8.serialize(circular).toString('hex'), 'ff0f6f22046e616d6522016322' + '0473656c665e007b02');
const back = v8.deserialize(v8.serialize(circular));
assert.strictEqual(back.self, back);

const error = v8.deserialize(v8.serialize(new RangeError('far', { cause: 'why' })));
assert.ok(error instanceof RangeError);
assert.deepStrictEqual([error.message, error.cause], ['far', 'why']);
assert.match(error.stack, /^RangeError: far\n/);

assert.throws(() => v8.serialize(() => {}), { name: 'Error', message: '() => {} could not be cloned.' });
assert.throws(() => v8.serialize(Symbol('s')), { message: 'Symbol(s) could not be cloned.' });
assert.throws(() => v8.serialize(new Proxy({}, {})), { message: '#<Object> could not be cloned.' });
assert.throws(() => v8.serialize(new WeakMap()), { message: '#<WeakMap> could not be cloned.' });
assert.throws(() => v8.deserialize('text'), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message: 'buffer must be a TypedArray or a DataView' });
assert.throws(() => v8.deserialize(Buffer.from('ff0f7f', 'hex')), { message: 'Unable to deserialize cloned data.' });
assert.throws(() => v8.deserialize(Buffer.from('ff20', 'hex')), /invalid or unsupported version/);

// Views share their buffer where the user asks for that.
const shared = new ArrayBuffer(4);
const plain = new v8.Serializer();
plain.writeHeader();
plain.writeValue([new Uint8Array(shared), new Uint16Array(shared, 2)]);
const bytes = plain.releaseBuffer();
assert.strictEqual(bytes.toString('hex'), 'ff0f410242040000000056420004005e01' + '5657020200' + '240002');
const reader = new v8.Deserializer(bytes);
assert.strictEqual(reader.readHeader(), true);
const [first, second] = reader.readValue();
assert.strictEqual(first.buffer, second.buffer);

const writer = new v8.Serializer();
writer.writeUint32(300);
writer.writeUint64(1, 2);
writer.writeDouble(0.5);
writer.writeRawBytes(Buffer.from('raw'));
const raw = new v8.Deserializer(writer.releaseBuffer());
assert.strictEqual(raw.readUint32(), 300);
assert.deepStrictEqual(raw.readUint64(), [1, 2]);
assert.strictEqual(raw.readDouble(), 0.5);
assert.strictEqual(raw.readRawBytes(3).toString(), 'raw');
assert.throws(() => raw.readDouble(), { message: 'ReadDouble() failed' });

assert.strictEqual(typeof v8.getHeapStatistics().used_heap_size, 'number');
assert.ok(v8.getHeapSpaceStatistics().some(({ space_name: name }) => name === 'old_space'));
assert.ok(!v8.startupSnapshot.isBuildingSnapshot());
assert.throws(() => v8.startupSnapshot.addSerializeCallback(() => {}), { code: 'ERR_NOT_BUILDING_SNAPSHOT' });
assert.throws(() => v8.setFlagsFromString(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(v8.isStringOneByteRepresentation('é'), true);
assert.strictEqual(v8.isStringOneByteRepresentation('€'), false);
