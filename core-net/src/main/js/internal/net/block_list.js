'use strict';

// Addresses, ranges and subnets to compare connections with. Every address is held in sixteen bytes, IPv4 in its mapped form, so
// that a rule of one family also meets the other's spelling of the same address.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateArray, validateInt32, validateString } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { isIP } = require('internal/net/address');
const { SocketAddress } = require('internal/net/socket_address');

const kRules = stateSymbol('net.BlockList');

const KINDS = ['Address', 'Subnet', 'Range']; // in the order in which they are listed
const MAPPED_BITS = 96;

const familyNames = { __proto__: null, ipv4: 'IPv4', ipv6: 'IPv6' };

// An argument that names an address, as { address, family }.
function endpoint(value, name, family) {
  if (SocketAddress.isSocketAddress(value)) return value;
  validateString(value, name);
  validateString(family, 'family');
  return new SocketAddress({ address: value, family });
}

function mappedBytes({ address }) {
  const bytes = binding.addressBytes(address);
  if (bytes.length === 16) return bytes;
  const mapped = Buffer.alloc(16);
  mapped[10] = mapped[11] = 0xff;
  bytes.copy(mapped, 12);
  return mapped;
}

function addressRule(point) {
  const bytes = mappedBytes(point);
  return { kind: 'Address', text: `Address: ${familyNames[point.family]} ${point.address}`, first: bytes, last: bytes };
}

function rangeRule(start, end) {
  return {
    kind: 'Range',
    text: `Range: ${familyNames[start.family]} ${start.address}-${end.address}`,
    first: mappedBytes(start),
    last: mappedBytes(end),
  };
}

function subnetRule(network, prefix) {
  const first = mappedBytes(network);
  const last = Buffer.from(first);
  for (let bit = network.family === 'ipv4' ? MAPPED_BITS + prefix : prefix; bit < 128; bit++) {
    first[bit >> 3] &= ~(0x80 >> (bit & 7));
    last[bit >> 3] |= 0x80 >> (bit & 7);
  }
  return { kind: 'Subnet', text: `Subnet: ${familyNames[network.family]} ${network.address}/${prefix}`, first, last };
}

function subnetOf(value, prefix, family) {
  const network = endpoint(value, 'network', family);
  validateInt32(prefix, 'prefix', 0, network.family === 'ipv4' ? 32 : 128);
  return subnetRule(network, prefix + 0);
}

function subnetOfCidr(cidr, name) {
  validateString(cidr, name);
  const slash = cidr.lastIndexOf('/');
  const address = slash < 0 ? '' : cidr.slice(0, slash);
  const version = isIP(address);
  if (version === 0 || !/^\d{1,3}$/.test(cidr.slice(slash + 1))) throw new ERR_INVALID_ARG_VALUE(name, cidr);
  return subnetOf(address, Number(cidr.slice(slash + 1)), `ipv${version}`);
}

function addRule(list, rule) {
  if (!list[kRules].some(({ text }) => text === rule.text)) list[kRules].unshift(rule);
}

function removeRule(list, rule) {
  const index = list[kRules].findIndex(({ text }) => text === rule.text);
  if (index >= 0) list[kRules].splice(index, 1);
}

// The rule of a line of toJSON(); undefined if it is none.
function parseRule(line) {
  const match = /^(Address|Range|Subnet): (IPv[46]) (.+)$/.exec(line);
  if (match === null) return undefined;
  const family = match[2].toLowerCase();
  const point = (address) => new SocketAddress({ address, family });
  const { 0: left, 1: right } = match[3].split(match[1] === 'Range' ? '-' : '/');
  switch (match[1]) {
    case 'Address':
      return addressRule(point(left));
    case 'Range':
      return rangeRule(point(left), point(right));
    default:
      return subnetOf(left, Number(right), family);
  }
}

class BlockList {
  constructor() {
    Object.defineProperty(this, kRules, { __proto__: null, value: [] });
  }

  addAddress(address, family = 'ipv4') {
    addRule(this, addressRule(endpoint(address, 'address', family)));
  }

  addAddresses(addresses, family = 'ipv4') {
    validateArray(addresses, 'addresses');
    validateString(family, 'family');
    const rules = addresses.map((address, index) => addressRule(endpoint(address, `addresses[${index}]`, family)));
    for (const rule of rules) addRule(this, rule);
  }

  addRange(start, end, family = 'ipv4') {
    const from = endpoint(start, 'start', family);
    const rule = rangeRule(from, endpoint(end, 'end', family));
    if (Buffer.compare(rule.first, rule.last) > 0) {
      throw new ERR_INVALID_ARG_VALUE('start', from, 'must come before end');
    }
    addRule(this, rule);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    addRule(this, subnetOf(network, prefix, family));
  }

  addCIDR(cidr) {
    addRule(this, subnetOfCidr(cidr, 'cidr'));
  }

  addCIDRs(cidrs) {
    validateArray(cidrs, 'cidrs');
    const rules = cidrs.map((cidr, index) => subnetOfCidr(cidr, `cidrs[${index}]`));
    for (const rule of rules) addRule(this, rule);
  }

  removeAddress(address, family = 'ipv4') {
    removeRule(this, addressRule(endpoint(address, 'address', family)));
  }

  removeRange(start, end, family = 'ipv4') {
    removeRule(this, rangeRule(endpoint(start, 'start', family), endpoint(end, 'end', family)));
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    removeRule(this, subnetOf(network, prefix, family));
  }

  removeCIDR(cidr) {
    removeRule(this, subnetOfCidr(cidr, 'cidr'));
  }

  check(address, family = 'ipv4') {
    let point = address;
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      validateString(family, 'family');
      if (isIP(address) !== (family.toLowerCase() === 'ipv4' ? 4 : 6)) return false;
      point = { address };
    }
    const bytes = mappedBytes(point);
    return this[kRules].some(({ first, last }) =>
      Buffer.compare(first, bytes) <= 0 && Buffer.compare(bytes, last) <= 0);
  }

  clear() {
    this[kRules].length = 0;
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(data) {
    let lines = data;
    if (typeof lines === 'string') {
      try {
        lines = JSON.parse(lines);
      } catch {
        lines = undefined;
      }
    }
    if (!Array.isArray(lines) || lines.some((line) => typeof line !== 'string')) {
      throw new ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], data);
    }
    for (const line of lines) {
      const rule = parseRule(line);
      if (rule !== undefined) addRule(this, rule);
    }
  }

  get rules() {
    return KINDS.flatMap((kind) => this[kRules].filter((rule) => rule.kind === kind).map(({ text }) => text));
  }

  get size() {
    return this[kRules].length;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[BlockList]';
    const { inspect } = require('util');
    const { rules } = this;
    return `BlockList ${inspect({ rules }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static isBlockList(value) {
    return value?.[kRules] !== undefined;
  }
}

Object.defineProperty(BlockList, 'PRIVATE_RANGES', {
  __proto__: null,
  enumerable: true,
  value: Object.freeze(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16',
                        'fe80::/10', 'fc00::/7']),
});

module.exports = { BlockList };
