'use strict';

// Clients that stay while modules are swapped. Each has { failed, cut, wrong } of its own and ends with stop().

const http = require('node:http');
const WebSocket = require('ws');
const { pattern } = require('./pattern');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Client {
  constructor(port) {
    this.url = `http://127.0.0.1:${port}`;
    this.port = port;
    this.failed = 0;
    this.cut = 0;
    this.wrong = 0;
    this.stopping = false;
  }
}

/** A response that goes on and on; every byte is compared. */
class Download extends Client {
  start() {
    let offset = 0;
    this.request = http.get(`${this.url}/download`, { agent: false }, (response) => {
      response.on('data', (chunk) => {
        for (let at = 0; at < chunk.length; at += 65536) {
          const part = chunk.subarray(at, at + 65536);
          if (Buffer.compare(part, pattern(offset, part.length)) !== 0) this.wrong++;
          offset += part.length;
        }
        this.bytes = offset;
      });
      response.on('error', () => {});
      response.on('close', () => { if (!this.stopping) this.cut++; });
    }).on('error', () => { if (!this.stopping) this.failed++; });
  }

  async stop() {
    this.stopping = true;
    this.request.destroy();
    if (!this.bytes) this.failed++;
  }
}

/** A request body that goes on; the server compares and answers at its end. */
class Upload extends Client {
  start() {
    this.done = new Promise((resolve) => {
      this.request = http.request(`${this.url}/upload`, { agent: false, method: 'POST' }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        if (response.statusCode === 200) {
          const { bytes, wrong } = JSON.parse(text);
          if (bytes !== this.offset) this.wrong++;
          this.wrong += wrong;
        } else {
          this.failed++;
        }
        resolve();
      }).on('error', () => {
        this.cut++;
        resolve();
      });
    });
    this.offset = 0;
    this.timer = setInterval(() => {
      if (this.request.writableNeedDrain) return;
      this.request.write(pattern(this.offset, 32768));
      this.offset += 32768;
    }, 20);
  }

  async stop() {
    clearInterval(this.timer);
    this.request.end();
    await this.done;
  }
}

/** Server-sent events, which must come without a gap; they tell what the server has served. */
class Events extends Client {
  start() {
    let next = 0;
    let text = '';
    this.timeline = [];
    this.request = http.get(`${this.url}/events`, { agent: false }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const event = JSON.parse(text.slice('data: '.length, end));
          if (event.id !== next++) this.wrong++;
          this.timeline.push(event);
        }
      });
      response.on('error', () => {});
      response.on('close', () => { if (!this.stopping) this.cut++; });
    }).on('error', () => { if (!this.stopping) this.failed++; });
  }

  async stop() {
    this.stopping = true;
    this.request.destroy();
  }

  /** Requests per second between two times; NaN if too few events tell of them. */
  rate(from, to) {
    const events = this.timeline.filter(({ time }) => time >= from && time <= to);
    if (events.length < 2) return NaN;
    const [first, last] = [events[0], events.at(-1)];
    return (last.served - first.served) / (last.time - first.time) * 1000;
  }
}

/** A WebSocket whose messages come back. */
class Echo extends Client {
  start() {
    let sent = 0;
    let back = 0;
    this.socket = new WebSocket(`ws://127.0.0.1:${this.port}`);
    this.socket.on('open', () => {
      this.timer = setInterval(() => this.socket.send(`message ${sent++} ${'x'.repeat(sent % 3000)}`), 10);
    });
    this.socket.on('message', (data) => {
      if (!String(data).startsWith(`message ${back} `)) this.wrong++;
      back++;
    });
    this.socket.on('close', () => { if (!this.stopping) this.cut++; });
    this.socket.on('error', () => { this.failed++; });
    this.missing = () => sent - back;
  }

  async stop() {
    clearInterval(this.timer);
    for (let i = 0; i < 100 && this.missing() > 0; i++) await sleep(20);
    if (this.missing() > 0) this.wrong += this.missing();
    this.stopping = true;
    this.socket.close();
  }
}

/** One request after another on one connection; how long each took. */
class Probe extends Client {
  constructor(port, route, expected) {
    super(port);
    this.route = route;
    this.expected = expected;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.samples = [];
    this.connections = new Set();
  }

  start() {
    this.loop = this.run();
  }

  async run() {
    while (!this.stopping) {
      const start = performance.now();
      await new Promise((resolve) => {
        const request = http.get(this.url + this.route, { agent: this.agent }, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            if (response.statusCode !== 200) this.failed++;
            else if (Buffer.compare(Buffer.concat(chunks), this.expected) !== 0) this.wrong++;
            resolve();
          });
          response.on('error', () => { this.cut++; resolve(); });
        }).on('error', () => { this.failed++; resolve(); });
        request.on('socket', (socket) => this.connections.add(socket));
      });
      this.samples.push({ start, end: performance.now() });
      await sleep(2);
    }
  }

  async stop() {
    this.stopping = true;
    await this.loop;
    this.agent.destroy();
    // A connection more than one means that the server has closed one.
    this.cut += this.connections.size - 1;
  }

  median() {
    const times = this.samples.map(({ start, end }) => end - start).sort((a, b) => a - b);
    return times[times.length >> 1];
  }

  /** The slowest request that was under way between two times. */
  slowest(from, to) {
    let worst = 0;
    for (let i = this.samples.length - 1; i >= 0 && this.samples[i].end >= from; i--) {
      const { start, end } = this.samples[i];
      if (start <= to) worst = Math.max(worst, end - start);
    }
    return worst;
  }
}

module.exports = { Download, Echo, Events, Probe, Upload };
