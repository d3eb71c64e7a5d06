'use strict';

// What a worker's server has for a handle while the primary listens for it.

const LONGEST_TIMER = 2 ** 31 - 1;

function noop() {}

class ListeningProxy {
  constructor(key, sockname, closed) {
    this.key = key;
    this.onconnection = noop;
    this.closed = closed;
    this.alive = undefined;
    if (sockname) {
      this.getsockname = (out) => {
        Object.assign(out, sockname);
        return 0;
      };
    }
    this.ref();
  }

  listen() {
    return 0;
  }

  // A timer that never ends keeps the loop alive.
  ref() {
    if (this.key !== undefined) this.alive ??= setInterval(noop, LONGEST_TIMER);
  }

  unref() {
    clearInterval(this.alive);
    this.alive = undefined;
  }

  hasRef() {
    return this.alive !== undefined;
  }

  close(callback) {
    if (this.key === undefined) return;
    this.unref();
    this.closed();
    this.key = undefined;
    if (typeof callback === 'function') process.nextTick(callback);
  }
}

module.exports = { ListeningProxy };
module.sharedClasses = { ListeningProxy };
