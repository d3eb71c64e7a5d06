'use strict';

// State of messages, servers and agents; the names are the ones that the symbols show.

const { stateSymbol } = require('internal/symbols');

module.exports = {
  kSocket: stateSymbol('http.socket'),
  kHeaderFields: stateSymbol('http.headerFields'),
  kNeedDrain: stateSymbol('http.needDrain'),
  kCorked: stateSymbol('http.corked'),
  kChunkedBuffer: stateSymbol('http.chunkedBuffer'),
  kChunkedLength: stateSymbol('http.chunkedLength'),
  kErrored: stateSymbol('http.errored'),
  kBytesWritten: stateSymbol('http.bytesWritten'),
  kHighWaterMark: stateSymbol('http.highWaterMark'),
  kUniqueHeaders: stateSymbol('http.uniqueHeaders'),
  kRejectNonStandardBodyWrites: stateSymbol('http.rejectNonStandardBodyWrites'),

  kIncomingMessage: stateSymbol('http.IncomingMessage'),
  kServerResponse: stateSymbol('http.ServerResponse'),
  kConnection: stateSymbol('http.connection'),
  kConnections: stateSymbol('http.connections'),
  kConnectionsCheckingInterval: stateSymbol('http.server.connectionsCheckingInterval'),

  kPath: stateSymbol('http.path'),
  kClientError: stateSymbol('http.clientError'),
  kOnKeylog: stateSymbol('http.onKeylog'),
  kProxy: stateSymbol('http.agent.proxy'),
  kRequestOptions: stateSymbol('http.requestOptions'),
  kRequestContext: stateSymbol('http.requestContext'),
};
