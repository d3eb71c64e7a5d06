'use strict';

const { constants } = require('internal/http2/constants');
const { sensitiveHeaders } = require('internal/http2/headers');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');
const { connect } = require('internal/http2/connect');
const { createServer, createSecureServer, performServerHandshake } = require('internal/http2/server');
const { Http2ServerRequest } = require('internal/http2/server_request');
const { Http2ServerResponse } = require('internal/http2/server_response');

module.exports = {
  connect,
  constants,
  createServer,
  createSecureServer,
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake,
  sensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};
