'use strict';

// The diagnostics channels of http.

const { channel } = require('diagnostics_channel');

module.exports = {
  requestCreated: channel('http.client.request.created'),
  clientRequestStart: channel('http.client.request.start'),
  requestError: channel('http.client.request.error'),
  clientResponseFinish: channel('http.client.response.finish'),
  requestStart: channel('http.server.request.start'),
  responseCreated: channel('http.server.response.created'),
  responseFinish: channel('http.server.response.finish'),
};
