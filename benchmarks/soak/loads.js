'use strict';

// The clients of a soak. Each goes on until stop(), compares every byte, and has { done, lost }: what came back as it should, and what did not.

const { createHash } = require('node:crypto');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const WebSocket = require('ws');
const { pattern } = require('../swap/pattern');

const TIMEOUT = 120_000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One operation after another, in so many lanes, with a pause between two. */
class Load {
  constructor(name, { lanes = 1, pause = 10 }, operation, end = () => {}) {
    this.name = name;
    this.lanes = lanes;
    this.pause = pause;
    this.operation = operation;
    this.end = end;
    this.done = 0;
    this.lost = [];
    this.stopping = false;
  }

  start() {
    this.running = Array.from({ length: this.lanes }, (_, lane) => this.run(lane));
  }

  async run(lane) {
    for (let n = 0; !this.stopping; n++) {
      try {
        await this.operation(lane, n);
        this.done++;
      } catch (error) {
        this.lost.push(`${error.code ?? ''} ${error.message}`.trim());
      }
      await sleep(this.pause);
    }
  }

  async stop() {
    this.stopping = true;
    await Promise.all(this.running);
    await this.end();
  }
}

function expectEqual(actual, expected, what) {
  if (Buffer.compare(actual, expected) !== 0) throw new Error(`${what}: wrong bytes, ${actual.length} of ${expected.length}`);
}

/** A request of http or https, with its whole answer. */
function exchange(module, options, body) {
  return new Promise((resolve, reject) => {
    const request = module.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        else resolve(Buffer.concat(chunks));
      });
    });
    request.setTimeout(TIMEOUT, () => request.destroy(new Error(`nothing within ${TIMEOUT} ms`)));
    request.on('error', reject);
    request.end(body);
  });
}

function exchange2(session, path, body) {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': path, ':method': body === undefined ? 'GET' : 'POST' });
    const chunks = [];
    let status;
    stream.on('response', (headers) => { status = headers[':status']; });
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => {
      if (status !== 200) reject(new Error(`status ${status}`));
      else resolve(Buffer.concat(chunks));
    });
    stream.setTimeout(TIMEOUT, () => stream.destroy(new Error(`nothing within ${TIMEOUT} ms`)));
    stream.end(body);
  });
}

function inFlight(socket, message) {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the connection was cut'));
    socket.once('close', closed);
    socket.once('message', (data) => {
      socket.off('close', closed);
      resolve(data);
    });
    socket.send(message);
  });
}

function allLoads({ http: plain, https: secure, http2: multiplexed, ca, fileBytes }) {
  const hello = Buffer.from('hello world');
  const body = Buffer.concat([pattern(7, 65536), pattern(11, 40_000)]);
  const file = Buffer.concat(Array.from({ length: fileBytes / 65536 }, (_, index) => pattern(index * 65536, 65536)));
  const upload = file.subarray(0, 4 << 20);
  const digest = Buffer.from(createHash('sha256').update(upload).digest('hex'));
  const at = (port, path, agent, extra) => ({ host: '127.0.0.1', port, path, agent, ...extra });
  const tls = { ca, servername: 'localhost' };

  const keepAlive = new http.Agent({ keepAlive: true });
  const secureAgent = new https.Agent({ keepAlive: true, ...tls });
  const sessions = [];
  const openSession = async (lane) => {
    const session = http2.connect(`https://127.0.0.1:${multiplexed}`, tls);
    sessions[lane] = { session, until: Date.now() + 5000 };
    let failure;
    session.on('error', (error) => { failure = error; });
    await new Promise((resolve, reject) => {
      session.once('connect', resolve);
      session.once('close', () => reject(failure ?? new Error('the session was closed')));
    });
    return session;
  };
  // A session lives for five seconds.
  const sessionOf = async (lane) => {
    const known = sessions[lane];
    if (known !== undefined && !known.session.destroyed && Date.now() < known.until) return known.session;
    known?.session.close();
    return openSession(lane);
  };
  const sockets = [];
  const openSocket = () => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${plain}`);
    socket.on('error', reject);
    socket.on('open', () => resolve(socket));
  });
  const ended = (socket) => new Promise((resolve) => {
    socket.once('close', resolve);
    socket.close();
  });

  return [
    new Load('http', { lanes: 8, pause: 5 }, async () => expectEqual(await exchange(http, at(plain, '/', keepAlive)), hello, 'hello')),
    new Load('http json', { lanes: 2 }, async () => JSON.parse(await exchange(http, at(plain, '/json', keepAlive)))),
    new Load('http, new connections', { pause: 20 }, async () => expectEqual(await exchange(http, at(plain, '/', false)), hello, 'hello')),
    new Load('http echo', { lanes: 2, pause: 20 },
      async () => expectEqual(await exchange(http, at(plain, '/echo', keepAlive, { method: 'POST' }), body), body, 'echo')),
    new Load('http gzip', { pause: 500 }, async () => {
      const packed = await exchange(http, at(plain, '/gzip', keepAlive));
      expectEqual(require('node:zlib').gunzipSync(packed), file.subarray(0, 1 << 20), 'gzip');
    }, () => keepAlive.destroy()),
    new Load('file', { lanes: 2, pause: 200 }, async () => expectEqual(await exchange(http, at(plain, '/file', false)), file, 'file')),
    new Load('upload', { pause: 500 },
      async () => expectEqual(await exchange(http, at(plain, '/upload', false, { method: 'POST' }), upload), digest, 'upload')),
    new Load('https', { lanes: 4, pause: 10 },
      async () => expectEqual(await exchange(https, at(secure, '/', secureAgent)), hello, 'https'), () => secureAgent.destroy()),
    new Load('https, new connections', { pause: 250 },
      async () => expectEqual(await exchange(https, at(secure, '/', false, tls)), hello, 'https')),
    new Load('https file', { pause: 1000 }, async () => expectEqual(await exchange(https, at(secure, '/file', false, tls)), file, 'https file')),
    new Load('http2', { lanes: 2, pause: 10 }, async (lane) => {
      const session = await sessionOf(lane);
      await Promise.all(Array.from({ length: 4 }, async () => expectEqual(await exchange2(session, '/'), hello, 'http2')));
      expectEqual(await exchange2(session, '/echo', body), body, 'http2 echo');
    }, () => sessions.forEach(({ session }) => session.close())),
    new Load('websocket', { lanes: 4, pause: 10 }, async (lane, n) => {
      const message = Buffer.from(pattern(n, 1 + n % 5000));
      sockets[lane] ??= await openSocket();
      expectEqual(await inFlight(sockets[lane], message), message, 'websocket');
    }, () => Promise.all(sockets.map(ended))),
    new Load('websocket, new connections', { pause: 500 }, async () => {
      const socket = await openSocket();
      expectEqual(await inFlight(socket, hello), hello, 'websocket');
      await ended(socket);
    }),
    new Load('child process', { pause: 2000 },
      async () => expectEqual(await exchange(http, at(plain, '/child', false, { method: 'POST' }), body), body, 'child process')),
    new Load('worker', { pause: 5000 }, async () => expectEqual(await exchange(http, at(plain, '/worker', false)), Buffer.from('42'), 'worker')),
  ];
}

module.exports = { allLoads };
