'use strict';

// Proxies from the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY): a request for an http: URL goes to the proxy as a whole, one
// for https: through a tunnel that CONNECT opens.

const net = require('net');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const MAX_TUNNEL_HEAD = 16 * 1024;

function ProxyConfig(text, noProxy) {
  const url = URL.canParse(text) && !/[\r\n]/.test(text) ? new URL(text) : undefined;
  if (url === undefined) throw new codes.ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${text}`);
  const { hostname, port, protocol, username, password } = url;
  this.href = `${protocol}//${url.host}/`;
  this.protocol = protocol;
  this.auth = undefined;
  if (username || password) {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.auth = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  this.bypassList = noProxy ? noProxy.split(',').map((entry) => entry.trim().toLowerCase()).filter(Boolean) : [];
  this.proxyConnectionOptions = {
    host: hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
}

/** Whether a request goes through the proxy, and not straight to its server. */
ProxyConfig.prototype.isFor = function isFor({ host, hostname, port, socketPath }) {
  if (socketPath) return false;
  const name = String(host || hostname || 'localhost').toLowerCase();
  return !this.bypassList.some((entry) => bypasses(entry, name, port));
};

function addressNumber(address) {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** One entry of NO_PROXY: a star, a name, a suffix, an address or a range of addresses, each perhaps with a port. */
function bypasses(entry, host, port) {
  if (entry === '*') return true;
  if (entry === host || entry === `${host}:${port}` || entry === `[${host}]:${port}`) return true;
  const suffix = entry.startsWith('*.') ? entry.slice(1) : entry;
  if (suffix[0] === '.' && suffix.length > 1 && (host.endsWith(suffix) || host === suffix.slice(1))) return true;
  const dash = entry.indexOf('-');
  if (dash > 0 && net.isIPv4(host)) {
    const first = entry.slice(0, dash).trim();
    const last = entry.slice(dash + 1).trim();
    if (net.isIPv4(first) && net.isIPv4(last)) {
      const number = addressNumber(host);
      return number >= addressNumber(first) && number <= addressNumber(last);
    }
  }
  return false;
}

function proxyUrl(env, protocol) {
  return protocol === 'https:' ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY;
}

/** The proxy of a protocol; null without one. */
function parseProxyConfig(env, protocol) {
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const url = proxyUrl(env, protocol);
  if (!url || !/^https?:\/\//.test(url)) return null;
  return new ProxyConfig(url, env.no_proxy || env.NO_PROXY);
}

/** With the environment's proxies in use from the start, a wrong URL is an error of the program's start. */
function checkEnvironment(env) {
  for (const protocol of ['http:', 'https:']) {
    const url = proxyUrl(env, protocol);
    if (url) new URL(url);
  }
}

function connectToProxy(proxy, options) {
  const { keepAlive, keepAliveInitialDelay, noDelay, timeout } = options;
  const proxyOptions = { keepAlive, keepAliveInitialDelay, noDelay, timeout, ...proxy.proxyConnectionOptions };
  return proxy.protocol === 'https:' ? require('tls').connect(proxyOptions) : net.connect(proxyOptions);
}

/** What a request through the proxy says: the whole URL, and two fields of its own. */
function proxyFields(proxy, req) {
  const fields = proxy.auth === undefined ? [] : ['proxy-authorization', proxy.auth];
  fields.push('proxy-connection', req.shouldKeepAlive ? 'keep-alive' : 'close');
  return fields;
}

/** Makes the path a whole URL; the Host that the user gave must be the one that the proxy will ask. */
function rewriteForProxy(req, authority, userHost) {
  if (userHost !== undefined && String(userHost).toLowerCase() !== authority.toLowerCase()) {
    throw new codes.ERR_INVALID_ARG_VALUE('Host in options.headers', userHost,
                                          `must match the request authority (${authority})`);
  }
  req.path = `http://${authority}${req.path}`;
}

/** Opens a tunnel to the server of `options`; callback(error, socket) gets the proxy's socket. */
function openTunnel(proxy, options, keepsConnections, callback) {
  const host = options.host || 'localhost';
  const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${options.port}`;
  if (/[^\x21-\x7e]/.test(authority)) throw new codes.ERR_INVALID_CHAR('header content', 'Host');
  const socket = connectToProxy(proxy, options);
  let head = '';

  function finish(error) {
    socket.removeListener('data', onData);
    socket.removeListener('end', onEnd);
    socket.removeListener('error', finish);
    socket.removeListener('timeout', onTimeout);
    if (error) {
      socket.on('error', () => {});
      socket.destroy();
      callback(error);
    } else {
      socket.pause();
      callback(null, socket);
    }
  }

  function onData(chunk) {
    head += chunk.latin1Slice(0, chunk.length);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) {
      if (head.length > MAX_TUNNEL_HEAD) finish(new codes.ERR_PROXY_TUNNEL('The answer of the proxy is too long'));
      return;
    }
    const statusLine = head.slice(0, head.indexOf('\r\n'));
    if (!/^HTTP\/1\.[01] 200(?: |$)/.test(statusLine)) {
      const error = new codes.ERR_PROXY_TUNNEL(`Failed to establish tunnel to ${authority} via ${proxy.href}: ${statusLine}`);
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine);
      if (status !== null) error.statusCode = Number(status[1]);
      finish(error);
      return;
    }
    finish(null, end);
    const rest = Buffer.from(head.slice(end + 4), 'latin1');
    if (rest.length > 0) socket.unshift(rest);
  }

  function onEnd() {
    finish(new codes.ERR_PROXY_TUNNEL('Connection to establish proxy tunnel ended unexpectedly'));
  }

  function onTimeout() {
    const error = new codes.ERR_PROXY_TUNNEL(`Connection to establish proxy tunnel timed out after ${options.timeout}ms`);
    error.proxyTunnelTimeout = options.timeout;
    finish(error);
  }

  socket.on('error', finish);
  socket.on('end', onEnd);
  socket.on('data', onData);
  if (options.timeout > 0) socket.setTimeout(options.timeout, onTimeout);
  let request = `CONNECT ${authority} HTTP/1.1\r\n`;
  if (proxy.auth !== undefined) request += `proxy-authorization: ${proxy.auth}\r\n`;
  if (keepsConnections) request += 'proxy-connection: keep-alive\r\n';
  socket.write(`${request}host: ${authority}\r\n\r\n`, 'latin1');
}

function setGlobalProxyFromEnv(env = process.env) {
  validateObject(env, 'proxyEnv');
  if (parseProxyConfig(env, 'http:') === null && parseProxyConfig(env, 'https:') === null) return () => {};
  const agents = require('_http_agent');
  const https = require('https');
  const { globalAgent: httpAgent } = agents;
  const { globalAgent: httpsAgent } = https;
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: env };
  agents.globalAgent = new agents.Agent(options);
  https.globalAgent = new https.Agent(options);
  const restoreFetch = require('internal/fetch').useProxies(env);
  return function restore() {
    restoreFetch();
    agents.globalAgent = httpAgent;
    https.globalAgent = httpsAgent;
  };
}

module.exports = {
  checkEnvironment,
  connectToProxy,
  openTunnel,
  parseProxyConfig,
  proxyFields,
  rewriteForProxy,
  setGlobalProxyFromEnv,
};
