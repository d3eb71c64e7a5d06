'use strict';

const fs = require('node:fs');
const http = require('node:http');

const file = process.env.FILE ?? __filename;

http.createServer((request, response) => {
  fs.createReadStream(file).pipe(response);
}).listen(Number(process.env.PORT), '127.0.0.1');
