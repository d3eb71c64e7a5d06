'use strict';

// serialization: 'advanced' carries what structured cloning does, there and back.
const assert = require('node:assert');
const { fork } = require('node:child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message, () => process.disconnect()));
} else {
  const message = {
    expression: /a/dgv, bytes: Buffer.from('hi'), numbers: new Float64Array([1.5]), map: new Map([[1, { a: 2n }]]), set: new Set(['é€']),
    date: new Date(0), nothing: undefined, view: new DataView(new ArrayBuffer(2)),
  };
  message.self = message;
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  let received;
  child.on('message', (value) => { received = value; });
  child.on('exit', (code) => {
    assert.strictEqual(code, 0);
    assert.deepStrictEqual(received, message);
    assert.strictEqual(received.self, received);
    assert.ok(Buffer.isBuffer(received.bytes));
  });
  child.send(message);
}
