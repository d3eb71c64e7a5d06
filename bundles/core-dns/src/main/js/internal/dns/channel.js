'use strict';

// The servers, timeouts and queries of one resolver.

const {
  codes: { ERR_INVALID_IP_ADDRESS },
} = require('internal/errors');
const { validateArray, validateInt32, validatePort, validateString, validateUint32 } = require('internal/validators');
const { isIP, addressText } = require('internal/dns/address');
const { toASCII } = require('internal/dns/idna');

const DEFAULT_PORT = 53;
const DEFAULT_TIMEOUT = 2000;
const DEFAULT_TRIES = 3;

class ChannelWrap {
  constructor({ timeout, tries, maxTimeout }) {
    hide(this, {
      timeout: timeout < 0 ? DEFAULT_TIMEOUT : timeout,
      tries,
      maxTimeout,
      servers: undefined,
      local4: undefined,
      local6: undefined,
      queries: new Set(),
    });
  }

  // [[address, port]], at first the system's.
  getServers() {
    return this.servers ??= binding.systemServers().map((address) => [address, DEFAULT_PORT]);
  }

  setServers(servers) {
    this.servers = servers;
  }

  // Calls back with a code or null, and [[type, ttl, data]].
  query(name, type, callback) {
    const servers = this.getServers().map(({ 0: address, 1: port }) => `${address} ${port}`).join(' ');
    let id;
    const done = (code, answers) => {
      this.queries.delete(id);
      callback(code ?? null, answers);
    };
    id = binding.query(toASCII(name), type, servers, Math.max(1, this.timeout), this.maxTimeout, this.tries,
                       this.local4, this.local6, done);
    this.queries.add(id);
  }

  cancel() {
    for (const id of this.queries) binding.cancel(id);
  }
}

function hide(object, properties) {
  for (const name of Object.keys(properties)) {
    Object.defineProperty(object, name, { __proto__: null, value: properties[name], writable: true });
  }
}

function parseOptions(options) {
  const { timeout = -1, tries = DEFAULT_TRIES, maxTimeout = 0 } = options ?? {};
  validateInt32(timeout, 'options.timeout', -1);
  validateInt32(tries, 'options.tries', 1);
  validateUint32(maxTimeout, 'options.maxTimeout');
  return { timeout, tries, maxTimeout };
}

// An entry of setServers(): an address, `ipv4:port` or `[ipv6]:port`.
function parseServer(text) {
  if (isIP(text)) return [text, DEFAULT_PORT];
  const match = /^(?:\[([^[\]]{2,80})\]|([^:[\]]{7,15}))(?::(\d{1,5}))?$/.exec(text);
  if (match !== null) {
    const address = match[1] ?? match[2];
    if (isIP(address) === (match[1] === undefined ? 4 : 6)) {
      return [address, match[3] === undefined ? DEFAULT_PORT : parseInt(match[3], 10)];
    }
  }
  throw new ERR_INVALID_IP_ADDRESS(text);
}

function parseServers(servers) {
  validateArray(servers, 'servers');
  const parsed = [];
  servers.forEach((server, index) => {
    validateString(server, `servers[${index}]`);
    const { 0: address, 1: port } = parseServer(server);
    validatePort(port);
    // Named twice is asked once
    if (!parsed.some((known) => known[0] === address && known[1] === port)) parsed.push([address, port]);
  });
  return parsed;
}

function serverText({ 0: address, 1: port }) {
  if (port === DEFAULT_PORT) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function setLocalAddress(channel, ipv4, ipv6) {
  validateString(ipv4, 'ipv4');
  if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
  const first = isIP(ipv4);
  const second = ipv6 === undefined ? 0 : isIP(ipv6);
  if (first === 0 || (ipv6 !== undefined && (second === 0 || second === first))) {
    throw new Error(first !== 0 && first === second ? 'Cannot specify two addresses of the same family.' :
      'Invalid IP address.');
  }
  channel.local4 = first === 4 ? ipv4 : second === 4 ? ipv6 : undefined;
  channel.local6 = first === 6 ? ipv4 : second === 6 ? ipv6 : undefined;
}

// What the data of a record type is to the user. Addresses come as bytes.
const shapes = {
  __proto__: null,
  A: addressText,
  AAAA: addressText,
  MX: (data) => ({ ...data, type: 'MX' }),
  SRV: (data) => ({ ...data, type: 'SRV' }),
  CAA: ({ critical, ...property }) => ({ critical, type: 'CAA', ...property }),
  TLSA(data) {
    const { data: bytes } = data;
    return { ...data, data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
  },
};

function shape({ 0: type, 2: data }) {
  return type in shapes ? shapes[type](data) : data;
}

// An entry of resolveAny().
function shapeAny(answer) {
  const { 0: type, 1: ttl } = answer;
  const data = shape(answer);
  switch (type) {
    case 'A':
    case 'AAAA':
      return { address: data, ttl, type };
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return { value: data, type };
    case 'TXT':
      return { entries: data, type };
    default:
      return { ...data, type };
  }
}

function finish(type, answers, ttl) {
  if (type === 'ANY') return answers.map(shapeAny);
  if (type === 'SOA') return shape(answers[0]);
  if (ttl) return answers.map((answer) => ({ address: shape(answer), ttl: answer[1] }));
  return answers.map(shape);
}

module.exports = { ChannelWrap, parseOptions, parseServers, serverText, setLocalAddress, finish };
