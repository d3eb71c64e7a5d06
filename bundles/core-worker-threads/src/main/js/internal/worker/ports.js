'use strict';

// MessageChannel and MessagePort. A port is this realm's hold on one end of a channel, whose other end may be in any thread.

const { codes } = require('internal/errors');
const { NodeEventTarget, Event, defineEventHandler, kNewListener, kRemoveListener,
  initNodeEventTarget } = require('internal/event_target');
const { kCreateEvent, kTransfer, stateSymbol } = require('internal/symbols');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const { customInspectSymbol } = require('internal/util');
const { MessageEvent } = require('internal/worker/message_event');
const { kPort, readMessage, writeMessage } = require('internal/worker/message');

const kReceive = stateSymbol('worker_threads.receive');

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

/** The port of an end that this realm holds now. */
function adoptPort(native) {
  const port = Object.create(MessagePort.prototype);
  initNodeEventTarget(port);
  const state = { native, started: false, closed: false, listeners: 0, referenced: false, index: -1, receiving: false, rest: [] };
  Object.defineProperty(port, kPort, { __proto__: null, value: state, writable: true });
  // Through the prototype: after a swap the new revision receives.
  native.listen(() => port[kReceive]());
  return port;
}

function setReferenced(port, value) {
  const state = port[kPort];
  state.referenced = value;
  if (!state.closed) state.native.setRef(value);
}

/** The end has left for another owner: this object is of no use any more. */
function letGo(port) {
  const state = port[kPort];
  state.closed = true;
  state.native.leave();
}

function post(port, value, transferOrOptions) {
  const state = port[kPort];
  const { bytes, attachments, ports } = writeMessage(value, transferOrOptions, port);
  if (state.closed) return;
  const isLost = ports.some((moved) => state.native.isOtherEnd(moved[kPort].native));
  state.native.post(bytes, attachments);
  ports.forEach(letGo);
  if (isLost) {
    process.emitWarning('The target port was posted to itself, and the communication channel was lost');
    closePort(port);
  }
}

/** The next message as { message, ports }, or undefined; closes the port when nothing can come any more. */
function takeMessage(port, wanted) {
  const state = port[kPort];
  if (state.closed) return undefined;
  const taken = state.native.take(wanted);
  if (taken === undefined) return undefined;
  if (taken === null) {
    closePort(port);
    return undefined;
  }
  return readMessage(taken, adoptPort);
}

const methods = {
  postMessage(message, transferOrOptions) {
    portOf(this);
    if (arguments.length === 0) throw missing();
    post(this, message, transferOrOptions);
  },

  start() {
    const state = portOf(this);
    if (state.started || state.closed) return;
    state.started = true;
    state.native.listen(() => this[kReceive]());
  },

  close(callback) {
    const state = portOf(this);
    if (typeof callback === 'function') this.once('close', callback);
    if (!state.closed) closePort(this);
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
  // A listener that closes its port gets what has arrived until then.
  while (state.receiving) {
    const taken = state.native.take(true);
    if (taken === undefined || taken === null) break;
    state.rest.push(readMessage(taken, adoptPort));
  }
  state.closed = true;
  state.native.close(() => port.dispatchEvent(new Event('close')));
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, value: methods[name], writable: true, enumerable: true, configurable: true,
  });
}

function hidden(key, value) {
  Object.defineProperty(MessagePort.prototype, key, { __proto__: null, value, writable: true, configurable: true });
}

hidden('constructor', MessagePort);
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'MessagePort' });

/** Handles one message; false if there was none. */
hidden(kReceive, function receive() {
  const state = this[kPort];
  let taken;
  try {
    taken = takeMessage(this, state.started);
  } catch (error) {
    this[kHybridDispatch](error, 'messageerror', new MessageEvent('messageerror', { data: error }));
    return true;
  }
  if (taken === undefined) return false;
  state.receiving = true;
  try {
    dispatch(this, taken);
  } finally {
    state.receiving = false;
  }
  while (state.rest.length > 0) dispatch(this, state.rest.shift());
  return true;
});

function dispatch(port, { message, ports }) {
  port[kHybridDispatch](message, 'message', new MessageEvent('message', { data: message, ports }));
}

/** Another port of this realm in the place of one that structuredClone moves. */
hidden(kTransfer, function transfer() {
  const state = this[kPort];
  if (state.closed) throw require('internal/structured_clone').dataCloneError('MessagePort in transfer list is already detached');
  const moved = adoptPort(state.native);
  state.closed = true;
  return moved;
});

hidden(customInspectSymbol, function inspect(depth, options, inspectValue) {
  const state = this[kPort];
  if (state === undefined) return this;
  if (depth < 0) return 'MessagePort';
  return `MessagePort [EventTarget] ${inspectValue({ active: !state.closed, refed: state.referenced && !state.closed }, options)}`;
});

// Listening to messages starts the port and keeps the loop alive.
hidden(kNewListener, function(size, type, ...rest) {
  Reflect.apply(NodeEventTarget.prototype[kNewListener], this, [size, type, ...rest]);
  if (type !== 'message' && type !== 'onmessage') return;
  const state = this[kPort];
  if (state.listeners++ === 0) {
    setReferenced(this, true);
    this.start();
  }
});
hidden(kRemoveListener, function(size, type, ...rest) {
  Reflect.apply(NodeEventTarget.prototype[kRemoveListener], this, [size, type, ...rest]);
  if (type !== 'message' && type !== 'onmessage') return;
  if (--this[kPort].listeners === 0) setReferenced(this, false);
});
// Listeners of on() get the data itself, those of addEventListener the event.
hidden(kCreateEvent, function(data, type) {
  if (type !== 'message' && type !== 'messageerror') return NodeEventTarget.prototype[kCreateEvent].call(this, data, type);
  return new MessageEvent(type, { data });
});
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

function MessageChannel() {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('MessageChannel');
  const [one, two] = binding.channel();
  this.port1 = adoptPort(one);
  this.port2 = adoptPort(two);
}

/** Checks what it is given; a port whose messages are objects of another context is not there. */
function moveMessagePortToContext(port, context) {
  if (port?.[kPort] === undefined) throw noPort();
  if (port[kPort].closed) throw new codes.ERR_CLOSED_MESSAGE_PORT();
  if (!require('vm').isContext(context)) {
    const error = new TypeError('Invalid context argument');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker_threads.moveMessagePortToContext()');
}

function noPort() {
  const error = new TypeError('The "port" argument must be a MessagePort instance');
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function receiveMessageOnPort(port) {
  if (port?.[kPort] === undefined) {
    const broadcast = require('internal/worker/broadcast').receive(port);
    if (broadcast !== null) return broadcast;
    throw noPort();
  }
  const taken = takeMessage(port, true);
  return taken === undefined ? undefined : { message: taken.message };
}

/** Delivers everything that has arrived, now. */
function drainPort(port) {
  while (!port[kPort].closed && port[kReceive]());
}

module.exports = { MessageChannel, MessagePort, adoptPort, drainPort, moveMessagePortToContext, receiveMessageOnPort };
