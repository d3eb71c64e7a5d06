'use strict';

// The channel of messages between a parent and a child, the same on both sides: `target` is the ChildProcess or `process`.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');

const kSocket = stateSymbol('child_process.channel.socket');
const kPending = stateSymbol('child_process.channel.pending');

const INTERNAL_PREFIX = 'NODE_';
const MAX_QUEUED = 65536 * 2;

// process.channel and subprocess.channel: what keeps the loop alive.
function Control(socket) {
  Reflect.apply(EventEmitter, this, []);
  Object.defineProperty(this, kSocket, { __proto__: null, value: socket });
  Object.defineProperty(this, kPending, { __proto__: null, value: [], writable: true });
  this.refs = 0;
  this.refExplicitlySet = false;
}
Object.setPrototypeOf(Control.prototype, EventEmitter.prototype);
Object.defineProperties(Control.prototype, Object.getOwnPropertyDescriptors({
  refCounted() {
    if (++this.refs === 1 && !this.refExplicitlySet) this[kSocket].ref();
  },
  unrefCounted() {
    if (--this.refs === 0 && !this.refExplicitlySet) {
      this[kSocket].unref();
      this.emit('unref');
    }
  },
  ref() {
    this.refExplicitlySet = true;
    this[kSocket].ref();
  },
  unref() {
    this.refExplicitlySet = true;
    this[kSocket].unref();
  },
  get fd() {
    return this[kSocket]._handle?.fd;
  },
}));

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > INTERNAL_PREFIX.length && message.cmd.startsWith(INTERNAL_PREFIX);
}

function deliver(target, event, message) {
  if (event === 'internalMessage' || target.listenerCount('message') > 0) {
    target.emit(event, message, undefined);
  } else if (target.channel) {
    target.channel[kPending].push([event, message]);
  }
}

function setupChannel(target, fd, serialization, closed) {
  const net = require('net');
  const codec = require('internal/child_process/serialization')[serialization];
  const socket = new net.Socket({ fd, readable: true, writable: true, allowHalfOpen: false });
  const control = new Control(socket);
  const decoder = codec.createDecoder();
  let open = true;

  target.channel = control;
  target._handleQueue = null;
  target._pendingMessage = null;
  target.connected = true;

  target.on('newListener', function(event) {
    if (event !== 'message' || !target.channel || control[kPending].length === 0) return;
    const waiting = control[kPending];
    control[kPending] = [];
    process.nextTick(() => {
      for (const [name, message] of waiting) deliver(target, name, message);
    });
  });

  // Messages that arrived before the end come first.
  function finish() {
    process.nextTick(() => {
      target.emit('disconnect');
      closed?.();
    });
  }

  function end() {
    if (!open) return;
    open = false;
    target.connected = false;
    target.channel = null;
    finish();
  }

  socket.on('data', (chunk) => {
    for (const message of decoder(chunk)) {
      const event = isInternal(message) ? 'internalMessage' : 'message';
      process.nextTick(() => deliver(target, event, message));
    }
  });
  socket.on('end', () => { socket.destroy(); });
  socket.on('error', () => { socket.destroy(); });
  socket.on('close', end);

  target.send = function(message, handle, options, callback) {
    if (typeof handle === 'function') {
      callback = handle;
      handle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      validateObject(options, 'options');
    }
    options = { swallowErrors: false, ...options };
    if (this.connected) return this._send(message, handle, options, callback);
    const error = new codes.ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.emit('error', error));
    return false;
  };

  target._send = function(message, handle, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message) && serialization === 'json') {
      throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (handle) {
      // Sockets and servers cannot be passed on yet: see the README.
      throw new codes.ERR_INVALID_HANDLE_TYPE();
    }
    if (typeof options === 'boolean') options = { swallowErrors: options };
    control.refCounted();
    socket.write(codec.encode(message), (error) => {
      control.unrefCounted();
      if (typeof callback === 'function') process.nextTick(callback, error ?? null);
      else if (error && !options?.swallowErrors) process.nextTick(() => target.emit('error', error));
    });
    return socket.writableLength < MAX_QUEUED;
  };

  target.disconnect = function() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };

  target._disconnect = function() {
    this.connected = false;
    // What is queued is sent before the channel closes.
    socket.end(() => socket.destroy());
    if (!open) return;
    open = false;
    target.channel = null;
    finish();
  };

  socket.resume();
  return control;
}

module.exports = { setupChannel };
