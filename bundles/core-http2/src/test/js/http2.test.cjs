'use strict';

const assert = require('node:assert');
const http2 = require('node:http2');
const { once } = require('node:events');

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

async function body(stream) {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += chunk;
  return text;
}

async function streams() {
  const server = http2.createServer();
  server.on('stream', async (stream, headers) => {
    stream.respond({ ':status': 200, 'x-method': headers[':method'], 'set-cookie': ['a=1', 'b=2'] }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '7' }));
    stream.end(await body(stream));
  });
  const client = http2.connect(await listen(server));
  const request = client.request({ ':method': 'POST', ':path': '/echo' });
  const large = 'x'.repeat(300000); // more than a window
  request.end(large);
  const { 0: headers } = await once(request, 'response');
  assert.strictEqual(headers[':status'], 200);
  assert.strictEqual(headers['x-method'], 'POST');
  assert.deepStrictEqual(headers['set-cookie'], ['a=1', 'b=2']);
  const trailers = once(request, 'trailers');
  assert.strictEqual((await body(request)).length, large.length);
  assert.strictEqual((await trailers)[0]['x-sum'], '7');
  const pong = await new Promise((resolve, reject) => {
    client.ping(Buffer.from('12345678'), (error, duration, payload) => (error ? reject(error) : resolve(payload)));
  });
  assert.strictEqual(String(pong), '12345678');
  assert.throws(() => client.request({ 'connection': 'close' }), { code: 'ERR_HTTP2_INVALID_CONNECTION_HEADERS' });
  assert.throws(() => client.request({ ':bad': 'x' }), { code: 'ERR_HTTP2_INVALID_PSEUDOHEADER' });
  client.close();
  await once(client, 'close');
  const { 0: late } = await once(client.request(), 'error');
  assert.strictEqual(late.code, 'ERR_HTTP2_INVALID_SESSION');
  server.close();
  await once(server, 'close');
}

async function compatibility() {
  const server = http2.createServer(async (request, response) => {
    assert.strictEqual(request.httpVersion, '2.0');
    response.setHeader('X-Url', request.url);
    response.statusCode = 201;
    response.end(`${request.method} ${await body(request)}`);
  });
  const client = http2.connect(await listen(server));
  const answers = await Promise.all(['/a', '/b', '/c'].map(async (path) => {
    const request = client.request({ ':path': path, ':method': 'PUT' });
    request.end(path);
    const { 0: headers } = await once(request, 'response');
    return [headers[':status'], headers['x-url'], await body(request)];
  }));
  assert.deepStrictEqual(answers, [[201, '/a', 'PUT /a'], [201, '/b', 'PUT /b'], [201, '/c', 'PUT /c']]);
  client.close();
  server.close();
  await once(server, 'close');
}

async function pushAndReset() {
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    if (headers[':path'] === '/reset') {
      stream.on('error', () => {});
      stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    stream.pushStream({ ':path': '/pushed' }, (error, pushed) => {
      assert.ifError(error);
      pushed.respond();
      pushed.end('pushed');
      stream.respond();
      stream.end('asked');
    });
  });
  const client = http2.connect(await listen(server));
  const pushed = new Promise((resolve) => {
    client.once('stream', (stream, headers) => resolve(body(stream).then((text) => [headers[':path'], text])));
  });
  assert.strictEqual(await body(client.request({ ':path': '/' })), 'asked');
  assert.deepStrictEqual(await pushed, ['/pushed', 'pushed']);
  const refused = client.request({ ':path': '/reset' });
  const { 0: error } = await once(refused, 'error');
  assert.strictEqual(error.code, 'ERR_HTTP2_STREAM_ERROR');
  assert.strictEqual(refused.rstCode, http2.constants.NGHTTP2_REFUSED_STREAM);
  client.close();
  server.close();
  await once(server, 'close');
}

function settings() {
  const packed = http2.getPackedSettings({ enablePush: false, maxFrameSize: 20000 });
  assert.strictEqual(packed.toString('hex'), '000200000000000500004e20');
  assert.strictEqual(http2.getUnpackedSettings(packed).maxFrameSize, 20000);
  assert.throws(() => http2.getPackedSettings({ maxFrameSize: 1 }), { code: 'ERR_HTTP2_INVALID_SETTING_VALUE', name: 'RangeError' });
  assert.strictEqual(http2.constants.HTTP2_HEADER_CONTENT_TYPE, 'content-type');
  assert.strictEqual(http2.constants.HTTP_STATUS_TEAPOT, 418);
}

(async () => {
  settings();
  await streams();
  await compatibility();
  await pushAndReset();
})();
