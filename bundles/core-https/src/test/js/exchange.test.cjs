'use strict';

const assert = require('node:assert');
const { once } = require('node:events');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const https = require('node:https');
const os = require('node:os');
const path = require('node:path');
const tls = require('node:tls');

// A key and a certificate of this run alone.
function selfSigned() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nodule-https-'));
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
                             '-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=localhost', '-days', '2',
                             '-addext', 'subjectAltName=DNS:localhost'], { cwd: folder, stdio: 'ignore' });
    return { key: fs.readFileSync(path.join(folder, 'key.pem')), cert: fs.readFileSync(path.join(folder, 'cert.pem')) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function main() {
  const { key, cert } = selfSigned();
  const server = https.createServer({ key, cert }, (req, res) => {
    assert.strictEqual(req.socket.encrypted, true);
    res.setHeader('X-Protocol', req.socket.alpnProtocol || 'none');
    let body = '';
    req.setEncoding('utf8').on('data', (part) => body += part).on('end', () => res.end(`${req.method} ${req.url} ${body}`));
  });
  assert.ok(server instanceof tls.Server);
  await once(server.listen(0), 'listening');
  const { port } = server.address();
  const agent = new https.Agent({ keepAlive: true, ca: cert });

  async function send(options, body = '') {
    const req = https.request({ host: 'localhost', port, agent, ...options });
    req.end(body);
    const [res] = await once(req, 'response');
    let text = '';
    for await (const part of res.setEncoding('utf8')) text += part;
    return { res, text, reused: req.reusedSocket };
  }

  const first = await send({ method: 'POST', path: '/form' }, 'a=1');
  assert.strictEqual(first.text, 'POST /form a=1');
  assert.strictEqual(first.res.socket?.authorized ?? true, true);
  assert.strictEqual(first.res.headers['x-protocol'], 'none');
  const second = await send({ path: '/again' });
  assert.strictEqual(second.text, 'GET /again ');
  assert.strictEqual(second.reused, true);
  const large = await send({ method: 'PUT', path: '/large' }, 'x'.repeat(200_000));
  assert.strictEqual(large.text.length, 'PUT /large '.length + 200_000);
  agent.destroy();

  const untrusting = https.get({ host: 'localhost', port, agent: false });
  const [error] = await once(untrusting, 'error');
  assert.strictEqual(error.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');

  const answer = await send({ agent: false, rejectUnauthorized: false });
  assert.strictEqual(answer.text, 'GET / ');
  server.close();
  server.closeAllConnections();
}

main();
