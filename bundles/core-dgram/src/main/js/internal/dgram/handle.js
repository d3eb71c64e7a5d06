'use strict';

// What stands behind a dgram.Socket: an object whose methods pass its number on to the binding.

const { kOwner, kPerRevision } = require('internal/symbols');
const { getOptionValue } = require('internal/options');

const EBADF = -9;

// Java calls this for each datagram, with the handle as `this`: its size and bytes, or an error.
function deliverMessage(status, bytes, address, port, isIPv6) {
  this.onmessage(status, bytes, status < 0 ? undefined : {
    address, family: isIPv6 ? 'IPv6' : 'IPv4', port, size: 0,
  });
}

function fill(out, endpoint) {
  if (endpoint === undefined) return EBADF;
  out.address = endpoint[0];
  out.family = endpoint[2];
  out.port = endpoint[1];
  return 0;
}

function noop() {}

class UDP {
  constructor(type) {
    this[kOwner] = null;
    this.onmessage = noop;
    this.type = type;
    this.id = binding.create(type === 'udp6', this, deliverMessage);
  }

  // These return 0 or an error.
  bind(address, port, flags) {
    return binding.bind(this.id, address, port, flags);
  }

  open(fd) {
    return binding.open(this.id, fd);
  }

  connect(address, port) {
    return binding.connect(this.id, address, port);
  }

  disconnect() {
    return binding.disconnect(this.id);
  }

  // The size and 1 if it is sent, 0 if done(status, size) will be called, or an error. Without an address, to the peer.
  send(chunks, port, address, done) {
    const tryNow = !getOptionValue('--test-udp-no-try-send');
    return chunks.length === 1 ? binding.send(this.id, address, port, tryNow, done, chunks[0]) :
      binding.send(this.id, address, port, tryNow, done, ...chunks);
  }

  recvStart() {
    return binding.receiveStart(this.id);
  }

  recvStop() {
    binding.receiveStop(this.id);
    return 0;
  }

  getsockname(out) {
    return fill(out, binding.endpoint(this.id, false));
  }

  getpeername(out) {
    return fill(out, binding.endpoint(this.id, true));
  }

  addMembership(group, local) {
    return binding.membership(this.id, group, local, true);
  }

  dropMembership(group, local) {
    return binding.membership(this.id, group, local, false);
  }

  addSourceSpecificMembership(source, group, local) {
    return binding.sourceMembership(this.id, source, group, local, true);
  }

  dropSourceSpecificMembership(source, group, local) {
    return binding.sourceMembership(this.id, source, group, local, false);
  }

  setMulticastInterface(address) {
    return binding.setMulticastInterface(this.id, address);
  }

  setMulticastTTL(ttl) {
    return binding.setMulticastTTL(this.id, ttl);
  }

  setMulticastLoopback(enable) {
    return binding.setMulticastLoopback(this.id, enable);
  }

  setBroadcast(enable) {
    return binding.setBroadcast(this.id, enable);
  }

  setTTL(ttl) {
    return binding.setTTL(this.id, ttl);
  }

  // The size, after it was set if it is not 0, or an error.
  bufferSize(size, receive) {
    return binding.bufferSize(this.id, size, receive);
  }

  getSendQueueSize() {
    return binding.queuedBytes(this.id);
  }

  getSendQueueCount() {
    return binding.queuedCount(this.id);
  }

  ref() {
    binding.ref(this.id, true);
  }

  unref() {
    binding.ref(this.id, false);
  }

  hasRef() {
    return binding.hasRef(this.id);
  }

  close(done) {
    const { id } = this;
    if (id === 0) return;
    this.id = 0;
    binding.close(id, done);
  }

  get fd() {
    return this.id === 0 ? -1 : binding.number(this.id);
  }
}
Object.defineProperty(UDP, kPerRevision, { __proto__: null, value: true });

// A bound handle, or a negated error number: what a cluster's primary makes for its workers.
function createSocketHandle(address, port, type, fd, flags) {
  const handle = new UDP(type);
  const status = typeof fd === 'number' && fd >= 0 ? handle.open(fd) : handle.bind(address, port || 0, flags);
  if (!status) return handle;
  handle.close();
  return status;
}

// A handle on a descriptor that came from another process.
function openSocketHandle(fd, type) {
  const handle = new UDP(type);
  handle.open(fd);
  return handle;
}

module.exports = { UDP, createSocketHandle, openSocketHandle };
