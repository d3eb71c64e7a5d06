'use strict';

// Named channels: publishers pay nothing while nobody listens, since a channel without subscribers has another prototype, whose publish does
// nothing.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { consoleSubscribers } = require('internal/console_output');
const { stateSymbol } = require('internal/symbols');
const { isPromise } = require('internal/util/types');

const kStart = stateSymbol('diagnostics_channel.start');
const kEnd = stateSymbol('diagnostics_channel.end');
const kSync = stateSymbol('diagnostics_channel.sync');
const kAsync = stateSymbol('diagnostics_channel.async');
const kLeave = stateSymbol('diagnostics_channel.leave');

// A channel lives as long as somebody holds it or listens to it.
class ChannelTable {
  constructor() {
    this.references = new Map();
    this.active = new Set();
    this.registry = new FinalizationRegistry((name) => {
      if (this.references.get(name)?.deref() === undefined) this.references.delete(name);
    });
  }

  get(name) {
    return this.references.get(name)?.deref();
  }

  add(name, channel) {
    this.references.set(name, new WeakRef(channel));
    this.registry.register(channel, name);
  }
}

const channels = new ChannelTable();

function uncaught(error) {
  process.nextTick(() => require('internal/runtime').triggerUncaughtException(error, false));
}

class ActiveChannel {
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A new list, so that a publish under way is not disturbed.
    this._subscribers = [...this._subscribers, subscription];
  }

  unsubscribe(subscription) {
    const index = this._subscribers.indexOf(subscription);
    if (index === -1) return false;
    this._subscribers = this._subscribers.toSpliced(index, 1);
    maybeDeactivate(this);
    return true;
  }

  bindStore(store, transform) {
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    if (!this._stores.delete(store)) return false;
    maybeDeactivate(this);
    return true;
  }

  get hasSubscribers() {
    return true;
  }

  publish(data) {
    const subscribers = this._subscribers;
    for (let i = 0; i < subscribers.length; i++) {
      try {
        subscribers[i](data, this.name);
      } catch (error) {
        uncaught(error);
      }
    }
  }

  runStores(data, fn, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const { 0: store, 1: transform } of this._stores) run = withStore(store, data, run, transform);
    return run();
  }

  withStoreScope(data) {
    const leave = [];
    for (const { 0: store, 1: transform } of this._stores) {
      let context = data;
      if (transform) {
        try {
          context = transform(data);
        } catch (error) {
          uncaught(error);
          continue;
        }
      }
      const previous = store.getStore();
      store.enterWith(context);
      leave.push(() => store.enterWith(previous));
    }
    this.publish(data);
    return new RunStoresScope(leave);
  }
}

function withStore(store, data, next, transform) {
  return () => {
    let context = data;
    if (transform) {
      try {
        context = transform(data);
      } catch (error) {
        uncaught(error);
        return next();
      }
    }
    return store.run(context, next);
  };
}

class RunStoresScope {
  constructor(leave) {
    hide(this, kLeave, leave);
  }

  [Symbol.dispose]() {
    const leave = this[kLeave];
    while (leave.length > 0) leave.pop()();
  }
}

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
    this._index = undefined;
    channels.add(name, this);
  }

  static [Symbol.hasInstance](instance) {
    const prototype = Object.getPrototypeOf(instance);
    return prototype === Channel.prototype || prototype === ActiveChannel.prototype;
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    activate(this);
    this.subscribe(subscription);
  }

  unsubscribe() {
    return false;
  }

  bindStore(store, transform) {
    activate(this);
    this.bindStore(store, transform);
  }

  unbindStore() {
    return false;
  }

  get hasSubscribers() {
    return false;
  }

  publish() {}

  runStores(data, fn, thisArg, ...args) {
    return Reflect.apply(fn, thisArg, args);
  }

  withStoreScope() {
    return new RunStoresScope([]);
  }
}

function activate(channel) {
  Object.setPrototypeOf(channel, ActiveChannel.prototype);
  channel._subscribers = [];
  channel._stores = new Map();
  channels.active.add(channel);
}

function maybeDeactivate(channel) {
  if (channel._subscribers.length > 0 || channel._stores.size > 0) return;
  Object.setPrototypeOf(channel, Channel.prototype);
  channel._subscribers = undefined;
  channel._stores = undefined;
  channels.active.delete(channel);
}

function channel(name) {
  const known = channels.get(name);
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  return channels.get(name)?.hasSubscribers ?? false;
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value });
}

function pick(nameOrChannels, name, className) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${name}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const own = nameOrChannels[name];
    if (!(own instanceof Channel)) throw new ERR_INVALID_ARG_TYPE(`nameOrChannels.${name}`, ['Channel'], own);
    return own;
  }
  throw new ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', className], nameOrChannels);
}

// A start and an end, around one piece of work.
class BoundedChannel {
  constructor(nameOrChannels) {
    hide(this, 'start', pick(nameOrChannels, 'start', 'BoundedChannel'));
    hide(this, 'end', pick(nameOrChannels, 'end', 'BoundedChannel'));
  }

  get hasSubscribers() {
    return this.start.hasSubscribers || this.end.hasSubscribers;
  }

  subscribe(handlers) {
    if (handlers.start) this.start.subscribe(handlers.start);
    if (handlers.end) this.end.subscribe(handlers.end);
  }

  unsubscribe(handlers) {
    let done = true;
    if (handlers.start && !this.start.unsubscribe(handlers.start)) done = false;
    if (handlers.end && !this.end.unsubscribe(handlers.end)) done = false;
    return done;
  }

  withScope(context = {}) {
    return new BoundedChannelScope(this, context);
  }

  run(context, fn, thisArg, ...args) {
    context ??= {};
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } finally {
        this.end.publish(context);
      }
    });
  }
}

class BoundedChannelScope {
  constructor(bounded, context) {
    const scope = bounded.start.withStoreScope(context);
    hide(this, kLeave, [() => scope[Symbol.dispose](), () => bounded.end.publish(context)]);
  }

  [Symbol.dispose]() {
    const leave = this[kLeave];
    while (leave.length > 0) leave.pop()();
  }
}

const traceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(nameOrChannels) {
    const own = {};
    for (const name of traceEvents) own[name] = pick(nameOrChannels, name, 'TracingChannel');
    hide(this, kSync, { [kStart]: own.start, [kEnd]: own.end });
    hide(this, kAsync, { [kStart]: own.asyncStart, [kEnd]: own.asyncEnd });
    hide(this, 'error', own.error);
  }

  get start() {
    return this[kSync][kStart];
  }

  get end() {
    return this[kSync][kEnd];
  }

  get asyncStart() {
    return this[kAsync][kStart];
  }

  get asyncEnd() {
    return this[kAsync][kEnd];
  }

  get hasSubscribers() {
    return traceEvents.some((name) => this[name]?.hasSubscribers);
  }

  subscribe(handlers) {
    for (const name of traceEvents) if (handlers[name]) this[name]?.subscribe(handlers[name]);
  }

  unsubscribe(handlers) {
    let done = true;
    for (const name of traceEvents) {
      if (handlers[name] && !this[name]?.unsubscribe(handlers[name])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return checkThenable(Reflect.apply(fn, thisArg, args), fn);
    const { start, end, asyncStart, asyncEnd, error } = this;

    function rejected(reason) {
      context.error = reason;
      error.publish(context);
      asyncStart.publish(context);
      asyncEnd.publish(context);
      throw reason;
    }

    function resolved(result) {
      context.result = result;
      asyncStart.publish(context);
      asyncEnd.publish(context);
      return result;
    }

    return start.runStores(context, () => {
      try {
        const result = checkThenable(Reflect.apply(fn, thisArg, args), fn);
        if (typeof result?.then !== 'function') {
          context.result = result;
          return result;
        }
        if (isPromise(result) && result.constructor === Promise) {
          return Promise.prototype.then.call(result, resolved, rejected);
        }
        return result.then(resolved, rejected);
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;

    function wrapped(failure, result) {
      if (failure) {
        context.error = failure;
        error.publish(context);
      } else {
        context.result = result;
      }
      // The stores of asyncStart are there while the callback runs.
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }

    const callback = args.at(position);
    validateFunction(callback, 'callback');
    args.splice(position, 1, wrapped);
    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }
}

function checkThenable(result, fn) {
  if (typeof result?.then !== 'function') {
    process.emitWarning(
      `tracePromise was called with the function '${fn.name || '<anonymous>'}', which returned a non-thenable.`);
  }
  return result;
}

function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

function boundedChannel(nameOrChannels) {
  return new BoundedChannel(nameOrChannels);
}

consoleSubscribers.publish = (name, args) => {
  const found = channels.get(name);
  if (found?.hasSubscribers) found.publish(args);
};

module.exports = {
  channel,
  hasSubscribers,
  subscribe,
  tracingChannel,
  unsubscribe,
  boundedChannel,
  Channel,
  BoundedChannel,
};
