'use strict';

// A server's side of one connection: requests in, responses out in the same order, and what happens when either goes wrong.
//
// The state of a connection is an object under socket[kConnection]; all listeners are functions of this file that find
// it there, so that a new connection makes no closures.

const net = require('net');
const { codes } = require('internal/errors');
const { nextTick, requireBuiltin } = require('internal/runtime');
const {
  HTTPParser, calculateLenientFlags, continueExpression, freeParser, parsers, prepareError,
} = require('_http_common');
const { ConnectionsList } = require('internal/http/connections-list');
const { emitClose } = require('internal/http/finish-response');
const { becomesIdle, leavesIdle } = require('internal/http/idle-connections');
const { HAS_EXPECT, HAS_HOST } = require('internal/http/receive');
const {
  kConnection, kConnections, kConnectionsCheckingInterval, kServerResponse, kUniqueHeaders,
} = require('internal/http/symbols');
const diagnostics = require('internal/http/diagnostics');
const STATUS_CODES = require('internal/http/status');

const { kOnExecute, kOnTimeout } = HTTPParser;

const shared = require('internal/http/shared');

// libuv's number for the end of a stream
const EOF = -4095;

// More than that is an attack
const DEFAULT_MAX_FIELDS = 1000;

function Connection(server, socket, parser) {
  this.server = server;
  this.socket = socket;
  // Null later, when the parser is gone, and here first: a field that has held nothing but objects changes the compiled code then
  this.parser = null;
  this.parser = parser;
  this.revision = revision;
  // Requests whose responses have not ended, and responses that wait for their turn
  this.incoming = [];
  this.outgoing = [];
  // What the waiting responses hold
  this.outgoingData = 0;
  this.requestsCount = 0;
  this.keepAliveTimeoutSet = false;
  // Of the list of those between two requests; a server with a timeout of its own uses the socket's
  this.mayBeListed = !server.timeout;
  this.idleList = null;
  this.idleBefore = null;
  this.idleAfter = null;
  this.idleUntil = 0;
}

/** What this revision of the module puts on a socket, and how another one takes it off. */
const revision = {
  // Name of the function: [event, function]
  listeners: {
    onTimeout: ['timeout', onTimeout],
    onSocketError: ['error', onSocketError],
    onClose: ['close', onClose],
    onCloseInResponse: ['close', onCloseInResponse],
    onEnd: ['end', onEnd],
    onData: ['data', onData],
    onDrain: ['drain', onDrain],
    onSocketResume: ['resume', onSocketResume],
    onSocketPause: ['pause', onSocketPause],
  },
  // Whoever listens for data, or asks for an encoding, takes the socket back from the parser
  methods: {
    on: listenAndUnconsume,
    addListener: listenAndUnconsume,
    prependListener: prependAndUnconsume,
    setEncoding: refuseEncoding,
  },
  release(connection) {
    const { parser } = connection;
    if (connection.keepAliveTimeoutSet) leavesIdle(connection);
    if (parser._consumed) parser.unconsume();
    parser.remove();
    parser.close();
  },
};

const listenersInOrder = Object.values(revision.listeners);

/**
 * Goes on with a connection that an earlier revision of this module has accepted, if it waits for a request. The socket
 * stays as it is, its shape too: each function of the earlier revision is replaced where it stands.
 */
function adopt(connection) {
  const { server, socket, parser, revision: former } = connection;
  if (socket[kConnection] !== connection || parser === null || socket.destroyed || socket._httpMessage ||
      connection.incoming.length > 0 || connection.outgoing.length > 0 || !parser.isQuiet()) return;
  const { keepAliveTimeoutSet: wasIdle } = connection;
  const { _consumed: wasConsumed } = parser;
  former.release(connection);
  const next = openConnection(server, socket);
  for (const name of Object.keys(former.listeners)) {
    const [event, listener] = former.listeners[name];
    replaceListener(socket, event, listener, revision.listeners[name]?.[1]);
  }
  for (const name of Object.keys(former.methods)) {
    if (Object.hasOwn(socket, name) && socket[name] === former.methods[name]) socket[name] = revision.methods[name];
  }
  if (wasConsumed) next.parser.consume(socket._handle);
  next.requestsCount = connection.requestsCount;
  if (wasIdle) becomesIdle(next);
}

function replaceListener(socket, event, from, to) {
  const listeners = socket._events[event];
  if (to === undefined) {
    socket.removeListener(event, from);
  } else if (listeners === from) {
    socket._events[event] = to;
  } else if (Array.isArray(listeners)) {
    const index = listeners.indexOf(from);
    if (index >= 0) listeners[index] = to;
  }
}

/** All requests of the connection are answered. */
function afterResponses(connection) {
  becomesIdle(connection);
  // Not now: its parser may be about to read on
  if (connection.revision !== revision) setImmediate(adopt, connection);
}

/** The list of a server's connections; after a swap there is one of each revision. */
function connectionsOf(server) {
  const { [kConnections]: list } = server;
  if (list === undefined || list instanceof ConnectionsList) return list;
  return server[kConnections] = new ConnectionsList(list);
}

/**
 * The listener of 'connection' that a server keeps: it finds the current revision of this module, and lets connections
 * wait while there is none.
 */
function serveConnection(socket) {
  if (shared.suspended) {
    if (typeof socket.pause === 'function') socket.pause();
    shared.waiting.push({ server: this, socket });
  } else {
    requireBuiltin('_http_server')._connectionListener.call(this, socket);
  }
}

/** The listener of 'connection': https and user code give it sockets of their own. */
function connectionListener(socket) {
  const server = this;
  // A TLS socket, or any duplex stream
  if (socket.server === null || socket.server === undefined) socket.server = server;
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  const { parser } = openConnection(server, socket);
  for (const [event, listener] of listenersInOrder) socket.on(event, listener);
  Object.assign(socket, revision.methods);
  if (socket._handle && socket._handle.id > 0 && !socket._handle._consumed && parser.consume(socket._handle)) {
    socket._handle._consumed = true;
  }
  socket._paused = false;
}

/** The state of a connection, with a parser that reads requests. */
function openConnection(server, socket) {
  const parser = parsers.alloc();
  parser.initialize(HTTPParser.REQUEST, null, server.maxHeaderSize || defaultMaxHeaderSize(),
                    calculateLenientFlags(server.httpValidation, server.insecureHTTPParser),
                    connectionsOf(server),
                    typeof server.maxHeadersCount === 'number' ? server.maxHeadersCount : DEFAULT_MAX_FIELDS);
  parser.socket = socket;
  socket.parser = parser;
  if (typeof server.maxHeadersCount === 'number') parser.maxHeaderPairs = server.maxHeadersCount << 1;
  parser.joinDuplicateHeaders = server.joinDuplicateHeaders;
  parser.onIncoming = onIncoming;
  parser._onEnd = onConsumedEnd;
  parser[kOnExecute] = onExecuted;
  parser[kOnTimeout] = onParserTimeout;
  return socket[kConnection] = new Connection(server, socket, parser);
}

let maxHeaderSize;

function defaultMaxHeaderSize() {
  return maxHeaderSize ??= require('internal/options').getOptionValue('--max-http-header-size') || 16 * 1024;
}

function setupConnectionsTracking() {
  shared.servers.add(this);
  this[kConnections] ??= new ConnectionsList();
  if (this[kConnectionsCheckingInterval]) clearInterval(this[kConnectionsCheckingInterval]);
  const interval = setInterval(checkConnections, this.connectionsCheckingInterval, this);
  this[kConnectionsCheckingInterval] = interval;
  interval.unref();
}

/** Ends connections whose request takes too long to arrive. */
function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  for (const parser of server[kConnections].expired(server.headersTimeout, server.requestTimeout)) {
    const { socket } = parser;
    if (socket) onRequestTimeout(socket);
  }
}

function httpServerPreClose(server) {
  shared.servers.delete(server);
  server.closeIdleConnections();
  clearInterval(server[kConnectionsCheckingInterval]);
}

// ---- Input

function onData(chunk) {
  const connection = this[kConnection];
  const { parser } = connection;
  if (parser === null) return;
  const result = parser.execute(chunk);
  afterExecute(connection, result, chunk);
}

/** After what a consumed stream read: `this` is the parser. */
function onExecuted(result) {
  const { socket } = this;
  if (!socket) return;
  if (typeof result === 'number' && !(this.incoming && this.incoming.upgrade)) return;
  afterExecute(socket[kConnection], result, undefined);
}

/** The consumed stream has ended or failed: the socket learns it as if it had read itself. */
function onConsumedEnd(errno) {
  const { socket } = this;
  if (!socket) return;
  const { _handle: handle } = socket;
  unconsume(this, socket);
  if (handle) handle.onread(errno || EOF);
}

function afterExecute(connection, result, chunk) {
  const { server, socket, parser } = connection;
  if (parser === null) return;
  if (result instanceof Error) {
    prepareError(result, parser, chunk);
    onSocketError.call(socket, result);
  } else if (parser.incoming && parser.incoming.upgrade) {
    // Upgrade or CONNECT; until its body has come the request is an ordinary one
    const req = parser.incoming;
    if (!req.complete) return;
    chunk ??= parser.getCurrentBuffer();
    stopListening(socket);
    unconsume(parser, socket);
    parser.finish();
    freeParser(parser, req, socket);
    connection.parser = null;
    const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
    if (server.listenerCount(event) > 0) {
      const head = chunk === undefined ? Buffer.alloc(0) : chunk.slice(result, chunk.length);
      socket.readableFlowing = null;
      server.emit(event, req, socket, head);
    } else {
      // Nobody speaks the other protocol
      socket.destroy();
    }
    return;
  }
  if (socket._paused && socket.parser) socket.parser.pause();
}

function stopListening(socket) {
  socket.removeListener('data', onData);
  socket.removeListener('end', onEnd);
  socket.removeListener('close', onClose);
  socket.removeListener('close', onCloseInResponse);
  socket.removeListener('drain', onDrain);
  socket.removeListener('error', onSocketError);
  socket.removeListener('timeout', onTimeout);
}

/** A request's head is there. */
function onIncoming(req, keepAlive, flags) {
  const { socket } = this;
  const connection = socket[kConnection];
  const { server } = connection;
  if (connection.keepAliveTimeoutSet) leavesIdle(connection);
  if (req.upgrade) {
    req.upgrade = req.method === 'CONNECT' || server.shouldUpgradeCallback(req);
    if (req.upgrade) return 2;
  }
  connection.incoming.push(req);

  // Back-pressure: responses wait with too much, so no further request is read
  if (!socket._paused) {
    const { _writableState: state } = socket;
    if ((state && state.needDrain) || connection.outgoingData >= socket.writableHighWaterMark) {
      socket._paused = true;
      socket.pause();
    }
  }

  const res = new server[kServerResponse](req, server.rejectNonStandardBodyWrites ? {
    highWaterMark: socket.writableHighWaterMark, rejectNonStandardBodyWrites: true,
  } : undefined);
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._maxRequestsPerSocket = server.maxRequestsPerSocket;
  res._onPendingData = onPendingData;
  res.shouldKeepAlive = keepAlive;
  res[kUniqueHeaders] = server[kUniqueHeaders];
  res[kConnection] = connection;

  if (diagnostics.requestStart.hasSubscribers) {
    diagnostics.requestStart.publish({ request: req, response: res, socket, server });
  }
  if (diagnostics.responseCreated.hasSubscribers) {
    diagnostics.responseCreated.publish({ request: req, response: res });
  }

  if (socket._httpMessage) {
    // An earlier response has its turn
    connection.outgoing.push(res);
  } else {
    res.assignSocket(socket);
  }

  let handled = false;
  if (req.httpVersionMajor === 1 && req.httpVersionMinor === 1) {
    // RFC 9112, section 3.2
    if (server.requireHostHeader && (flags & HAS_HOST) === 0) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return 0;
    }
    const limited = typeof server.maxRequestsPerSocket === 'number' && server.maxRequestsPerSocket > 0;
    if (limited) {
      connection.requestsCount++;
      res.maxRequestsOnConnectionReached = server.maxRequestsPerSocket <= connection.requestsCount;
    }
    if (limited && server.maxRequestsPerSocket < connection.requestsCount) {
      handled = true;
      server.emit('dropRequest', req, socket);
      res.writeHead(503);
      res.end();
    } else if ((flags & HAS_EXPECT) !== 0) {
      handled = true;
      if (continueExpression.test(req.headers.expect)) {
        res._expect_continue = true;
        if (server.listenerCount('checkContinue') > 0) {
          server.emit('checkContinue', req, res);
        } else {
          res.writeContinue();
          server.emit('request', req, res);
        }
      } else if (server.listenerCount('checkExpectation') > 0) {
        server.emit('checkExpectation', req, res);
      } else {
        res.writeHead(417);
        res.end();
      }
    }
  }
  if (!handled) {
    if (server.optimizeEmptyRequests && hasNoBody(req)) req._dump();
    server.emit('request', req, res);
  }
  return 0;
}

function hasNoBody({ headers }) {
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
}

// ---- Output

/** A waiting response holds `delta` more: `this` is the response. */
function onPendingData(delta) {
  const connection = this[kConnection];
  connection.outgoingData += delta;
  const { socket } = connection;
  if (socket._paused && connection.outgoingData < socket.writableHighWaterMark) resumeInput(socket);
}

function resumeInput(socket) {
  const connection = socket[kConnection];
  const needPause = connection.outgoingData > socket.writableHighWaterMark;
  if (socket._paused && !needPause) {
    socket._paused = false;
    if (socket.parser) socket.parser.resume();
    socket.resume();
  }
}

function onDrain() {
  resumeInput(this);
  const message = this._httpMessage;
  if (message && !message.finished && message.writableNeedDrain) emitDrain(message);
}

function emitDrain(message) {
  const { kNeedDrain } = require('internal/http/symbols');
  message[kNeedDrain] = false;
  message.emit('drain');
}

// ---- The end of input

function onEnd() {
  const connection = this[kConnection];
  if (!connection) return;
  const { server, parser } = connection;
  if (parser !== null) {
    const result = parser.finish();
    if (result instanceof Error) {
      prepareError(result, parser);
      onSocketError.call(this, result);
      return;
    }
  }
  if (!server.httpAllowHalfOpen) {
    abortIncoming(connection);
    this.end();
  } else if (connection.outgoing.length > 0) {
    connection.outgoing[connection.outgoing.length - 1]._last = true;
  } else if (this._httpMessage) {
    this._httpMessage._last = true;
  } else {
    this.end();
  }
}

function onClose() {
  const connection = this[kConnection];
  // Listeners may be called by others
  if (!connection) return;
  if (connection.parser !== null) {
    freeParser(this.parser ?? connection.parser, null, this);
    connection.parser = null;
  }
  if (connection.keepAliveTimeoutSet) leavesIdle(connection);
  abortIncoming(connection);
}

// Of the response that was under way; after its request's own end
function onCloseInResponse() {
  if (this._httpMessage) emitClose(this._httpMessage);
}

function abortIncoming(connection) {
  for (const req of connection.incoming.splice(0)) {
    // Those that wait in vain learn it
    if (!req.destroyed) req.destroy(connectionReset());
  }
}

function connectionReset() {
  const { ConnResetException } = require('internal/http/errors');
  return ConnResetException('aborted');
}

function onTimeout() {
  const { server, parser } = this[kConnection];
  const req = parser?.incoming;
  const res = this._httpMessage;
  const byRequest = req && !req.complete && req.emit('timeout', this);
  const byResponse = res && res.emit('timeout', this);
  const byServer = server.emit('timeout', this);
  if (!byRequest && !byResponse && !byServer) this.destroy();
}

function onParserTimeout() {
  const { socket } = this;
  const { server } = socket[kConnection];
  if (!server.emit('timeout', socket)) socket.destroy();
}

function onRequestTimeout(socket) {
  onSocketError.call(socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
}

// ---- Errors

const answers = new Map();

/** A whole response that says what was wrong, and closes. */
function answer(status) {
  let text = answers.get(status);
  if (text === undefined) {
    text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
    answers.set(status, text);
  }
  return text;
}

function statusOf(error) {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW': return 431;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': return 413;
    case 'ERR_HTTP_REQUEST_TIMEOUT': return 408;
    default: return 400;
  }
}

function onSocketError(error) {
  // One error is enough
  this.removeListener('error', onSocketError);
  if (this.listenerCount('error') === 0) this.on('error', ignore);
  const { server } = this[kConnection];
  if (server.emit('clientError', error, this)) return;
  // Not in the middle of a response
  if (this.writable && (!this._httpMessage || !this._httpMessage._headerSent)) {
    this.write(answer(statusOf(error)));
  }
  this.destroy(error);
}

function ignore() {}

// ---- A socket that a parser has consumed

function unconsume(parser, socket) {
  if (!socket._handle) return;
  if (parser._consumed) parser.unconsume();
  if (socket._handle) socket._handle._consumed = false;
  socket.removeListener('pause', onSocketPause);
  socket.removeListener('resume', onSocketResume);
}

function onSocketResume() {
  // As long as the peer must wait for its answers
  if (this._paused) {
    this.pause();
    return;
  }
  if (this._handle && !this._handle.reading) {
    this._handle.reading = true;
    this._handle.readStart();
  }
}

function onSocketPause() {
  if (this._handle && this._handle.reading) {
    this._handle.reading = false;
    this._handle.readStop();
  }
}

function restoreSocket(socket) {
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  delete socket.setEncoding;
}

function listenAndUnconsume(event, listener) {
  const result = net.Socket.prototype.on.call(this, event, listener);
  unconsumeFor(this, event);
  return result;
}

function prependAndUnconsume(event, listener) {
  const result = net.Socket.prototype.prependListener.call(this, event, listener);
  unconsumeFor(this, event);
  return result;
}

function unconsumeFor(socket, event) {
  if (!socket.parser) {
    restoreSocket(socket);
  } else if (event === 'data' || event === 'readable') {
    restoreSocket(socket);
    unconsume(socket.parser, socket);
  }
}

function refuseEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

module.exports = { adopt, afterResponses, connectionListener, httpServerPreClose, serveConnection, setupConnectionsTracking };
module.sharedClasses = { Connection };
