'use strict';

const { Http2Stream, watchFinish } = require('internal/http2/stream');
const { kProceed, kSession, kState } = require('internal/http2/state');

class ClientHttp2Stream extends Http2Stream {
  constructor(session, id, options) {
    super(session, options);
    watchFinish(this);
    this[kState].headersSent = true;
    if (id === undefined) session[kState].pendingStreams.add(this);
    else this._ready(id);
  }

  [kProceed]() {
    // The request went out with the stream.
  }
}

module.exports = { ClientHttp2Stream };
module.sharedClasses = { ClientHttp2Stream };
