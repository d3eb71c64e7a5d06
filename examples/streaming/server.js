'use strict';

const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { pipeline } = require('node:stream');

const DEMO_BYTES = 256 * 1024 * 1024;

function demoFile() {
  const file = path.join(os.tmpdir(), `nodule-streaming-${process.pid}.bin`);
  const descriptor = fs.openSync(file, 'w');
  fs.ftruncateSync(descriptor, DEMO_BYTES);
  fs.closeSync(descriptor);
  process.on('exit', () => fs.rmSync(file, { force: true }));
  return file;
}

const file = process.argv[2] ?? demoFile();

/** The first and last byte that a Range header asks for, or null if it cannot be satisfied. */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? null : { start, end };
}

const server = http.createServer((request, response) => {
  fs.stat(file, (error, stats) => {
    if (error) {
      response.writeHead(404).end(`${error.code}\n`);
      return;
    }
    const headers = { 'Accept-Ranges': 'bytes', 'Content-Type': 'application/octet-stream' };
    let range = { start: 0, end: stats.size - 1 };
    let status = 200;
    if (request.headers.range !== undefined) {
      range = parseRange(request.headers.range, stats.size);
      if (range === null) {
        response.writeHead(416, { 'Content-Range': `bytes */${stats.size}` }).end();
        return;
      }
      status = 206;
      headers['Content-Range'] = `bytes ${range.start}-${range.end}/${stats.size}`;
    }
    headers['Content-Length'] = range.end - range.start + 1;
    response.writeHead(status, headers);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    pipeline(fs.createReadStream(file, range), response, () => {});
  });
});

server.listen(process.env.PORT ?? 3000, () => {
  console.log(`http://localhost:${server.address().port}/`);
});

process.on('SIGTERM', () => process.exit(0));
