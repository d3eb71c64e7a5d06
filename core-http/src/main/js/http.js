'use strict';

const { ClientRequest } = require('_http_client');
const agents = require('_http_agent');
const { methods } = require('_http_common');
const { IncomingMessage } = require('_http_incoming');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('_http_outgoing');
const { Server, ServerResponse, _connectionListener, STATUS_CODES } = require('_http_server');

function createServer(opts, requestListener) {
  return new Server(opts, requestListener);
}

function request(url, options, cb) {
  return new ClientRequest(url, options, cb);
}

function get(url, options, cb) {
  const req = request(url, options, cb);
  req.end();
  return req;
}

function setMaxIdleHTTPParsers(max) {
  const { validateInteger } = require('internal/validators');
  validateInteger(max, 'max', 1);
  require('_http_common').parsers.max = max;
}

function setGlobalProxyFromEnv(env) {
  return require('internal/http/proxy').setGlobalProxyFromEnv(env);
}

module.exports = {
  _connectionListener,
  METHODS: [...methods].sort(),
  STATUS_CODES,
  Agent: agents.Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName(name, label) {
    validateHeaderName(name, label);
  },
  validateHeaderValue(name, value) {
    validateHeaderValue(name, value);
  },
  get,
  request,
  setMaxIdleHTTPParsers,
  setGlobalProxyFromEnv,
};

Object.defineProperties(module.exports, {
  maxHeaderSize: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return require('internal/options').getOptionValue('--max-http-header-size') || 16 * 1024;
    },
  },
  globalAgent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return agents.globalAgent; },
    set(agent) { agents.globalAgent = agent; },
  },
});
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return globalThis[name]; },
  });
}
