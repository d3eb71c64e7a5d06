'use strict';

// The main thread's side of worker_threads. Ports and broadcast channels work within one thread; threads themselves are not there
// yet, and say so.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { Event, EventTarget, NodeEventTarget = EventTarget } = require('internal/event_target');

const kPeer = stateSymbol('worker_threads.peer');
const kQueue = stateSymbol('worker_threads.queue');
const kStarted = stateSymbol('worker_threads.started');
const kClosed = stateSymbol('worker_threads.closed');
const kKeepAlive = stateSymbol('worker_threads.keepAlive');
const kReferenced = stateSymbol('worker_threads.referenced');
const kHandler = stateSymbol('worker_threads.handler');
const kConstruct = Symbol('construct');

const environment = new Map();
const untransferable = new WeakSet();
const uncloneable = new WeakSet();

class MessageEvent extends Event {
  constructor(type, { data = null, origin = '', lastEventId = '', source = null, ports = [], ...rest } = {}) {
    super(type, rest);
    for (const [name, value] of Object.entries({ data, origin, lastEventId, source, ports })) {
      Object.defineProperty(this, name, { __proto__: null, value, enumerable: true, configurable: true });
    }
  }
}

function dataCloneError(message) {
  return new globalThis.DOMException(message, 'DataCloneError');
}

function clone(message, transfer) {
  if (typeof message === 'object' && message !== null && uncloneable.has(message)) {
    throw dataCloneError('Cannot clone object of unsupported type.');
  }
  for (const item of transfer) {
    if (untransferable.has(item)) throw dataCloneError('Value not transferable');
  }
  return runtime.structuredClone(message, { transfer });
}

function transferOf(options) {
  if (Array.isArray(options)) return options;
  if (options === undefined || options === null) return [];
  if (options.transfer === undefined) return [];
  return [...options.transfer];
}

// A port keeps the loop alive while someone listens; a timer far away stands in for a handle.
function updateKeepAlive(port) {
  const wanted = port[kReferenced] && port[kStarted] && !port[kClosed];
  if (wanted && port[kKeepAlive] === undefined) {
    port[kKeepAlive] = require('timers').setInterval(() => {}, 2 ** 31 - 1);
  } else if (!wanted && port[kKeepAlive] !== undefined) {
    require('timers').clearInterval(port[kKeepAlive]);
    port[kKeepAlive] = undefined;
  }
}

function deliver(port) {
  if (!port[kStarted] || port[kClosed] || port[kQueue].length === 0) return;
  const data = port[kQueue].shift();
  port.dispatchEvent(new MessageEvent('message', { data }));
  if (port[kQueue].length > 0) require('timers').setImmediate(deliver, port);
}

class MessagePort extends NodeEventTarget {
  constructor(token) {
    if (token !== kConstruct) throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    super();
    this[kPeer] = undefined;
    this[kQueue] = [];
    this[kStarted] = false;
    this[kClosed] = false;
    this[kKeepAlive] = undefined;
    this[kReferenced] = true;
    this[kHandler] = null;
  }

  postMessage(message, options) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const copy = clone(message, transferOf(options));
    const peer = this[kPeer];
    if (this[kClosed] || peer === undefined || peer[kClosed]) return;
    peer[kQueue].push(copy);
    if (peer[kQueue].length === 1) require('timers').setImmediate(deliver, peer);
  }

  start() {
    if (this[kStarted] || this[kClosed]) return;
    this[kStarted] = true;
    updateKeepAlive(this);
    if (this[kQueue].length > 0) require('timers').setImmediate(deliver, this);
  }

  close(callback) {
    if (typeof callback === 'function') this.addEventListener('close', callback, { once: true });
    if (this[kClosed]) return;
    for (const port of [this, this[kPeer]]) {
      port[kClosed] = true;
      updateKeepAlive(port);
      require('timers').setImmediate(() => port.dispatchEvent(new Event('close')));
    }
  }

  ref() {
    this[kReferenced] = true;
    updateKeepAlive(this);
  }

  unref() {
    this[kReferenced] = false;
    updateKeepAlive(this);
  }

  hasRef() {
    return this[kKeepAlive] !== undefined;
  }

  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options);
    if (type === 'message') this.start();
  }

  on(type, listener) {
    if (type === 'message') {
      const wrapped = (event) => listener.call(this, event.data);
      wrapped.listener = listener;
      (this[kWrapped] ??= new Map()).set(listener, wrapped);
      this.addEventListener(type, wrapped);
    } else {
      this.addEventListener(type, listener);
    }
    return this;
  }

  once(type, listener) {
    const wrapped = (event) => listener.call(this, type === 'message' ? event.data : event);
    this.addEventListener(type, wrapped, { once: true });
    return this;
  }

  off(type, listener) {
    this.removeEventListener(type, this[kWrapped]?.get(listener) ?? listener);
    return this;
  }

  get onmessage() {
    return this[kHandler];
  }

  set onmessage(handler) {
    if (this[kHandler] !== null) this.removeEventListener('message', this[kHandler]);
    this[kHandler] = typeof handler === 'function' ? handler : null;
    if (this[kHandler] !== null) this.addEventListener('message', this[kHandler]);
  }
}
const kWrapped = stateSymbol('worker_threads.wrapped');
MessagePort.prototype.addListener = MessagePort.prototype.on;
MessagePort.prototype.removeListener = MessagePort.prototype.off;

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(kConstruct);
    this.port2 = new MessagePort(kConstruct);
    this.port1[kPeer] = this.port2;
    this.port2[kPeer] = this.port1;
  }
}

function receiveMessageOnPort(port) {
  if (!(port instanceof MessagePort)) {
    throw new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
  }
  return port[kQueue].length === 0 ? undefined : { message: port[kQueue].shift() };
}

const broadcasts = new Map();

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    Object.defineProperty(this, 'name', { __proto__: null, value: `${name}`, enumerable: true });
    this[kClosed] = false;
    this[kHandler] = null;
    this[kReferenced] = true;
    this[kStarted] = true;
    this[kKeepAlive] = undefined;
    if (!broadcasts.has(this.name)) broadcasts.set(this.name, new Set());
    broadcasts.get(this.name).add(this);
    updateKeepAlive(this);
  }

  postMessage(message) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this[kClosed]) throw new globalThis.DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    for (const other of broadcasts.get(this.name)) {
      if (other === this) continue;
      const data = clone(message, []);
      require('timers').setImmediate(() => {
        if (!other[kClosed]) other.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }

  close() {
    if (this[kClosed]) return;
    this[kClosed] = true;
    updateKeepAlive(this);
    broadcasts.get(this.name).delete(this);
  }

  ref() {
    this[kReferenced] = true;
    updateKeepAlive(this);
    return this;
  }

  unref() {
    this[kReferenced] = false;
    updateKeepAlive(this);
    return this;
  }

  get onmessage() {
    return this[kHandler];
  }

  set onmessage(handler) {
    if (this[kHandler] !== null) this.removeEventListener('message', this[kHandler]);
    this[kHandler] = typeof handler === 'function' ? handler : null;
    if (this[kHandler] !== null) this.addEventListener('message', this[kHandler]);
  }
}

function Worker() {
  const error = new Error('Nodule has no worker threads yet: use child_process.fork');
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
}

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessageEvent,
  MessagePort,
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  getEnvironmentData: (key) => environment.get(key),
  isInternalThread: false,
  isMainThread: true,
  isMarkedAsUntransferable: (object) => typeof object === 'object' && object !== null && untransferable.has(object),
  markAsUncloneable(object) {
    if (typeof object === 'object' && object !== null) uncloneable.add(object);
  },
  markAsUntransferable(object) {
    if (typeof object === 'object' && object !== null) untransferable.add(object);
  },
  moveMessagePortToContext() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker_threads.moveMessagePortToContext');
  },
  parentPort: null,
  postMessageToThread: async () => {
    throw new codes.ERR_WORKER_MESSAGING_FAILED();
  },
  receiveMessageOnPort,
  resourceLimits: {},
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key);
    else environment.set(key, value);
  },
  threadId: 0,
  threadName: '',
  workerData: null,
};
