'use strict';

const { fork } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');

const worker = fork(path.join(__dirname, 'worker.js'));
const waiting = new Map();
let lastJob = 0;

worker.on('message', ({ job, result }) => {
  waiting.get(job)?.(result);
  waiting.delete(job);
});

function compute(n) {
  return new Promise((resolve) => {
    const job = ++lastJob;
    waiting.set(job, resolve);
    worker.send({ job, n });
  });
}

const server = http.createServer(async (request, response) => {
  const match = /^\/fib\/(\d{1,2})$/.exec(request.url);
  if (match === null) {
    response.end('still answering\n');
    return;
  }
  response.end(`${await compute(Number(match[1]))}\n`);
});

server.listen(process.env.PORT ?? 3000, () => {
  console.log(`http://localhost:${server.address().port}/`);
});

process.on('SIGTERM', () => {
  worker.disconnect();
  server.close();
});
