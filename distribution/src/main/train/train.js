'use strict';

// The program that the ahead-of-time cache is trained on: it loads packages, serves Express, and asks itself over HTTP. What it
// does often enough is kept with its profile, so that a later process compiles it earlier and better.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { once } = require('node:events');

const REQUESTS = Number(process.env.NODULE_TRAINING_REQUESTS ?? 600);
// A slow machine trains less, rather than keep the build waiting.
const MILLISECONDS = 20_000;

function application() {
  let express;
  try {
    express = require(path.join(process.cwd(), 'node_modules', 'express'));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    // No registry at build time: the core modules alone.
    return (request, response) => response.end(JSON.stringify({ url: request.url }));
  }
  const app = express();
  app.use(express.json());
  app.get('/hello/:name', (request, response) => response.json({ hello: request.params.name, query: request.query }));
  app.post('/echo', (request, response) => response.status(201).json(request.body));
  app.get('/text', (request, response) => response.send('some text'));
  app.use(express.static(__dirname));
  app.use((request, response) => response.status(404).send('not here'));
  return app;
}

async function ask(agent, port, index) {
  const targets = ['/text', '/hello/world?a=1&b=2', '/echo', '/train.js', '/missing'];
  const target = targets[index % targets.length];
  const post = target === '/echo';
  const request = http.request({
    agent, port, path: target, method: post ? 'POST' : 'GET', headers: post ? { 'Content-Type': 'application/json' } : {},
  });
  request.end(post ? JSON.stringify({ index, list: [1, 2, 3] }) : undefined);
  const [response] = await once(request, 'response');
  let size = 0;
  for await (const chunk of response) size += chunk.length;
  return size;
}

async function main() {
  const server = http.createServer(application()).listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 10 });
  let bytes = 0;
  const end = Date.now() + MILLISECONDS;
  let requests = 0;
  for (; requests < REQUESTS && Date.now() < end; requests += 10) {
    const sizes = await Promise.all(Array.from({ length: 10 }, (_, k) => ask(agent, port, requests + k)));
    bytes += sizes.reduce((sum, size) => sum + size);
  }
  agent.destroy();
  server.close();
  await fs.promises.readFile(__filename, 'utf8');
  console.log('trained: %d requests, %d bytes', requests, bytes);
}

main();
