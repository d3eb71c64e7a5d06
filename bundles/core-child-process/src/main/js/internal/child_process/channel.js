'use strict';

// The channel of messages between a parent and a child, the same on both sides: `target` is the ChildProcess or `process`.

const EventEmitter = require('events');
const { codes, ErrnoException } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');

const kPipe = stateSymbol('child_process.channel.pipe');
const kPending = stateSymbol('child_process.channel.pending');

const INTERNAL_PREFIX = 'NODE_';
const MAX_QUEUED = 65536 * 2;

// process.channel and subprocess.channel: what keeps the loop alive.
function Control(pipe) {
  Reflect.apply(EventEmitter, this, []);
  Object.defineProperty(this, kPipe, { __proto__: null, value: pipe });
  Object.defineProperty(this, kPending, { __proto__: null, value: [], writable: true });
  this.refs = 0;
  this.refExplicitlySet = false;
}
Object.setPrototypeOf(Control.prototype, EventEmitter.prototype);
Object.defineProperties(Control.prototype, Object.getOwnPropertyDescriptors({
  refCounted() {
    if (++this.refs === 1 && !this.refExplicitlySet) this[kPipe].ref();
  },
  unrefCounted() {
    if (--this.refs === 0 && !this.refExplicitlySet) {
      this[kPipe].unref();
      this.emit('unref');
    }
  },
  ref() {
    this.refExplicitlySet = true;
    this[kPipe].ref();
  },
  unref() {
    this.refExplicitlySet = true;
    this[kPipe].unref();
  },
  get fd() {
    return this[kPipe].fd;
  },
}));

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > INTERNAL_PREFIX.length && message.cmd.startsWith(INTERNAL_PREFIX);
}

function deliver(target, event, message, handle) {
  if (event === 'internalMessage' || target.listenerCount('message') > 0) {
    target.emit(event, message, handle);
  } else if (target.channel) {
    target.channel[kPending].push([event, message, handle]);
  }
}

function setupChannel(target, fd, serialization, closed) {
  const codec = require('internal/child_process/serialization')[serialization];
  const pipe = binding.openChannel(fd, onRead);
  const control = new Control(pipe);
  const decoder = codec.createDecoder();
  const descriptors = []; // that arrived, for the messages that speak of them
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
      for (const [name, message, handle] of waiting) deliver(target, name, message, handle);
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
    pipe.close();
    if (!open) return;
    open = false;
    target.connected = false;
    target.channel = null;
    finish();
  }

  function dispatch(message, handle) {
    const event = isInternal(message) ? 'internalMessage' : 'message';
    process.nextTick(() => deliver(target, event, message, handle));
  }

  function onMessage(message) {
    switch (isInternal(message) ? message.cmd : '') {
      case 'NODE_HANDLE': {
        // Node.js waits for this before it sends more.
        if (open) pipe.write(codec.encode({ cmd: 'NODE_HANDLE_ACK' }), -1);
        require('internal/child_process/handles').receive(message, descriptors.shift(), (handle) => dispatch(message.msg, handle));
        break;
      }
      case 'NODE_HANDLE_ACK':
        break;
      default:
        dispatch(message, undefined);
    }
  }

  function onRead(chunk, ...received) {
    if (chunk === undefined) {
      end();
      return;
    }
    descriptors.push(...received);
    for (const message of decoder(chunk)) onMessage(message);
  }

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
    if (typeof options === 'boolean') options = { swallowErrors: options };
    let sending = null;
    if (handle) {
      sending = require('internal/child_process/handles').outgoing(handle, options);
      if (sending !== null) message = { cmd: 'NODE_HANDLE', type: sending.type, msg: message, ...sending.details };
    }
    control.refCounted();
    const waiting = pipe.write(codec.encode(message), sending === null ? -1 : sending.handle.fd, (errno) => {
      control.unrefCounted();
      const error = errno < 0 ? new ErrnoException(errno, 'write') : null;
      if (sending !== null && !sending.keepOpen) sending.handle.close();
      if (typeof callback === 'function') process.nextTick(callback, error);
      else if (error && !options?.swallowErrors) process.nextTick(() => target.emit('error', error));
    });
    if (sending !== null) require('internal/child_process/handles').giveAway(sending);
    return waiting < MAX_QUEUED;
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
    pipe.end();
    if (!open) return;
    open = false;
    target.channel = null;
    finish();
  };

  return control;
}

module.exports = { setupChannel };
