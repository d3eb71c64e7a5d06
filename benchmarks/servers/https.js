'use strict';

const fs = require('node:fs');
const https = require('node:https');

const body = process.env.BODY_BYTES ? Buffer.alloc(Number(process.env.BODY_BYTES), 'x') : 'hello world';

https.createServer({ key: fs.readFileSync(process.env.KEY), cert: fs.readFileSync(process.env.CERT) }, (request, response) => {
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
