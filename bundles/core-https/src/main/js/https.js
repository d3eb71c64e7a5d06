'use strict';

// http over tls: the same server and client, with secure sockets below.

const tls = require('tls');
const { Agent: HttpAgent, environmentOfProxies } = require('_http_agent');
const { ClientRequest } = require('_http_client');
const http = require('_http_server');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');
const { validateObject } = require('internal/validators');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = kEmptyObject;
  } else if (options != null) {
    validateObject(options, 'options');
  }
  options = { ...options };
  // Without a choice of the user's, the peer is told that HTTP/1.1 is spoken.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  http.storeHTTPOptions.call(this, options);
  tls.Server.call(this, options, http.serveConnection);
  this.httpAllowHalfOpen = false;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', function onTlsClientError(error, socket) {
    if (!this.emit('clientError', error, socket)) socket.destroy(error);
  });
  this.on('listening', http.setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
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
  const options = { __proto__: null };
  for (let i = 0; i < args.length; i++) {
    const { [i]: arg } = args;
    if (typeof arg === 'object' && arg !== null) Object.assign(options, arg);
    else if (typeof arg === 'number' || (i === 0 && typeof arg === 'string')) options.port = arg;
    else if (typeof arg === 'string') options.host = arg;
  }
  const proxy = this?.[kProxy];
  if (proxy && proxy.isFor(options)) {
    const done = args.at(-1);
    const keepsConnections = this.keepAlive || Number.isFinite(this.maxSockets);
    require('internal/http/proxy').openTunnel(proxy, options, keepsConnections, (error, tunnel) => {
      if (error) done(error);
      else done(null, tls.connect({ ...options, socket: tunnel }));
    });
    return undefined;
  }
  const { _agentKey: key } = options;
  if (key && options.session === undefined) {
    const session = this?._getSession?.(key);
    if (session) options.session = session;
  }
  const socket = tls.connect({ ...options });
  if (key && this?._cacheSession) {
    socket.on('session', (session) => this._cacheSession(key, session));
    socket.once('close', (hadError) => {
      if (hadError) this._evictSession(key);
    });
  }
  const callback = args.at(-1);
  if (typeof callback === 'function') socket.once('secureConnect', callback);
  return socket;
}

const MOST_SESSIONS = 100;

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  options.defaultPort ??= 443;
  options.protocol ??= 'https:';
  HttpAgent.call(this, options);
  this.defaultPort = this.options.defaultPort;
  this.protocol = this.options.protocol;
  this.maxCachedSessions = this.options.maxCachedSessions ?? MOST_SESSIONS;
  // The list tells which is the oldest.
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);
Agent.prototype.createConnection = createConnection;

Agent.prototype._getSession = function _getSession(key) {
  return this._sessionCache.map[key];
};

Agent.prototype._cacheSession = function _cacheSession(key, session) {
  if (this.maxCachedSessions === 0) return;
  const { map, list } = this._sessionCache;
  if (map[key] === undefined) {
    if (list.length >= this.maxCachedSessions) delete map[list.shift()];
    list.push(key);
  }
  map[key] = session;
};

Agent.prototype._evictSession = function _evictSession(key) {
  const { map, list } = this._sessionCache;
  const index = list.indexOf(key);
  if (index === -1) return;
  list.splice(index, 1);
  delete map[key];
};

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
      name += part === 'sigalgs' ? JSON.stringify(value) : value;
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
