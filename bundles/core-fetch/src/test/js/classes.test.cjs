'use strict';

// The classes of the Fetch standard without a network, and where the globals are.
const assert = require('node:assert');
const http = require('node:http');

for (const name of ['fetch', 'FormData', 'Headers', 'Request', 'Response', 'WebSocket', 'CloseEvent', 'MessageEvent']) {
  const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.strictEqual(typeof value, 'function', name);
  assert.deepStrictEqual([writable, enumerable, configurable], [true, name === 'fetch', true], name);
}
assert.strictEqual(typeof EventSource, 'undefined');
assert.strictEqual(fetch.length, 1);
assert.strictEqual(fetch.name, 'fetch');
assert.strictEqual(http.WebSocket, WebSocket);
assert.strictEqual(http.CloseEvent, CloseEvent);
assert.strictEqual(http.MessageEvent, MessageEvent);

const headers = new Headers({ 'B': '2', 'a': '1' });
headers.append('a', '3');
assert.deepStrictEqual([...headers], [['a', '1, 3'], ['b', '2']]);
assert.throws(() => headers.set('bad name', 'x'), TypeError);
assert.throws(() => new Headers().append('a', '\n x\0'), TypeError);

const response = Response.json({ a: 1 }, { status: 201 });
assert.strictEqual(response.status, 201);
assert.strictEqual(response.headers.get('content-type'), 'application/json');
assert.strictEqual(Response.redirect('http://a/').headers.get('location'), 'http://a/');
assert.strictEqual(Response.error().type, 'error');
assert.throws(() => new Response('', { status: 99 }), RangeError);

const request = new Request('http://a/b?c#d', { method: 'post', body: 'x' });
assert.strictEqual(request.method, 'POST');
assert.strictEqual(request.url, 'http://a/b?c#d');
assert.throws(() => new Request('http://a', { body: 'x' }), TypeError);
assert.throws(() => Request('http://a'), TypeError);
const copy = request.clone();

const close = new CloseEvent('close', { code: 1000, reason: 'done', wasClean: true });
assert.deepStrictEqual([close.type, close.code, close.reason, close.wasClean], ['close', 1000, 'done', true]);
const message = new MessageEvent('message', { data: 1, origin: 'o' });
assert.deepStrictEqual([message.data, message.origin, message.lastEventId, message.source, message.ports], [1, 'o', '', null, []]);

Promise.all([response.json(), request.text(), copy.text()]).then((all) => assert.deepStrictEqual(all, [{ a: 1 }, 'x', 'x']));
