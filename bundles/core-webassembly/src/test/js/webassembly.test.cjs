'use strict';

// The JavaScript interface of WebAssembly: modules, instances, memories, tables, globals, and the kinds of errors.
const assert = require('node:assert');
const { createHash } = require('node:crypto');
const http = require('node:http');

// (func (export "add") (param i32 i32) (result i32))
const add = Buffer.from('0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b', 'hex');
// (import "m" "f" (func (param i32))) (func (export "run") i32.const 42 call 0)
const importing = Buffer.from('0061736d0100000001080260017f00600000020701016d0166000003020101070701' + '0372756e00010a08010600412a10000b', 'hex');
// (func (export "trap") unreachable)
const trapping = Buffer.from('0061736d01000000010401600000030201000708010474726170' + '00000a05010300000b', 'hex');

assert.strictEqual(Object.prototype.toString.call(WebAssembly), '[object WebAssembly]');
const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly');
assert.deepStrictEqual([descriptor.writable, descriptor.enumerable, descriptor.configurable], [true, false, true]);

assert.strictEqual(WebAssembly.validate(add), true);
assert.strictEqual(WebAssembly.validate(add.subarray(0, 12)), false);
const module_ = new WebAssembly.Module(add);
assert.deepStrictEqual(WebAssembly.Module.exports(module_), [{ name: 'add', kind: 'function' }]);
assert.deepStrictEqual(WebAssembly.Module.imports(new WebAssembly.Module(importing)), [{ module: 'm', name: 'f', kind: 'function' }]);
const { exports: { add: sum } } = new WebAssembly.Instance(module_);
assert.strictEqual(sum(2, 3), 5);
assert.strictEqual(sum(2 ** 31 - 1, 1), -(2 ** 31));

const calls = [];
new WebAssembly.Instance(new WebAssembly.Module(importing), { m: { f: (value) => calls.push(value) } }).exports.run();
assert.deepStrictEqual(calls, [42]);

assert.throws(() => new WebAssembly.Module(Buffer.from('not wasm')), (error) => error instanceof WebAssembly.CompileError && error instanceof Error);
assert.throws(() => new WebAssembly.Instance(new WebAssembly.Module(importing), { m: {} }), WebAssembly.LinkError);
assert.throws(() => new WebAssembly.Instance(new WebAssembly.Module(importing)), TypeError);
assert.throws(() => new WebAssembly.Instance(new WebAssembly.Module(trapping)).exports.trap(), WebAssembly.RuntimeError);

const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
const before = memory.buffer;
assert.strictEqual(before.byteLength, 65536);
assert.strictEqual(memory.grow(1), 1);
assert.strictEqual(before.byteLength, 0);
assert.strictEqual(memory.buffer.byteLength, 131072);
new Uint8Array(memory.buffer)[131071] = 7;
assert.strictEqual(Buffer.from(memory.buffer)[131071], 7);
assert.throws(() => memory.grow(5), RangeError);

// Buffers over its memory
{
  const view = Buffer.from(memory.buffer, 16, 16);
  assert.strictEqual(view.write('hello'), 5);
  assert.strictEqual(view.toString('latin1', 0, 5), 'hello');
  assert.strictEqual(Buffer.from(new Uint8Array(memory.buffer, 16, 5)).toString('hex'), '68656c6c6f');
  assert.strictEqual(view.indexOf('l'), 2);
  assert.strictEqual(createHash('sha1').update(view.subarray(0, 5)).digest('hex'), 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d');
  assert.strictEqual(new TextDecoder().decode(view.subarray(0, 5)), 'hello');
  view.fill('ab');
  assert.strictEqual(view.toString(), 'abababababababab');
  assert.deepStrictEqual(new TextEncoder().encodeInto('xyz', view), { read: 3, written: 3 });
  assert.strictEqual(new Uint8Array(memory.buffer)[17], 'y'.charCodeAt(0));
}

const global = new WebAssembly.Global({ value: 'i64', mutable: true }, 5n);
global.value = 6n;
assert.strictEqual(global.value, 6n);
const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
table.set(0, sum);
assert.strictEqual(table.get(0)(1, 1), 2);
assert.strictEqual(table.length, 1);

const server = http.createServer((request, response) => {
  response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': request.url === '/text' ? 'text/plain' : 'application/wasm' });
  response.end(add);
});
server.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const { module: compiled, instance } = await WebAssembly.instantiate(add);
  assert.ok(compiled instanceof WebAssembly.Module);
  assert.strictEqual(instance.exports.add(1, 2), 3);
  assert.strictEqual((await WebAssembly.instantiate(compiled)).exports.add(1, 2), 3);
  await assert.rejects(WebAssembly.compile(Buffer.from('x')), WebAssembly.CompileError);
  const streamed = await WebAssembly.instantiateStreaming(fetch(base));
  assert.strictEqual(streamed.instance.exports.add(4, 5), 9);
  await assert.rejects(WebAssembly.compileStreaming(fetch(`${base}/text`)), { name: 'TypeError', code: 'ERR_WEBASSEMBLY_RESPONSE' });
  await assert.rejects(WebAssembly.compileStreaming(fetch(`${base}/missing`)), { code: 'ERR_WEBASSEMBLY_RESPONSE' });
  await assert.rejects(WebAssembly.compileStreaming({}), { code: 'ERR_INVALID_ARG_TYPE' });
  server.close();
  server.closeAllConnections();
});
