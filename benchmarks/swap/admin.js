'use strict';

// The admin socket of a process: what `nodule swap` speaks, without a JVM for each operation.

const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

function socketOf(pid) {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const folder = runtime && fs.existsSync(runtime) ? path.join(runtime, 'nodule') : `/tmp/nodule-${os.userInfo().uid}`;
  return path.join(folder, `${pid}.sock`);
}

/** Connects as soon as the process has opened its socket; request(operation, fields) gives the result. */
async function connect(pid) {
  for (let i = 0; !fs.existsSync(socketOf(pid)); i++) {
    if (i === 200) throw new Error(`process ${pid} has no admin socket`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const socket = net.connect(socketOf(pid));
  const waiting = [];
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    text += chunk;
    for (let end; (end = text.indexOf('\n')) >= 0; text = text.slice(end + 1)) waiting.shift()(JSON.parse(text.slice(0, end)));
  });
  return {
    request(op, fields = {}) {
      return new Promise((resolve, reject) => {
        waiting.push((answer) => {
          if (answer.ok) resolve(answer.result);
          else reject(new Error(`${answer.reason}: ${answer.message}`));
        });
        socket.write(`${JSON.stringify({ op, ...fields })}\n`);
      });
    },
    close() { socket.destroy(); },
  };
}

module.exports = { connect };
