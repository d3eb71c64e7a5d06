'use strict';

// A bound socket that all workers have the descriptor of; the kernel chooses who accepts or receives.

const net = require('net');

class SharedHandle {
  constructor(key, address, { port, addressType, fd, flags }) {
    this.key = key;
    this.workers = new Map();
    this.handle = null;
    this.errno = 0;
    const handle = addressType === 'udp4' || addressType === 'udp6' ?
      require('internal/dgram/handle').createSocketHandle(address, port, addressType, fd, flags) :
      net._createServerHandle(address, port, addressType, fd, { ipv6Only: Boolean(flags & 1) });
    if (typeof handle === 'number') this.errno = handle;
    else this.handle = handle;
  }

  /** `reply(errno, answer, handle)`. */
  add(worker, reply) {
    this.workers.set(worker.id, worker);
    reply(this.errno, null, this.handle);
  }

  /** Whether nobody needs it any more; then it is closed. */
  remove(worker) {
    if (!this.workers.delete(worker.id) || this.workers.size > 0) return false;
    this.handle?.close();
    this.handle = null;
    return true;
  }

  has(worker) {
    return this.workers.has(worker.id);
  }
}

module.exports = { SharedHandle };
module.sharedClasses = { SharedHandle };
