'use strict';

/** The parsers of a server's connections, kept by binding: which are in a request, since when. */
class ConnectionsList {
  constructor() {
    this._id = binding.openList();
  }

  all() { return binding.listAll(this._id); }

  idle() { return binding.listIdle(this._id); }

  active() { return binding.listActive(this._id); }

  expired(headersTimeout, requestTimeout) {
    return binding.listExpired(this._id, headersTimeout, requestTimeout);
  }
}

module.exports = { ConnectionsList };
