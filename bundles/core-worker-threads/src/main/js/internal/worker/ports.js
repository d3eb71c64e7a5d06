'use strict';

// MessageChannel, MessagePort and BroadcastChannel within one realm.

const { codes } = require('internal/errors');
const { EventTarget, NodeEventTarget, Event, defineEventHandler, kNewListener, kRemoveListener,
  initNodeEventTarget } = require('internal/event_target');
const { kTransfer, stateSymbol } = require('internal/symbols');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const { MessageEvent } = require('internal/worker/message_event');
const { cloneMessage } = require('internal/worker/clone');

const kPort = stateSymbol('worker_threads.port');
const kChannel = stateSymbol('worker_threads.broadcastChannel');

function MessagePort() {
  const error = new TypeError('Constructor cannot be called');
  error.code = 'ERR_CONSTRUCT_CALL_INVALID';
  throw error;
}
Object.setPrototypeOf(MessagePort, NodeEventTarget);
Object.setPrototypeOf(MessagePort.prototype, NodeEventTarget.prototype);

function portOf(value) {
  const state = value?.[kPort];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('MessagePort');
  return state;
}

function receive(port) {
  const state = port[kPort];
  if (!state.started || state.queue.length === 0) return;
  const { data, ports } = state.queue.shift();
  port[kHybridDispatch](data, 'message', new MessageEvent('message', { data, ports }));
}

function createPort() {
  const port = Object.create(MessagePort.prototype);
  initNodeEventTarget(port);
  const state = { peer: null, queue: [], started: false, closed: false, listeners: 0, referenced: false, native: null };
  Object.defineProperty(port, kPort, { __proto__: null, value: state, writable: true });
  state.native = binding.openPort(() => receive(port));
  return port;
}

function setReferenced(port, value) {
  const state = port[kPort];
  state.referenced = value;
  if (!state.closed) state.native.setRef(value);
}

function send(port, message) {
  const { peer } = port[kPort];
  if (peer === null) return;
  const target = peer[kPort];
  target.queue.push(message);
  if (target.started) target.native.notify();
}

// The port is of no use here any more: a new one takes its place, queue and peer.
function movePort(port) {
  const state = port?.[kPort];
  if (state === undefined) throw new codes.ERR_INVALID_TRANSFER_OBJECT();
  const moved = createPort();
  const next = moved[kPort];
  next.peer = state.peer;
  next.queue = state.queue;
  if (next.peer !== null) next.peer[kPort].peer = moved;
  state.peer = null;
  state.queue = [];
  state.closed = true;
  state.native.close(() => {});
  return moved;
}

const methods = {
  postMessage(message, transferOrOptions) {
    const state = portOf(this);
    if (arguments.length === 0) throw missing();
    if (transferOrOptions !== undefined && transferOrOptions !== null && typeof transferOrOptions !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('transferList', 'Array', transferOrOptions);
    }
    const clone = cloneMessage(message, transferOrOptions, movePort);
    if (!state.closed) send(this, clone);
  },

  start() {
    const state = portOf(this);
    if (state.started || state.closed) return;
    state.started = true;
    for (let i = state.queue.length; i > 0; i--) state.native.notify();
  },

  close(callback) {
    const state = portOf(this);
    if (typeof callback === 'function') this.once('close', callback);
    if (state.closed) return;
    closePort(this);
  },

  ref() {
    if (this[kPort] !== undefined) setReferenced(this, true);
  },

  unref() {
    if (this[kPort] !== undefined) setReferenced(this, false);
  },

  hasRef() {
    const state = portOf(this);
    return state.referenced && !state.closed;
  },
};

function missing() {
  const error = new TypeError('Not enough arguments to MessagePort.postMessage');
  error.code = 'ERR_MISSING_ARGS';
  return error;
}

function closePort(port) {
  const state = port[kPort];
  state.closed = true;
  const { peer } = state;
  state.peer = null;
  state.native.close(() => port.dispatchEvent(new Event('close')));
  if (peer === null) return;
  // What was sent before arrives first.
  setImmediate(() => {
    const other = peer[kPort];
    while (other.started && other.queue.length > 0 && !other.closed) receive(peer);
    if (!other.closed) closePort(peer);
  });
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, value: methods[name], writable: true, enumerable: true, configurable: true,
  });
}
Object.defineProperty(MessagePort.prototype, 'constructor', { __proto__: null, value: MessagePort, writable: true, configurable: true });
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'MessagePort' });

Object.defineProperty(MessagePort.prototype, kTransfer, {
  __proto__: null,
  configurable: true,
  value() {
    return movePort(this);
  },
});

// Listening to messages starts the port and keeps the loop alive.
Object.defineProperty(MessagePort.prototype, kNewListener, {
  __proto__: null,
  configurable: true,
  value(size, type, ...rest) {
    Reflect.apply(NodeEventTarget.prototype[kNewListener], this, [size, type, ...rest]);
    if (type !== 'message' && type !== 'onmessage') return;
    const state = this[kPort];
    if (state.listeners++ === 0) {
      setReferenced(this, true);
      this.start();
    }
  },
});
Object.defineProperty(MessagePort.prototype, kRemoveListener, {
  __proto__: null,
  configurable: true,
  value(size, type, ...rest) {
    Reflect.apply(NodeEventTarget.prototype[kRemoveListener], this, [size, type, ...rest]);
    if (type !== 'message' && type !== 'onmessage') return;
    if (--this[kPort].listeners === 0) setReferenced(this, false);
  },
});
// Listeners of on() get the data itself, those of addEventListener the event.
Object.defineProperty(MessagePort.prototype, require('internal/symbols').kCreateEvent, {
  __proto__: null,
  configurable: true,
  value(type, data) {
    if (type !== 'message' && type !== 'messageerror') return new Event(type);
    return new MessageEvent(type, { data });
  },
});
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

class MessageChannel {
  constructor() {
    this.port1 = createPort();
    this.port2 = createPort();
    this.port1[kPort].peer = this.port2;
    this.port2[kPort].peer = this.port1;
  }
}

function receiveMessageOnPort(port) {
  const state = port?.[kPort] ?? port?.[kChannel];
  if (state === undefined) {
    const error = new TypeError('The "port" argument must be a MessagePort instance');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  return state.queue.length === 0 ? undefined : { message: state.queue.shift().data };
}

const channels = new Map(); // name -> set of open channels

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    const state = { name: `${name}`, queue: [], native: null, closed: false };
    Object.defineProperty(this, kChannel, { __proto__: null, value: state });
    state.native = binding.openPort(() => {
      const message = state.queue.shift();
      if (message !== undefined && !state.closed) this.dispatchEvent(new MessageEvent('message', { data: message.data }));
    });
    state.native.setRef(true);
    if (!channels.has(state.name)) channels.set(state.name, new Set());
    channels.get(state.name).add(this);
  }

  get name() {
    return channelOf(this).name;
  }

  close() {
    const state = channelOf(this);
    if (state.closed) return;
    state.closed = true;
    channels.get(state.name)?.delete(this);
    state.native.close(() => {});
  }

  postMessage(message) {
    const state = channelOf(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const { lazyDOMException } = require('internal/util');
    if (state.closed) throw lazyDOMException('BroadcastChannel is closed.', 'InvalidStateError');
    for (const other of channels.get(state.name)) {
      if (other === this) continue;
      other[kChannel].queue.push(cloneMessage(message, undefined, movePort));
      other[kChannel].native.notify();
    }
  }

  ref() {
    const state = channelOf(this);
    if (!state.closed) state.native.setRef(true);
    return this;
  }

  unref() {
    const state = channelOf(this);
    if (!state.closed) state.native.setRef(false);
    return this;
  }

  [require('internal/util').customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return 'BroadcastChannel';
    const { name, closed } = channelOf(this);
    return `BroadcastChannel ${inspect({ name, active: !closed }, options)}`;
  }
}

function channelOf(value) {
  const state = value?.[kChannel];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
  return state;
}

for (const name of ['name', 'close', 'postMessage']) Object.defineProperty(BroadcastChannel.prototype, name, { __proto__: null, enumerable: true });
Object.defineProperty(BroadcastChannel.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'BroadcastChannel' });
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = { MessagePort, MessageChannel, BroadcastChannel, receiveMessageOnPort };
