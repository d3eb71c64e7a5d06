'use strict';

// Named channels of diagnostic events. A channel without subscribers must cost next to nothing: it has the prototype Channel,
// whose methods do nothing, and gets ActiveChannel's with its first subscriber.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { triggerUncaughtException } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');

const kSubscribers = stateSymbol('diagnostics_channel.subscribers');
const kStores = stateSymbol('diagnostics_channel.stores');

// Channels are held weakly until someone subscribes.
const channels = new Map();
const dropped = new FinalizationRegistry((name) => {
  if (channels.get(name)?.deref() === undefined) channels.delete(name);
});
const held = new Set();

function activate(channel) {
  if (Object.getPrototypeOf(channel) === ActiveChannel.prototype) return;
  Object.setPrototypeOf(channel, ActiveChannel.prototype);
  channel[kSubscribers] = [];
  channel[kStores] = new Map();
  held.add(channel);
}

function deactivate(channel) {
  if (channel[kSubscribers].length > 0 || channel[kStores].size > 0) return;
  Object.setPrototypeOf(channel, Channel.prototype);
  channel[kSubscribers] = undefined;
  channel[kStores] = undefined;
  held.delete(channel);
}

class ActiveChannel {
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A new array: a publish that is under way goes on with the old one.
    this[kSubscribers] = [...this[kSubscribers], subscription];
  }

  unsubscribe(subscription) {
    const index = this[kSubscribers].indexOf(subscription);
    if (index === -1) return false;
    this[kSubscribers] = this[kSubscribers].toSpliced(index, 1);
    deactivate(this);
    return true;
  }

  bindStore(store, transform) {
    this[kStores].set(store, transform);
  }

  unbindStore(store) {
    if (!this[kStores].delete(store)) return false;
    deactivate(this);
    return true;
  }

  get hasSubscribers() {
    return true;
  }

  publish(data) {
    for (const subscriber of this[kSubscribers] ?? []) {
      try {
        subscriber(data, this.name);
      } catch (error) {
        process.nextTick(() => triggerUncaughtException(error, false));
      }
    }
  }

  runStores(data, fn, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform] of this[kStores].entries()) {
      const next = run;
      run = () => {
        let context = data;
        if (transform !== undefined) {
          try {
            context = transform(data);
          } catch (error) {
            process.nextTick(() => triggerUncaughtException(error, false));
            return next();
          }
        }
        return store.run(context, next);
      };
    }
    return run();
  }
}

class Channel {
  constructor(name) {
    this.name = name;
    this[kSubscribers] = undefined;
    this[kStores] = undefined;
    channels.set(name, new WeakRef(this));
    dropped.register(this, name);
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
}

function channel(name) {
  const known = channels.get(name)?.deref();
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
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
  return channels.get(name)?.deref()?.hasSubscribers ?? false;
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

function tracingChannelFrom(nameOrChannels, name) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${name}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const found = nameOrChannels[name];
    if (!(found instanceof Channel)) throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${name}`, ['Channel'], found);
    return found;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', 'TracingChannel'], nameOrChannels);
}

class TracingChannel {
  constructor(nameOrChannels) {
    for (const name of EVENTS) {
      Object.defineProperty(this, name, { __proto__: null, value: tracingChannelFrom(nameOrChannels, name) });
    }
  }

  get hasSubscribers() {
    return EVENTS.some((name) => this[name].hasSubscribers);
  }

  subscribe(handlers) {
    for (const name of EVENTS) if (handlers[name]) this[name].subscribe(handlers[name]);
  }

  unsubscribe(handlers) {
    let done = true;
    for (const name of EVENTS) {
      if (handlers[name] && !this[name].unsubscribe(handlers[name])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    return this.start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { asyncStart, asyncEnd, error: errorChannel } = this;
    const settle = (publishBefore) => {
      publishBefore();
      asyncStart.publish(context);
      asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        let promise = Reflect.apply(fn, thisArg, args);
        if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
        return promise.then(
          (result) => {
            settle(() => {
              context.result = result;
            });
            return result;
          },
          (error) => {
            settle(() => {
              context.error = error;
              errorChannel.publish(context);
            });
            return Promise.reject(error);
          });
      } catch (error) {
        context.error = error;
        errorChannel.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { asyncStart, asyncEnd, error: errorChannel } = this;
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    args.splice(position, 1, function wrapped(error, result) {
      if (error) {
        context.error = error;
        errorChannel.publish(context);
      } else {
        context.result = result;
      }
      return asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    });
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (error) {
        context.error = error;
        errorChannel.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
