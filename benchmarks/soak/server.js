'use strict';

// The server of a soak: http, https, http2, WebSockets, files both ways, a child process and a worker thread now and then. It tells its ports as one line, and
// what it holds whenever a line comes in.

const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const path = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { createInterface } = require('node:readline');
const { pipeline } = require('node:stream');
const { Worker } = require('node:worker_threads');
const zlib = require('node:zlib');
const { WebSocketServer } = require('ws');

const folder = process.argv[2];
const file = path.join(folder, 'file');
let uploads = 0;

/** Gives up an answer that cannot be given: the client counts it. */
function fail(response, error) {
  console.error(error);
  response.destroy(error);
}

const routes = {
  '/'(request, response) {
    response.end('hello world');
  },
  '/json'(request, response) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: request.url, list: Array.from({ length: 50 }, (_, index) => ({ index, text: `item ${index}` })) }));
  },
  '/echo'(request, response) {
    request.pipe(response);
  },
  '/file'(request, response) {
    pipeline(fs.createReadStream(file), response, () => {});
  },
  '/gzip'(request, response) {
    pipeline(fs.createReadStream(file, { end: (1 << 20) - 1 }), zlib.createGzip({ level: 1 }), response, () => {});
  },
  // To a file, and back from it as a digest.
  '/upload'(request, response) {
    const target = path.join(folder, `upload-${++uploads}`);
    pipeline(request, fs.createWriteStream(target), (error) => {
      if (error) return fail(response, error);
      const hash = createHash('sha256');
      pipeline(fs.createReadStream(target), hash, (failed) => {
        fs.unlink(target, () => {});
        if (failed) fail(response, failed);
        else response.end(hash.read().toString('hex'));
      });
    });
  },
  '/child'(request, response) {
    const child = spawn('/bin/cat');
    pipeline(request, child.stdin, () => {});
    pipeline(child.stdout, response, () => {});
    child.on('error', (error) => fail(response, error));
  },
  '/worker'(request, response) {
    const worker = new Worker('require("node:worker_threads").parentPort.postMessage(6 * 7)', { eval: true });
    let answer;
    worker.on('message', (value) => { answer = value; });
    worker.on('error', (error) => fail(response, error));
    worker.on('exit', () => response.end(String(answer)));
  },
};

function handle(request, response) {
  const route = routes[request.url];
  if (route) {
    route(request, response);
  } else {
    response.statusCode = 404;
    response.end();
  }
}

const credentials = { key: fs.readFileSync(path.join(folder, 'key.pem')), cert: fs.readFileSync(path.join(folder, 'cert.pem')) };
const servers = {
  http: http.createServer(handle),
  https: https.createServer(credentials, handle),
  http2: http2.createSecureServer(credentials, handle),
};
// A client that is held up for five seconds must not find its idle connections gone.
for (const name of ['http', 'https']) servers[name].keepAliveTimeout = 120_000;
new WebSocketServer({ server: servers.http }).on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function look() {
  gc();
  gc();
  const { heapUsed, heapTotal } = process.memoryUsage();
  const seen = { heapUsed, heapTotal, handles: process.getActiveResourcesInfo().length, delay: delay.percentile(99) / 1e6 };
  delay.reset();
  return seen;
}

let waiting = Object.keys(servers).length;
for (const server of Object.values(servers)) {
  server.listen(0, '127.0.0.1', () => {
    if (--waiting > 0) return;
    console.log(JSON.stringify(Object.fromEntries(Object.entries(servers).map(([name, each]) => [name, each.address().port]))));
    createInterface({ input: process.stdin }).on('line', () => console.log(JSON.stringify(look()))).on('close', () => process.exit());
  });
}
