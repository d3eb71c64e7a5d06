// Requests that are wrong, or that two parties could read in two ways: each is answered with 400 and its connection closed,
// nothing of it reaches the server's handler, and another connection does not notice.
import assert from 'node:assert';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';

let requests = 0;
const bodies = [];
const server = http.createServer((req, res) => {
  requests++;
  let body = '';
  req.setEncoding('latin1').on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    bodies.push(body);
    res.end(req.url);
  });
  req.on('error', () => {});
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address();

async function raw(text) {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => { answer += chunk; });
  await new Promise((resolve) => socket.on('close', resolve));
  return answer;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
async function neighbour(path) {
  const req = http.get({ host: '127.0.0.1', port, agent, path });
  const [res] = await once(req, 'response');
  return [(await res.toArray()).join(''), req.reusedSocket];
}
assert.deepStrictEqual(await neighbour('/first'), ['/first', false]);

const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const head = 'POST /bad HTTP/1.1\r\nHost: x\r\n';
const heads = {
  'length and transfer-encoding': `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'transfer-encoding and length': `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
  'two lengths': `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`,
  'the same length twice': `${head}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`,
  'a list of lengths': `${head}Content-Length: 4, 4\r\n\r\nabcd`,
  'a negative length': `${head}Content-Length: -1\r\n\r\n`,
  'a length with a sign': `${head}Content-Length: +4\r\n\r\nabcd`,
  'a length of hexadecimal digits': `${head}Content-Length: 0x4\r\n\r\nabcd`,
  'a length that is too large': `${head}Content-Length: 99999999999999999999999\r\n\r\n`,
  'chunked is not last': `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'a folded field': `${head}X-A: one\r\n two\r\nContent-Length: 0\r\n\r\n`,
  'a space before the colon': `${head}Content-Length : 4\r\n\r\nabcd`,
  'a space before the first name': 'GET / HTTP/1.1\r\n Host: x\r\n\r\n',
  'a control character in a name': `${head}X\x01A: b\r\n\r\n`,
  'a control character in a value': `${head}X-A: b\x00c\r\n\r\n`,
  'a bare CR in a value': `${head}X-A: b\rc\r\n\r\n`,
  'a bare LF after a value': `${head}X-A: b\nX-B: c\r\n\r\n`,
  'a bare LF after the request line': 'GET / HTTP/1.1\nHost: x\r\n\r\n',
  'no host': 'GET / HTTP/1.1\r\n\r\n',
  'an unknown method': 'GIT / HTTP/1.1\r\nHost: x\r\n\r\n',
  'another protocol': 'GET / HTTPS/1.1\r\nHost: x\r\n\r\n',
  'a version of its own': 'GET / HTTP/9.7\r\nHost: x\r\n\r\n',
  'no target': 'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
  'garbage': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
};
for (const [name, text] of Object.entries(heads)) {
  const before = requests;
  const answer = await raw(text);
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/, name);
  if (name !== 'no host') assert.strictEqual(answer, BAD_REQUEST, name);
  assert.strictEqual(requests, before, name);
}

// The head is good, the body is not: the handler has seen the request, but never the end of it
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
const wrongBodies = {
  'an unknown encoding': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a chunk size that is no number': `${chunked}zz\r\n\r\n`,
  'an empty chunk size': `${chunked}\r\nabc\r\n`,
  'a chunk size with a prefix': `${chunked}0x4\r\nabcd\r\n0\r\n\r\n`,
  'a chunk size that is too large': `${chunked}fffffffffffffffff1\r\n`,
  'a chunk longer than it says': `${chunked}2\r\nabcd\r\n0\r\n\r\n`,
  'a bare LF after a chunk size': `${chunked}4\nabcd\r\n0\r\n\r\n`,
  'a bare LF after a chunk': `${chunked}4\r\nabcd\n0\r\n\r\n`,
};
for (const [name, text] of Object.entries(wrongBodies)) {
  const before = bodies.length;
  assert.strictEqual(await raw(text), BAD_REQUEST, name);
  assert.strictEqual(bodies.length, before, name);
}

// What is smuggled behind a bad request is never read as a request
const smuggled = await raw(`${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`);
assert.strictEqual(smuggled, BAD_REQUEST);

assert.deepStrictEqual(await neighbour('/last'), ['/last', true]);
agent.destroy();
server.close();
