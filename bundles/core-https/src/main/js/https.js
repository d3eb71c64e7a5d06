'use strict';

// http over tls: the same server and client, with secure sockets below.

const tls = require('tls');
const { Agent: HttpAgent, environmentOfProxies } = require('_http_agent');
const { ClientRequest } = require('_http_client');
const http = require('_http_server');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = kEmptyObject;
  }
  options = { ...options };
  // Without a choice of the user's, the peer is told that HTTP/1.1 is spoken.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  http.storeHTTPOptions.call(this, options);
  tls.Server.call(this, options, http._connectionListener);
  this.httpAllowHalfOpen = false;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', function onTlsClientError(error, socket) {
    if (!this.emit('clientError', error, socket)) socket.destroy(error);
  });
  this.on('listening', http.setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

Server.prototype.closeAllConnections = require('http').Server.prototype.closeAllConnections;
Server.prototype.closeIdleConnections = require('http').Server.prototype.closeIdleConnections;
Server.prototype.setTimeout = require('http').Server.prototype.setTimeout;

Server.prototype.close = function close(...args) {
  http.httpServerPreClose(this);
  tls.Server.prototype.close.apply(this, args);
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  await require('internal/util').promisify(this.close).call(this);
};

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

const kProxy = stateSymbol('http.agent.proxy');

// Agent.createConnection(port, host, options) and (options): always with what the agent was made with.
function createConnection(...args) {
  const options = args.reduce((all, arg, index) => {
    if (typeof arg === 'object' && arg !== null) return { ...all, ...arg };
    if (typeof arg === 'number' || (index === 0 && typeof arg === 'string')) return { ...all, port: arg };
    return typeof arg === 'string' ? { ...all, host: arg } : all;
  }, {});
  const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined;
  const proxy = this?.[kProxy];
  if (proxy && proxy.isFor(options)) {
    const keepsConnections = this.keepAlive || Number.isFinite(this.maxSockets);
    require('internal/http/proxy').openTunnel(proxy, options, keepsConnections, (error, tunnel) => {
      if (error) callback(error);
      else callback(null, tls.connect({ ...options, socket: tunnel }));
    });
    return undefined;
  }
  const socket = tls.connect(options);
  if (callback) socket.once('secureConnect', callback);
  return socket;
}

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  HttpAgent.call(this, { __proto__: null, defaultPort: 443, protocol: 'https:', ...options });
  this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);
Agent.prototype.createConnection = createConnection;

const nameParts = ['ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
                   'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions',
                   'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine'];

// Sockets are shared only between requests that agree in all that concerns the connection.
Agent.prototype.getName = function getName(options = kEmptyObject) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const part of nameParts) {
    name += ':';
    const value = options[part];
    if (part === 'rejectUnauthorized' ? value !== undefined : part === 'servername' ? value && value !== options.host : value) {
      name += value;
    }
  }
  return name;
};

let globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: environmentOfProxies() });

function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') {
    options = urlOptions(new URL(args.shift()));
  } else if (args[0] instanceof URL) {
    options = urlOptions(args.shift());
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = globalAgent;
  return new ClientRequest(options, ...args);
}

function urlOptions(url) {
  const { protocol, hostname, port, pathname, search, hash, href, username, password } = url;
  const options = {
    __proto__: null,
    protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function get(...args) {
  const req = request(...args);
  req.end();
  return req;
}

module.exports = { Agent, Server, createServer, get, request };
Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return globalAgent; },
  set(agent) { globalAgent = agent; },
});
