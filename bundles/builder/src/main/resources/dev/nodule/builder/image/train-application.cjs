'use strict';

// Preloaded into an application while its ahead-of-time cache is trained: asks a server for its first page some times, and ends
// what would run for ever.

const REQUESTS = 200;
const IDLE_MILLISECONDS = 10_000;

const end = () => process.exit(0);
setTimeout(end, IDLE_MILLISECONDS).unref();
process.on('uncaughtException', () => process.exit(1));

let http;
let net;
try {
  net = require('node:net');
  http = require('node:http');
} catch {
  // An image without a network.
}

async function visit(port) {
  const { once } = require('node:events');
  const agent = new http.Agent({ keepAlive: true });
  for (let i = 0; i < REQUESTS; i++) {
    const request = http.get({ agent, port, path: '/' });
    request.on('error', end);
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
  }
  agent.destroy();
}

if (http !== undefined) {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function(...args) {
    this.once('listening', () => {
      const address = this.address();
      const visited = this instanceof http.Server && address !== null && typeof address === 'object' ? visit(address.port) : undefined;
      // Without pages to ask for, its start is what is trained.
      Promise.resolve(visited).then(() => setTimeout(end, visited === undefined ? 1000 : 100), end);
    });
    return listen.apply(this, args);
  };
}
