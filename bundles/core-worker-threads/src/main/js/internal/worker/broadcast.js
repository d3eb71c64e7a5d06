'use strict';

// BroadcastChannel: each member has an end of its own, to which all other members of that name post, in whatever thread they are.

const { codes } = require('internal/errors');
const { EventTarget, defineEventHandler } = require('internal/event_target');
const { stateSymbol } = require('internal/symbols');
const { customInspectSymbol, lazyDOMException } = require('internal/util');
const { MessageEvent } = require('internal/worker/message_event');
const { readMessage, writeMessage } = require('internal/worker/message');
const { adoptPort } = require('internal/worker/ports');

const kChannel = stateSymbol('worker_threads.broadcastChannel');
const kReceive = stateSymbol('worker_threads.receive');

function channelOf(value) {
  const state = value?.[kChannel];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
  return state;
}

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    const state = { name: `${name}`, native: null, closed: false };
    Object.defineProperty(this, kChannel, { __proto__: null, value: state });
    state.native = binding.joinChannel(state.name);
    state.native.setRef(true);
    state.native.listen(() => this[kReceive]());
  }

  get name() {
    return channelOf(this).name;
  }

  close() {
    const state = channelOf(this);
    if (state.closed) return;
    state.closed = true;
    state.native.close(() => {});
  }

  postMessage(message) {
    const state = channelOf(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (state.closed) throw lazyDOMException('BroadcastChannel is closed.', 'InvalidStateError');
    const { bytes, attachments } = writeMessage(message);
    state.native.post(bytes, attachments);
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

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return 'BroadcastChannel';
    const { name, closed } = channelOf(this);
    return `BroadcastChannel ${inspect({ name, active: !closed }, options)}`;
  }

  [kReceive]() {
    const state = this[kChannel];
    const taken = state.closed ? undefined : state.native.take(true);
    if (taken === undefined || taken === null) return false;
    let message;
    try {
      ({ message } = readMessage(taken, adoptPort));
    } catch (error) {
      this.dispatchEvent(new MessageEvent('messageerror', { data: error }));
      return true;
    }
    this.dispatchEvent(new MessageEvent('message', { data: message }));
    return true;
  }
}

for (const name of ['name', 'close', 'postMessage']) Object.defineProperty(BroadcastChannel.prototype, name, { __proto__: null, enumerable: true });
Object.defineProperty(BroadcastChannel.prototype, kReceive, { __proto__: null, enumerable: false });
Object.defineProperty(BroadcastChannel.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'BroadcastChannel' });
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

/** What receiveMessageOnPort gives for a channel; null for what is none. */
function receive(channel) {
  const state = channel?.[kChannel];
  if (state === undefined) return null;
  const taken = state.closed ? undefined : state.native.take(true);
  if (taken === undefined || taken === null) return undefined;
  return { message: readMessage(taken, adoptPort).message };
}

module.exports = { BroadcastChannel, receive };
