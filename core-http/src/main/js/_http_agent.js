'use strict';

const EventEmitter = require('events');
const net = require('net');
const { getOptionValue } = require('internal/options');
const runtime = require('internal/runtime');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');
const { kOnKeylog, kProxy, kRequestOptions } = require('internal/http/symbols');

// What a server's announcement of its timeout is shortened by, so that a request does not meet a closing connection
const DEFAULT_TIMEOUT_BUFFER = 1000;

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A path would make net connect to a Unix domain socket
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  const { agentKeepAliveTimeoutBuffer } = this.options;
  this.agentKeepAliveTimeoutBuffer =
    typeof agentKeepAliveTimeoutBuffer === 'number' && agentKeepAliveTimeoutBuffer >= 0 &&
    Number.isFinite(agentKeepAliveTimeoutBuffer) ? agentKeepAliveTimeoutBuffer : DEFAULT_TIMEOUT_BUFFER;

  const { proxyEnv } = this.options;
  this[kProxy] = null;
  if (typeof proxyEnv === 'object' && proxyEnv !== null) {
    this[kProxy] = require('internal/http/proxy').parseProxyConfig(proxyEnv, this.protocol);
  }

  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;

  this.on('free', onFree);
  // Sockets report keys only while somebody listens
  this.on('newListener', onNewListener);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

Agent.prototype.createConnection = function createConnection(...args) {
  const proxy = this[kProxy];
  if (proxy && args[0] !== null && typeof args[0] === 'object' && proxy.isFor(args[0])) {
    return require('internal/http/proxy').connectToProxy(proxy, args[0]);
  }
  return net.createConnection(...args);
};

/** Sockets of one name are interchangeable. */
Agent.prototype.getName = function getName(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  // Not in the name unless asked for: names are seen by users
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

/** What a request's socket is made with: the request's options over the agent's. */
function socketOptions(agent, req, given) {
  const options = { __proto__: null, ...given, ...agent.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  return options;
}

function normalizeServerName(options, req) {
  if (!options.servername && options.servername !== '') options.servername = calculateServerName(options, req);
}

function calculateServerName({ host }, req) {
  let name = host;
  const field = req.getHeader('host');
  if (field) {
    validateString(field, 'options.headers.host');
    // Without the port; an IPv6 address stands in brackets
    if (field[0] === '[') {
      const end = field.indexOf(']');
      name = end === -1 ? field : field.slice(1, end);
    } else {
      name = field.split(':', 1)[0];
    }
  }
  // An address is no server name
  return net.isIP(name) ? '' : name;
}

/** A connection that somebody else has opened is no way around what a package may reach. */
function isDenied(req, { socketPath, host, port }) {
  const error = require('internal/permission').packageDenial('Net', socketPath || `${host || 'localhost'}:${port}`);
  if (error !== undefined) req.onSocket(null, error);
  return error !== undefined;
}

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  // Of old: (req, host, port, localAddress)
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = socketOptions(this, req, options);
  if (runtime.hasPackagePermissions && isDenied(req, options)) return;
  const name = this.getName(options);
  this.sockets[name] ??= [];

  const free = this.freeSockets[name];
  let socket;
  if (free) {
    // Those that went down while they waited
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const count = (free ? free.length : 0) + this.sockets[name].length;

  if (socket) {
    // Whatever was left of the last exchange
    const { parser } = socket;
    if (parser) parser.incoming = null;
    this.reuseSocket(socket, req);
    setRequestSocket(this, req, socket);
    this.sockets[name].push(socket);
  } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (error, created) => {
      if (error) req.onSocket(created, error);
      else setRequestSocket(this, req, created);
    });
  } else {
    (this.requests[name] ??= []).push(req);
    req[kRequestOptions] = options;
  }
};

Agent.prototype.createSocket = function createSocket(req, given, callback) {
  const options = socketOptions(this, req, given);
  if (options.timeout === undefined && this.options.timeout !== undefined) options.timeout = this.options.timeout;
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;

  let called = false;
  const onCreated = (error, socket) => {
    if (called) return;
    called = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  // A keep-alive agent's sockets probe their peers
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const created = this.createConnection(options, onCreated);
  if (created) onCreated(null, created);
};

function installListeners(agent, socket, options) {
  const onSocketFree = () => agent.emit('free', socket, options);
  const onClose = () => {
    // However it ended, it is no longer one of ours
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  const onTimeout = () => {
    // A free socket that nobody wanted for so long
    const free = agent.freeSockets[agent.getName(options)];
    if (free && free.includes(socket)) socket.destroy();
  };
  const onRemove = () => {
    // It became something else: an upgraded connection is not ours
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onSocketFree);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onSocketFree);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

/** A socket's exchange is over: a waiting request's, or free, or ended. */
function onFree(socket, options) {
  const name = this.getName(options);
  // A destroyed socket is of no use
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = this.requests[name];
  if (waiting && waiting.length > 0) {
    const req = waiting.shift();
    setRequestSocket(this, req, socket);
    if (waiting.length === 0) delete this.requests[name];
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !this.keepAlive) {
    socket.destroy();
    return;
  }
  const free = this.freeSockets[name] || [];
  const count = free.length + (this.sockets[name] ? this.sockets[name].length : 0);
  if (this.totalSocketCount > this.maxTotalSockets || count > this.maxSockets ||
      free.length >= this.maxFreeSockets || !this.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  this.freeSockets[name] = free;
  socket._httpMessage = null;
  this.removeSocket(socket, options);
  socket.once('error', onFreeSocketError);
  free.push(socket);
}

function onFreeSocketError() {
  this.destroy();
  this.emit('agentRemove');
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  const pools = [this.sockets];
  // A socket that went down is free no longer either
  if (!socket.writable) pools.push(this.freeSockets);
  for (const pool of pools) {
    const list = pool[name];
    const index = list ? list.indexOf(socket) : -1;
    if (index === -1) continue;
    list.splice(index, 1);
    if (list.length === 0) delete pool[name];
  }
  // Its place is free for a request that waits: one of the same name, or with a limit on all, of any
  let req = this.requests[name]?.[0];
  if (!req && this.maxTotalSockets !== Infinity) {
    for (const other of Object.keys(this.requests)) {
      // Where there is a socket, that one will come free
      if (this.sockets[other] && this.sockets[other].length > 0) continue;
      req = this.requests[other][0];
      options = req[kRequestOptions];
      break;
    }
  }
  if (req && options) {
    req[kRequestOptions] = undefined;
    this.createSocket(req, options, (error, created) => {
      if (error) {
        req.onSocket(null, error);
        return;
      }
      created.emit('free');
    });
  }
};

/** Makes a socket ready to wait; false if it must not. */
Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  let mayStay = true;
  const { _httpMessage: message } = socket;
  if (message?.res) {
    const hint = message.res.headers['keep-alive'];
    if (hint) {
      const seconds = /^timeout=(\d+)/.exec(hint)?.[1];
      if (seconds !== undefined) {
        const milliseconds = seconds * 1000 - this.agentKeepAliveTimeoutBuffer;
        if (milliseconds <= 0) mayStay = false;
        else if (timeout === 0 || milliseconds < timeout) timeout = milliseconds;
      }
    }
  }
  if (mayStay && socket.timeout !== timeout) socket.setTimeout(timeout);
  return mayStay;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, req) {
  socket.removeListener('error', onFreeSocketError);
  req.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const pool of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(pool)) {
      for (const socket of [...pool[name]]) socket.destroy();
    }
  }
};

function setRequestSocket(agent, req, socket) {
  req.onSocket(socket);
  // The socket has the agent's own timeout already
  if (req.timeout === undefined || req.timeout === (agent.options.timeout || 0)) return;
  socket.setTimeout(req.timeout);
}

function onNewListener(event) {
  if (event !== 'keylog' || this[kOnKeylog]) return;
  const agent = this;
  this[kOnKeylog] = function onKeylog(line) { agent.emit('keylog', line, this); };
  for (const list of Object.values(this.sockets)) {
    for (const socket of list) socket.on('keylog', this[kOnKeylog]);
  }
}

/** The environment where its proxies are to be used: --use-env-proxy, NODE_USE_ENV_PROXY=1. */
function environmentOfProxies() {
  if (!getOptionValue('--use-env-proxy')) return undefined;
  require('internal/http/proxy').checkEnvironment(process.env);
  return process.env;
}

let globalAgent;

module.exports = { Agent };
Object.defineProperty(module.exports, 'environmentOfProxies', { __proto__: null, value: environmentOfProxies });
Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    globalAgent ??= new Agent({
      keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: environmentOfProxies(),
    });
    return globalAgent;
  },
  set(agent) { globalAgent = agent; },
});
