'use strict';

const assert = require('node:assert');
const dgram = canRequire('node:dgram');
const dns = require('node:dns');
const promises = require('node:dns/promises');

function canRequire(id) {
  try {
    return require(id);
  } catch {
    return null;
  }
}

const results = (action) => new Promise((resolve) => action((...all) => resolve(all)));

async function lookup() {
  assert.strictEqual(dns.promises, promises);
  assert.deepStrictEqual(await results((done) => dns.lookup('127.0.0.1', done)), [null, '127.0.0.1', 4]);
  assert.deepStrictEqual(await results((done) => dns.lookup('::1', { all: true }, done)), [null, [{ address: '::1', family: 6 }]]);
  assert.deepStrictEqual(await promises.lookup('localhost', 4), { address: '127.0.0.1', family: 4 });
  await assert.rejects(promises.lookup(''), { code: 'ERR_INVALID_ARG_VALUE' });
  let now = true;
  const pending = results((done) => dns.lookup('127.0.0.1', (...all) => {
    assert.strictEqual(now, false, 'never at once');
    done(...all);
  }));
  now = false;
  await pending;
  const [error] = await results((done) => dns.lookup('no such name.invalid', done));
  assert.deepStrictEqual([error.syscall, error.hostname], ['getaddrinfo', 'no such name.invalid']);
  assert.ok(['ENOTFOUND', 'EAI_AGAIN'].includes(error.code));
  assert.strictEqual(error.message, `getaddrinfo ${error.code} no such name.invalid`);
}

function argumentChecks() {
  assert.throws(() => dns.lookup('a'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => dns.lookup('', () => {}), {
    code: 'ERR_INVALID_ARG_VALUE', message: "The argument 'hostname' must be a non-empty string. Received ''",
  });
  assert.throws(() => dns.lookup({}, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => dns.lookup('a', 5, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => dns.lookup('a', { hints: 1 }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => dns.lookup('a', { order: 'x' }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => dns.lookupService('localhost', 1, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => dns.lookupService('1.1.1.1', 65536, () => {}), { code: 'ERR_SOCKET_BAD_PORT' });
  assert.throws(() => dns.resolve('a', 'NONE', () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => dns.resolve4('a'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => dns.reverse('no address', () => {}), { code: 'EINVAL', syscall: 'getHostByAddr' });
  for (const wrong of ['x', ['1.1.1.1.1'], ['[::1'], ['1.1.1.1:99999']]) {
    assert.throws(() => dns.setServers(wrong), /ERR_/);
  }
}

function servers() {
  const resolver = new dns.Resolver();
  resolver.setServers(['1.2.3.4', '1.2.3.4:53', '1.2.3.4:5353', '::1', '[::1]:99']);
  assert.deepStrictEqual(resolver.getServers(), ['1.2.3.4', '1.2.3.4:5353', '::1', '[::1]:99']);
  assert.ok(Array.isArray(dns.getServers()));
  assert.throws(() => new dns.Resolver({ timeout: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => new dns.Resolver({ tries: 0 }), { code: 'ERR_OUT_OF_RANGE' });
  const before = dns.getDefaultResultOrder();
  dns.setDefaultResultOrder('ipv4first');
  assert.strictEqual(promises.getDefaultResultOrder(), 'ipv4first');
  dns.setDefaultResultOrder(before);
  assert.throws(() => dns.setDefaultResultOrder('x'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.strictEqual(dns.NOTFOUND, 'ENOTFOUND');
  assert.strictEqual(dns.ADDRCONFIG | dns.V4MAPPED | dns.ALL, 0x38);
}

// A server of our own answers what is asked by the name's first letters.
const u16 = (...values) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
const name = (text) => Buffer.concat([...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);
const records = {
  1: [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])],
  28: [Buffer.from([0x20, 1, 0xd, 0xb8, ...new Array(11).fill(0), 1])],
  15: [Buffer.concat([u16(10), name('mail.example')])],
  16: [Buffer.from([1, 97, 2, 98, 99])],
  12: [name('host.example')],
  2: [name('ns.example')],
  6: [Buffer.concat([name('ns.example'), name('root.example'), u16(0, 1, 0, 2, 0, 3, 0, 4, 0, 5)])],
  35: [Buffer.concat([u16(30, 100), Buffer.from([1, 115, 1, 120, 0]), name('sip.example')])],
  52: [Buffer.from([3, 1, 2, 9])],
  257: [Buffer.concat([Buffer.from([128, 5]), Buffer.from('issueca.x')])],
  33: [Buffer.concat([u16(1, 2, 443), name('srv.example')])],
};

function answer(query) {
  let end = 12;
  while (query[end] !== 0) {
    end += query[end] + 1;
  }
  const type = query.readUInt16BE(end + 1);
  const label = query.toString('latin1', 13, 13 + query[12]);
  const code = { missing: 3, refused: 5, broken: 2 }[label] ?? 0;
  const data = code !== 0 || label === 'empty' ? [] : records[type] ?? [];
  return Buffer.concat([query.subarray(0, 2), u16(0x8180 | code, 1, data.length, 0, 0), query.subarray(12, end + 5),
    ...data.flatMap((bytes) => [u16(0xc00c, type, 1, 0, 60, bytes.length), bytes])]);
}

async function resolving() {
  const server = dgram.createSocket('udp4');
  server.on('message', (query, peer) => server.send(answer(query), peer.port, peer.address));
  await new Promise((resolve) => server.bind(0, '127.0.0.1', resolve));
  server.unref();
  const resolver = new promises.Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  assert.deepStrictEqual(await resolver.resolve4('a.example'), ['192.0.2.1', '192.0.2.2']);
  assert.deepStrictEqual(await resolver.resolve4('a.example', { ttl: true }),
    [{ address: '192.0.2.1', ttl: 60 }, { address: '192.0.2.2', ttl: 60 }]);
  assert.deepStrictEqual(await resolver.resolve6('a.example'), ['2001:db8::1']);
  assert.deepStrictEqual(await resolver.resolveMx('a.example'), [{ exchange: 'mail.example', priority: 10, type: 'MX' }]);
  assert.deepStrictEqual(await resolver.resolveTxt('a.example'), [['a', 'bc']]);
  assert.deepStrictEqual(await resolver.reverse('192.0.2.1'), ['host.example']);
  assert.deepStrictEqual(await resolver.resolve('a.example', 'NS'), ['ns.example']);
  assert.deepStrictEqual((await resolver.resolveSrv('a.example')).map((srv) => ({ ...srv })),
    [{ name: 'srv.example', port: 443, priority: 1, weight: 2, type: 'SRV' }]);
  assert.partialDeepStrictEqual(await resolver.resolveSoa('a.example'),
    { nsname: 'ns.example', hostmaster: 'root.example', serial: 1, refresh: 2, retry: 3, expire: 4, minttl: 5 });
  assert.partialDeepStrictEqual(await resolver.resolveNaptr('a.example'),
    [{ flags: 's', service: 'x', regexp: '', replacement: 'sip.example', order: 30, preference: 100 }]);
  const [{ data, ...tlsa }] = await resolver.resolveTlsa('a.example');
  assert.deepStrictEqual([tlsa, [...new Uint8Array(data)]], [{ certUsage: 3, selector: 1, match: 2 }, [9]]);
  assert.deepStrictEqual(await resolver.resolveCaa('a.example'), [{ critical: 128, type: 'CAA', issue: 'ca.x' }]);
  await assert.rejects(resolver.resolve4('missing.example'), {
    code: 'ENOTFOUND', syscall: 'queryA', hostname: 'missing.example', message: 'queryA ENOTFOUND missing.example',
  });
  await assert.rejects(resolver.resolve6('refused.example'), { code: 'EREFUSED', syscall: 'queryAaaa' });
  await assert.rejects(resolver.resolve4('broken.example'), { code: 'ESERVFAIL' });
  await assert.rejects(resolver.resolve4('empty.example'), { code: 'ENODATA' });
  server.removeAllListeners('message');
  const silent = new promises.Resolver({ timeout: 10000, tries: 1 });
  silent.setServers([`127.0.0.1:${server.address().port}`]);
  const cancelled = silent.resolve4('a.example');
  server.once('message', () => silent.cancel());
  await assert.rejects(cancelled, { code: 'ECANCELLED', syscall: 'queryA' });
  server.close();
}

(async () => {
  argumentChecks();
  servers();
  await lookup();
  if (dgram !== null) {
    await resolving();
  }
})().catch((error) => {
  process.exitCode = 1;
  console.error(error);
});
