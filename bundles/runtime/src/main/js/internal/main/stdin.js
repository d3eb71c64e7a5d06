'use strict';

// A script on standard input.

function run() {
  const chunks = [];
  process.stdin.on('data', (chunk) => chunks.push(chunk));
  process.stdin.on('end', () => {
    const code = require('buffer').Buffer.concat(chunks).toString();
    require('internal/main/eval').run(code, '[stdin]');
  });
}

module.exports = { run };
