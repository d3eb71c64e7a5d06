'use strict';

// Load on one route: by wrk, which tells its own count of errors, or by connections of this process where there is no wrk.

const { spawn, spawnSync } = require('node:child_process');
const net = require('node:net');

/** Whether wrk can be had. */
const hasWrk = () => spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined;

class WrkLoad {
  constructor({ port, connections, seconds }) {
    this.process = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', `http://127.0.0.1:${port}/`]);
    process.on('exit', () => this.process.kill());
    this.text = '';
    this.process.stdout.on('data', (chunk) => { this.text += chunk; });
    this.ended = new Promise((resolve) => this.process.on('close', resolve));
  }

  /** Ends it: { requests, failed, cut, wrong }. */
  async stop() {
    this.process.kill('SIGINT');
    await this.ended;
    const [connect, read, write, timeout] = (/Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(this.text) ?? [])
      .slice(1).map(Number);
    return {
      requests: Number(/(\d+) requests in/.exec(this.text)?.[1] ?? 0),
      cut: (read ?? 0) + (write ?? 0),
      failed: (connect ?? 0) + (timeout ?? 0) + Number(/Non-2xx or 3xx responses: (\d+)/.exec(this.text)?.[1] ?? 0),
      wrong: 0,
    };
  }
}

/** Keep-alive connections that send the next request when the answer is there, and compare each. */
class OwnLoad {
  constructor({ port, connections, expected }) {
    this.totals = { requests: 0, failed: 0, cut: 0, wrong: 0 };
    this.stopping = false;
    this.expected = expected;
    this.sockets = Array.from({ length: connections }, () => this.connect(port));
  }

  connect(port) {
    const { totals } = this;
    let text = '';
    const send = () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const socket = net.connect(port, '127.0.0.1', send);
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
      const end = text.indexOf('\r\n\r\n') + 4;
      const length = end > 3 ? Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0) : Infinity;
      if (text.length < end + length) return;
      totals.requests++;
      if (!text.startsWith('HTTP/1.1 200 ')) totals.failed++;
      else if (text.slice(end) !== this.expected) totals.wrong++;
      text = '';
      if (this.stopping) socket.destroy();
      else send();
    });
    socket.on('error', () => {});
    socket.on('close', () => { if (!this.stopping) totals.cut++; });
    return socket;
  }

  async stop() {
    this.stopping = true;
    await Promise.all(this.sockets.map((socket) => socket.destroyed || new Promise((resolve) => {
      const late = setTimeout(() => {
        this.totals.failed++;
        socket.destroy();
      }, 10_000);
      socket.on('close', () => {
        clearTimeout(late);
        resolve();
      });
    })));
    return this.totals;
  }
}

module.exports = { OwnLoad, WrkLoad, hasWrk };
