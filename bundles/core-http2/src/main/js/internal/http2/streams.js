'use strict';

const { Http2Stream } = require('internal/http2/stream');
const { ClientHttp2Stream } = require('internal/http2/client_stream');
const { ServerHttp2Stream } = require('internal/http2/server_stream');

module.exports = { Http2Stream, ClientHttp2Stream, ServerHttp2Stream };
