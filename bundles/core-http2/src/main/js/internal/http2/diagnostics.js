'use strict';

// Channels that tell of streams, for those who listen.

const { channel } = require('diagnostics_channel');

const clientCreated = channel('http2.client.stream.created');
const clientStart = channel('http2.client.stream.start');
const serverCreated = channel('http2.server.stream.created');
const serverStart = channel('http2.server.stream.start');

/** A stream that the peer opened. */
function opened(session, stream, headers, flags, rawHeaders, isPush) {
  const { 0: created, 1: start } = isPush ? [clientCreated, clientStart] : [serverCreated, serverStart];
  if (created.hasSubscribers) created.publish({ stream, headers });
  if (start.hasSubscribers) start.publish({ stream, headers });
}

module.exports = { clientCreated, clientStart, opened, serverCreated, serverStart };
