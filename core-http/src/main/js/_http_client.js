'use strict';

const net = require('net');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { getAsyncContext, nextTick, setAsyncContext } = require('internal/runtime');
const { once } = require('internal/util');
const { validateBoolean } = require('internal/validators');
const { setParserOptions } = require('internal/http/parser-options');
const agents = require('_http_agent');
const { OutgoingMessage, parseUniqueHeadersOption } = require('_http_outgoing');
const {
  HTTPParser, _checkIsHttpToken: checkIsHttpToken, calculateLenientFlags, freeParser, parsers, prepareError,
} = require('_http_common');
const { ConnResetException } = require('internal/http/errors');
const { kClientError, kHeaderFields, kNeedDrain, kPath, kProxy, kRequestContext, kUniqueHeaders } =
  require('internal/http/symbols');
const diagnostics = require('internal/http/diagnostics');

const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function checkedHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function checkedPath(value) {
  const path = String(value);
  // Anything else would end the request line or go out in another encoding
  if (/[^\u0021-\u00ff]/.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  return path;
}

function timerDuration(msecs, name) {
  const { validateNumber } = require('internal/validators');
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  const max = 2 ** 31 - 1;
  if (msecs > max) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${max}.`,
                        'TimeoutOverflowWarning');
    return max;
  }
  return msecs;
}

/** The options of request(url, options, callback) in any of its forms. */
function readArguments(input, options, callback) {
  if (typeof input === 'string') {
    const { URL, urlToHttpOptions } = require('url');
    input = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = require('url').urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  return { options, callback };
}

function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function ClientRequest(input, given, cb) {
  OutgoingMessage.call(this);
  const { options, callback } = readArguments(input, given, cb);

  let { agent } = options;
  const defaultAgent = options._defaultAgent || agents.globalAgent;
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    if (typeof options.createConnection !== 'function') agent = defaultAgent;
  } else if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  this.agent = agent;

  const protocol = options.protocol || defaultAgent.protocol;
  const expectedProtocol = agent?.protocol || defaultAgent.protocol;
  if (options.path) checkedPath(options.path);
  if (protocol !== expectedProtocol) throw new codes.ERR_INVALID_PROTOCOL(protocol, expectedProtocol);

  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host =
    checkedHost(options.hostname, 'hostname') || checkedHost(options.host, 'host') || 'localhost';
  const setDefaultHeaders = options.setDefaultHeaders !== false;
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : setDefaultHeaders;
  this._removedConnection = !setDefaultHeaders;
  this._removedContLen = !setDefaultHeaders;
  this._removedTE = !setDefaultHeaders;

  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = timerDuration(options.timeout, 'timeout');
  const { signal } = options;
  if (signal) {
    require('stream').addAbortSignal(signal, this);
    delete options.signal;
  }

  let { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!checkIsHttpToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    method = method.toUpperCase();
  } else {
    method = 'GET';
  }
  this.method = method;

  setParserOptions(this, options);
  const { joinDuplicateHeaders } = options;
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = joinDuplicateHeaders;

  this[kPath] = options.path || '/';
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !METHODS_WITHOUT_BODY.has(method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this[kRequestContext] = getAsyncContext();

  if (agent) {
    // Only an agent that uses sockets again has a reason to keep them
    const keeps = agent.keepAlive || Number.isFinite(agent.maxSockets);
    this._last = !keeps;
    this.shouldKeepAlive = Boolean(keeps);
  }

  let { headers } = options;
  const proxy = agent && agent[kProxy] && protocol === 'http:' && agent[kProxy].isFor(options) ? agent[kProxy] : null;
  if (Array.isArray(headers)) {
    if (proxy !== null) {
      const { proxyFields, rewriteForProxy } = require('internal/http/proxy');
      headers = headers.flat();
      const hostIndex = headers.findIndex((name, index) => index % 2 === 0 && String(name).toLowerCase() === 'host');
      rewriteForProxy(this, hostField(host, port, defaultPort), hostIndex === -1 ? undefined : headers[hostIndex + 1]);
      headers.push(...proxyFields(proxy, this));
    }
    this._storeHeader(`${method} ${this.path} HTTP/1.1\r\n`, headers);
  } else {
    if (headers) for (const key of Object.keys(headers)) this.setHeader(key, headers[key]);
    if (host && !this.getHeader('host') && setHost) this.setHeader('Host', hostField(host, port, defaultPort));
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (proxy !== null) {
      const { proxyFields, rewriteForProxy } = require('internal/http/proxy');
      rewriteForProxy(this, hostField(host, port, defaultPort), this.getHeader('host'));
      const fields = proxyFields(proxy, this);
      for (let i = 0; i < fields.length; i += 2) this.setHeader(fields[i], fields[i + 1]);
    }
    if (this.getHeader('expect')) {
      if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
      this._storeHeader(`${method} ${this.path} HTTP/1.1\r\n`, this[kHeaderFields]);
    }
  }
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);

  if (agent) {
    agent.addRequest(this, options);
  } else {
    connectAlone(this, options);
  }
  if (diagnostics.requestCreated.hasSubscribers) diagnostics.requestCreated.publish({ request: this });
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function hostField(host, port, defaultPort) {
  // RFC 3986, section 3.2.2
  const colon = host.indexOf(':');
  let text = colon !== -1 && host.includes(':', colon + 1) && host[0] !== '[' ? `[${host}]` : host;
  if (port && +port !== defaultPort) text += `:${port}`;
  return text;
}

/** Without an agent: one connection, closed after the response. */
function connectAlone(req, options) {
  req._last = true;
  req.shouldKeepAlive = false;
  const connectOptions = { ...options, path: options.socketPath || undefined };
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(connectOptions));
    return;
  }
  const onCreated = once((error, socket) => {
    if (error) nextTick(reportError, req, error);
    else req.onSocket(socket);
  });
  try {
    const socket = options.createConnection(connectOptions, onCreated);
    if (socket) onCreated(null, socket);
  } catch (error) {
    onCreated(error);
  }
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return this[kPath]; },
  set(value) { this[kPath] = checkedPath(value); },
});

ClientRequest.prototype._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (diagnostics.clientRequestStart.hasSubscribers) diagnostics.clientRequestStart.publish({ request: this });
};

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kHeaderFields]);
};

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(emitAbort, this);
  this.destroy();
};

function emitAbort(req) {
  req.emit('abort');
}

ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // No more of the response is wanted
  if (this.res) this.res._dump();
  this[kClientError] = error;
  this.socket?.destroy(error);
  return this;
};

function reportError(req, error) {
  if (diagnostics.requestError.hasSubscribers) diagnostics.requestError.publish({ request: req, error });
  req.emit('error', error);
}

// ---- Getting a socket

ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  // The caller of request() has had no chance yet to listen
  nextTick(takeSocket, this, socket, error);
};

function takeSocket(req, socket, error) {
  if (!req.destroyed && !error) {
    attach(req, socket);
    req._flush();
    return;
  }
  error ||= req[kClientError];
  if (error && error.proxyTunnelTimeout !== undefined) req.emit('timeout');
  if (socket) {
    if (!error && req.agent && !socket.destroyed) {
      socket.emit('free');
    } else {
      const { finished } = require('stream');
      finished(socket.destroy(error), (e) => {
        if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
        fail(req, e || error);
      });
      return;
    }
  }
  fail(req, error);
}

function fail(req, error) {
  req.destroyed = true;
  if (!req.aborted && !error) error = ConnResetException('socket hang up');
  if (error) reportError(req, error);
  req._closed = true;
  req.emit('close');
}

function attach(req, socket) {
  const parser = parsers.alloc();
  req.socket = socket;
  parser.initialize(HTTPParser.RESPONSE, null, req.maxHeaderSize || defaultMaxHeaderSize(),
                    calculateLenientFlags(req.httpValidation, req.insecureHTTPParser));
  parser.socket = socket;
  parser.outgoing = req;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  if (typeof req.maxHeadersCount === 'number') parser.maxHeaderPairs = req.maxHeadersCount << 1;
  parser.joinDuplicateHeaders = req.joinDuplicateHeaders;
  parser.onIncoming = onIncomingResponse;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenForTimeout(req);
  req.emit('socket', socket);
}

let maxHeaderSizeOption;

function defaultMaxHeaderSize() {
  return maxHeaderSizeOption ??=
    require('internal/options').getOptionValue('--max-http-header-size') || 16 * 1024;
}

function stopReading(socket) {
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
}

// ---- The socket's events; `this` is the socket

function onSocketDrain() {
  const message = this._httpMessage;
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

function onSocketClose() {
  const { parser, _httpMessage: req } = this;
  // What is still buffered goes to the parser first
  this.read();
  req.destroyed = true;
  const { res } = req;
  if (res) {
    if (!res.complete) res.destroy(ConnResetException('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req.socket._hadError) {
      req.socket._hadError = true;
      reportError(req, ConnResetException('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  // It will never be sent
  if (req.outputData) req.outputData.length = 0;
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
}

function onSocketError(error) {
  const { parser, _httpMessage: req } = this;
  if (req) {
    req.socket._hadError = true;
    reportError(req, error);
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  stopReading(this);
  this.destroy();
}

function onSocketEnd() {
  const { parser, _httpMessage: req } = this;
  if (!req.res && !req.socket._hadError) {
    req.socket._hadError = true;
    reportError(req, ConnResetException('socket hang up'));
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  this.end();
}

function onSocketData(chunk) {
  const { parser, _httpMessage: req } = this;
  const result = parser.execute(chunk);
  if (result instanceof Error) {
    prepareError(result, parser, chunk);
    freeParser(parser, req, this);
    stopReading(this);
    this.destroy();
    req.socket._hadError = true;
    reportError(req, result);
  } else if (parser.incoming && parser.incoming.upgrade) {
    switchProtocol(req, this, parser, chunk.slice(result, chunk.length));
  } else if (parser.incoming && parser.incoming.complete && !isInformational(parser.incoming.statusCode)) {
    stopReading(this);
    this.removeListener('drain', onSocketDrain);
    freeParser(parser, req, this);
  }
}

/** An upgrade, or the answer to CONNECT: the socket is the user's. */
function switchProtocol(req, socket, parser, head) {
  const res = parser.incoming;
  req.res = res;
  stopReading(socket);
  socket.removeListener('drain', onSocketDrain);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  socket.removeListener('timeout', onResponseTimeout);
  // Neither flowing nor paused, as a new one
  socket.readableFlowing = null;
  parser.finish();
  freeParser(parser, req, socket);
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  socket._httpMessage = null;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

function isInformational(status) {
  return status < 200 && status >= 100 && status !== 101;
}

// ---- The response

/** A response's head is there; `this` is the parser. */
function onIncomingResponse(res, keepAlive) {
  const req = this.socket._httpMessage;
  const outer = getAsyncContext();
  setAsyncContext(req[kRequestContext]);
  try {
    return takeResponse(req, res, this.socket, keepAlive);
  } finally {
    setAsyncContext(outer);
  }
}

function takeResponse(req, res, socket, keepAlive) {
  if (req.res) {
    // Two answers to one request
    socket.destroy();
    return 0;
  }
  req.res = res;
  if (res.upgrade) return 2;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    return 2;
  }
  const { statusCode } = res;
  if (isInformational(statusCode)) {
    req.res = null;
    if (statusCode === 100) req.emit('continue');
    req.emit('information', {
      statusCode,
      statusMessage: res.statusMessage,
      httpVersion: res.httpVersion,
      httpVersionMajor: res.httpVersionMajor,
      httpVersionMinor: res.httpVersionMinor,
      headers: res.headers,
      rawHeaders: res.rawHeaders,
    });
    return 1;
  }
  if (req.shouldKeepAlive && !keepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  if (diagnostics.clientResponseFinish.hasSubscribers) diagnostics.clientResponseFinish.publish({ request: req, response: res });
  res.req = req;
  // First, so that the socket is free before the user hears of the end
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  socket.on('drain', onSocketDrain);
  socket.on('timeout', onResponseTimeout);

  // Who does not listen does not read: the body must not stop the socket
  if (req.aborted || !req.emit('response', res)) res._dump();
  if (req.method === 'HEAD') return 1;
  if (statusCode === 304) {
    res.complete = true;
    return 1;
  }
  return 0;
}

function onResponseEnd() {
  const { req } = this;
  const { socket } = req;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', onRequestTimeout);
    socket.removeListener('timeout', onResponseTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    giveSocketBack(req);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) giveSocketBack(this);
}

function giveSocketBack(req) {
  const { socket } = req;
  // The end of the request and the end of the response both come here
  if (req.destroyed) return;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  stopReading(socket);
  socket.removeListener('drain', onSocketDrain);
  // The listeners of the user run before the next request
  nextTick(emitFree, req);
  req.destroyed = true;
  // Destroying the response must not destroy a socket that serves another
  if (req.res) req.res.socket = null;
}

function emitFree(req) {
  req._closed = true;
  req.emit('close');
  if (req.socket) req.socket.emit('free');
}

// ---- Timeouts and socket options

function onResponseTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

function onRequestTimeout() {
  this._httpMessage?.emit('timeout');
}

function listenForTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = onRequestTimeout;
  if (req.socket) req.socket.once('timeout', onRequestTimeout);
  else req.on('socket', (socket) => { socket.once('timeout', onRequestTimeout); });
}

ClientRequest.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  listenForTimeout(this);
  msecs = timerDuration(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) setSocketTimeout(this.socket, msecs);
  else this.once('socket', (socket) => setSocketTimeout(socket, msecs));
  return this;
};

function setSocketTimeout(socket, msecs) {
  // The time to connect is not the peer's silence
  if (socket.connecting) socket.once('connect', function() { this.setTimeout(msecs); });
  else socket.setTimeout(msecs);
}

ClientRequest.prototype.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

ClientRequest.prototype._deferToConnect = function _deferToConnect(method, args) {
  const call = (socket) => { if (method) Reflect.apply(socket[method], socket, args); };
  const onSocket = (socket) => {
    if (socket.writable && !socket.connecting) call(socket);
    else socket.once('connect', () => call(socket));
  };
  if (this.socket) onSocket(this.socket);
  else this.once('socket', onSocket);
};

ClientRequest.prototype.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

module.exports = { ClientRequest };
