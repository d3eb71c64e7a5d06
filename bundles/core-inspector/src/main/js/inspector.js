'use strict';

// https://nodejs.org/api/inspector.html

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const runtime = require('internal/runtime');
const state = require('internal/inspector/state');

const kConnection = stateSymbol('inspector.connection');
const kCallbacks = stateSymbol('inspector.callbacks');
const kLastId = stateSymbol('inspector.lastId');

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });
}

/** Sessions of other threads find this one from now on. */
function enter() {
  if (state.isEntered) return;
  state.isEntered = true;
  state.native(binding).enter();
  state.native(binding).receive(() => runtime.requireBuiltin('internal/inspector/main').receive());
}

function hear(session, message) {
  const { id, method, error, result } = message;
  if (id === undefined) {
    if (method === undefined) return;
    session.emit(method, message);
    session.emit('inspectorNotification', message);
    return;
  }
  const callback = session[kCallbacks]?.get(id);
  session[kCallbacks]?.delete(id);
  if (callback === undefined) return;
  if (error) callback(new codes.ERR_INSPECTOR_COMMAND(error.code, error.message));
  else callback(null, result);
}

class Session extends EventEmitter {
  constructor() {
    super();
    enter();
  }

  connect() {
    require('internal/inspector/server').demandPermission();
    if (this[kConnection]) throw new codes.ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    const { Connection } = require('internal/inspector/connection');
    // As text and back: nobody may change what others get.
    const connection = new Connection((message) => hear(this, JSON.parse(JSON.stringify(message))), false);
    hide(this, kConnection, {
      tell: (message) => connection.dispatch(JSON.parse(JSON.stringify(message))),
      close: () => connection.close(),
    });
  }

  connectToMainThread() {
    if (runtime.threadId === 0) throw new codes.ERR_INSPECTOR_NOT_WORKER();
    if (this[kConnection]) throw new codes.ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    const { RemoteSession } = require('internal/inspector/threads');
    const remote = new RemoteSession(0, (text) => runtime.queueMicrotask(() => hear(this, JSON.parse(text))));
    if (!remote.isOpen) throw new codes.ERR_INSPECTOR_NOT_AVAILABLE();
    hide(this, kConnection, { tell: (message) => remote.tell(JSON.stringify(message)), close: () => remote.close() });
  }

  post(method, params, callback) {
    validateString(method, 'method');
    if (!callback && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params) validateObject(params, 'params');
    if (callback) validateFunction(callback, 'callback');
    if (!this[kConnection]) throw new codes.ERR_INSPECTOR_NOT_CONNECTED();
    const id = (this[kLastId] ?? 0) + 1;
    hide(this, kLastId, id);
    const message = { id, method };
    if (params) message.params = params;
    if (callback) {
      if (this[kCallbacks] === undefined) hide(this, kCallbacks, new Map());
      this[kCallbacks].set(id, callback);
    }
    this[kConnection].tell(message);
  }

  disconnect() {
    const connection = this[kConnection];
    if (!connection) return;
    connection.close();
    this[kConnection] = undefined;
    const waiting = this[kCallbacks];
    this[kCallbacks] = undefined;
    for (const callback of waiting?.values() ?? []) process.nextTick(callback, new codes.ERR_INSPECTOR_CLOSED());
    hide(this, kLastId, 0);
  }
}

function inspectorOpen(port, host, wait) {
  require('internal/inspector/server').open(port, host, wait);
  return { __proto__: null, [Symbol.dispose]() { _debugEnd(); } };
}

function _debugEnd() {
  require('internal/inspector/server').close();
}

function url() {
  return require('internal/inspector/server').url();
}

function inspectorWaitForDebugger() {
  require('internal/inspector/server').waitForDebugger();
}

function broadcaster(emitter, names) {
  const domain = {};
  for (const name of names) {
    domain[name] = {
      [name](params) {
        validateObject(params, 'params');
        require('internal/inspector/network_domain')[emitter](name, params);
      },
    }[name];
    Object.defineProperty(domain[name], 'length', { __proto__: null, value: 1, configurable: true });
  }
  return domain;
}

const Network = broadcaster('emitNetwork', ['requestWillBeSent', 'responseReceived', 'loadingFinished', 'loadingFailed', 'dataSent',
  'dataReceived', 'webSocketCreated', 'webSocketClosed', 'webSocketHandshakeResponseReceived']);
const DOMStorage = broadcaster('emitStorage', ['domStorageItemAdded', 'domStorageItemRemoved', 'domStorageItemUpdated',
  'domStorageItemsCleared', 'registerStorage']);

const NetworkResources = {
  put(requestUrl, data) {
    validateString(requestUrl, 'url');
    validateString(data, 'data');
    require('internal/inspector/network_domain').resources.set(requestUrl, data);
  },
};

/** The console of clients alone: nothing is written. */
const inspectorConsole = {};
for (const name of ['debug', 'error', 'info', 'log', 'warn', 'dir', 'dirxml', 'table', 'trace', 'group', 'groupCollapsed', 'groupEnd', 'clear',
  'count', 'countReset', 'assert', 'profile', 'profileEnd', 'time', 'timeLog', 'timeEnd', 'timeStamp', 'context']) {
  inspectorConsole[name] = {
    [name](...args) {
      const { TYPES, said, tell } = require('internal/inspector/console_hook');
      const values = TYPES[name] === undefined ? undefined : said(name, args);
      if (values !== undefined) tell(TYPES[name], values);
    },
  }[name];
}
Object.defineProperty(inspectorConsole.context, 'length', { __proto__: null, value: 1, configurable: true });
Object.defineProperty(inspectorConsole, Symbol.toStringTag, { __proto__: null, value: 'console', configurable: true });

module.exports = {
  open: inspectorOpen,
  close: _debugEnd,
  url,
  waitForDebugger: inspectorWaitForDebugger,
  console: inspectorConsole,
  Session,
  Network,
  NetworkResources,
  DOMStorage,
};
