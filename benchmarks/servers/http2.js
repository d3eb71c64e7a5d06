'use strict';

const fs = require('node:fs');
const http2 = require('node:http2');

http2.createSecureServer({ key: fs.readFileSync(process.env.KEY), cert: fs.readFileSync(process.env.CERT) }, (request, response) => {
  response.end('hello world');
}).listen(Number(process.env.PORT), '127.0.0.1');
