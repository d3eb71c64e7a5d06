'use strict';

/**
 * The parsers of a server's connections, kept by binding: which are in a request, since when. Connections that an
 * earlier revision of this module accepted stay on that revision's list, which is asked too as long as it has any.
 */
class ConnectionsList {
  constructor(earlier) {
    this._id = binding.openList();
    this.earlier = earlier;
  }

  all() { return this.withEarlier(binding.listAll(this._id), 'all'); }

  idle() { return this.withEarlier(binding.listIdle(this._id), 'idle'); }

  active() { return this.withEarlier(binding.listActive(this._id), 'active'); }

  expired(headersTimeout, requestTimeout) {
    return this.withEarlier(binding.listExpired(this._id, headersTimeout, requestTimeout), 'expired', headersTimeout, requestTimeout);
  }

  withEarlier(own, method, ...args) {
    this.forgetEmpty();
    return this.earlier === undefined ? own : [...this.earlier[method](...args), ...own];
  }

  /** Lets go of earlier lists that have nothing any more. */
  forgetEmpty() {
    while (this.earlier !== undefined && this.earlier.isEmpty()) this.earlier = this.earlier.earlier;
    this.earlier?.forgetEmpty();
  }

  isEmpty() { return binding.listAll(this._id).length === 0; }
}

module.exports = { ConnectionsList };
