'use strict';

const { EventEmitter, once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');

const readings = new Map();
const bus = new EventEmitter();
const journal = process.env.JOURNAL === undefined ? null : fs.createWriteStream(process.env.JOURNAL, { flags: 'a' });

bus.on('reading', (name, value) => {
  readings.set(name, value);
  journal?.write(`${new Date().toISOString()} ${name} ${value}\n`);
});

// Sensors send lines such as "temperature 21.5".
const sensors = net.createServer((socket) => {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop().slice(-1000);
    for (const line of lines) {
      const match = /^([a-z]{1,40}) (-?\d+(?:\.\d+)?)$/.exec(line.trim());
      if (match !== null) bus.emit('reading', match[1], Number(match[2]));
    }
  });
});

const server = http.createServer((request, response) => {
  if (request.url === '/restart') {
    // A module that the image was made without: it can be added to the running process.
    try {
      const { execFile } = require('node:child_process');
      execFile('true', (error) => response.end(error === null ? 'restarted\n' : `${error.message}\n`));
    } catch (error) {
      response.statusCode = 501;
      response.end(`${error.code}\n`);
    }
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(`${JSON.stringify(Object.fromEntries(readings))}\n`);
});

async function main() {
  sensors.listen(process.env.SENSOR_PORT ?? 0);
  server.listen(process.env.PORT ?? 3000);
  await Promise.all([once(sensors, 'listening'), once(server, 'listening')]);
  console.log(`sensors at ${sensors.address().port}`);
  console.log(`http://localhost:${server.address().port}/`);
}

process.on('SIGTERM', () => {
  sensors.close();
  server.close();
  server.closeAllConnections();
  journal?.end();
});

main();
