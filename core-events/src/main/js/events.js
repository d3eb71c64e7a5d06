'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_UNHANDLED_ERROR } } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateNumber, validateObject,
} = require('internal/validators');
const { sharedState, stateSymbol } = require('internal/symbols');

const kCapture = stateSymbol('kCapture');
// Always false: Node.js shows it when an emitter is inspected.
const kShapeMode = stateSymbol('shapeMode');
const kErrorMonitor = stateSymbol('events.errorMonitor');
const kMaxEventTargetListeners = stateSymbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = stateSymbol('events.maxEventTargetListenersWarned');
const kRejection = Symbol.for('nodejs.rejection');
// Read by what prints an uncaught error; a thunk that appends where the 'error' event was emitted.
const kEnhanceStack = stateSymbol('errors.enhanceStackBeforePrint');

const { slice: arraySlice, unshift: arrayUnshift } = Array.prototype;

let defaultMaxListeners = 10;

const lazy = (id) => {
  let loaded;
  return () => (loaded ??= require(id));
};
const eventTargets = lazy('internal/event_target');
const inspection = lazy('internal/util/inspect');

// What the module domain does with each emitter, once it is there.
const domains = sharedState('events.domains', () => ({ onInit: undefined }));

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
  if (domains.onInit !== undefined) domains.onInit(this);
}

module.exports = EventEmitter;

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { __proto__: null, value: false, writable: true });

EventEmitter.addAbortListener = addAbortListener;
EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.getMaxListeners = getMaxListeners;
EventEmitter.listenerCount = listenerCount;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;

Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null,
    enumerable: true,
    get() { return EventEmitter.prototype[kCapture]; },
    set(value) {
      validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
  },
  EventEmitterAsyncResource: {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get: function lazyEventEmitterAsyncResource() {
      return require('internal/events/async_resource');
    },
    set: undefined,
  },
  errorMonitor: { __proto__: null, value: kErrorMonitor, writable: true, enumerable: true, configurable: true },
  defaultMaxListeners: {
    __proto__: null,
    enumerable: true,
    get() { return defaultMaxListeners; },
    set(value) {
      validateNumber(value, 'defaultMaxListeners', 0);
      defaultMaxListeners = value;
    },
  },
  kMaxEventTargetListeners: { __proto__: null, value: kMaxEventTargetListeners },
  kMaxEventTargetListenersWarned: { __proto__: null, value: kMaxEventTargetListenersWarned },
});

EventEmitter.setMaxListeners = function(n = defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of targets) {
    if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

EventEmitter.init = function(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners ||= undefined;
  this[kShapeMode] = false;
  if (options?.captureRejections) {
    validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(options.captureRejections);
  } else {
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

// What a listener returned is a promise if it has a then(); its rejection becomes an 'error'.
function watchRejection(emitter, result, type, args) {
  if (!emitter[kCapture]) return;
  try {
    const { then } = result;
    if (typeof then === 'function') {
      then.call(result, undefined, (error) => process.nextTick(emitRejection, emitter, error, type, args));
    }
  } catch (error) {
    emitter.emit('error', error);
  }
}

function emitRejection(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](error, type, ...args);
    return;
  }
  // An 'error' listener that rejects too must not come round again.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = before;
  }
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListenersOf(emitter) {
  return emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

// How many lines of `stack` also end `caller`, and the count of lines before them.
function linesBeforeCommonTail(stack, caller) {
  let own = stack.length;
  let other = caller.length;
  while (own > 1 && other > 0 && stack[own - 1] === caller[other - 1]) {
    own--;
    other--;
  }
  return { own, common: stack.length - own };
}

function stackWithEmitter(error, emitted) {
  let owner = '';
  try {
    const { name } = this.constructor;
    if (name !== 'EventEmitter') owner = ` on ${name} instance`;
  } catch {
    // An emitter without a usable constructor.
  }
  const lines = emitted.stack.split('\n').slice(1);
  const { own, common } = linesBeforeCommonTail(lines, error.stack.split('\n').slice(1));
  const shown = common > 1 ? [...lines.slice(0, own), '    [... lines matching original stack trace ...]'] : lines;
  return `${error.stack}\nEmitted 'error' event${owner} at:\n${shown.join('\n')}`;
}

function throwUnhandled(emitter, args) {
  const error = args.length > 0 ? args[0] : undefined;
  if (error instanceof Error) {
    try {
      const emitted = {};
      Error.captureStackTrace(emitted, EventEmitter.prototype.emit);
      Object.defineProperty(error, kEnhanceStack, {
        __proto__: null,
        value: stackWithEmitter.bind(emitter, error, emitted),
        configurable: true,
      });
    } catch {
      // A frozen error is thrown as it is.
    }
    throw error; // Unhandled 'error' event
  }
  let shown;
  try {
    shown = inspection().inspect(error);
  } catch {
    shown = error;
  }
  const wrapped = new ERR_UNHANDLED_ERROR(shown);
  wrapped.context = error;
  throw wrapped; // Unhandled 'error' event
}

function call(listener, emitter, args) {
  switch (args.length) {
    case 0: return listener.call(emitter);
    case 1: return listener.call(emitter, args[0]);
    case 2: return listener.call(emitter, args[0], args[1]);
    case 3: return listener.call(emitter, args[0], args[1], args[2]);
    default: return Reflect.apply(listener, emitter, args);
  }
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
    if (events === undefined || events.error === undefined) throwUnhandled(this, args);
  } else if (events === undefined) {
    return false;
  }
  const handler = events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = call(handler, this, args);
    if (result !== undefined && result !== null) watchRejection(this, result, type, args);
    return true;
  }
  // A copy: listeners come and go during emission.
  const listeners = handler.slice();
  for (let i = 0; i < listeners.length; i++) {
    const result = call(listeners[i], this, args);
    if (result !== undefined && result !== null) watchRejection(this, result, type, args);
  }
  return true;
};

function warnOfLeak(emitter, listeners, type, limit) {
  listeners.warned = true;
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${listeners.length} ${String(type)} listeners added to ` +
    `${inspection().inspect(emitter, { depth: -1 })}. MaxListeners is ${limit}. ` +
    'Use emitter.setMaxListeners() to increase limit');
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = listeners.length;
  process.emitWarning(warning);
}

function add(emitter, type, listener, atFront) {
  validateFunction(listener, 'listener');
  let events = emitter._events;
  let existing;
  if (events === undefined) {
    events = emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else {
    // Before the listener is there, so that a 'newListener' listener does not hear of itself.
    if (events.newListener !== undefined) {
      emitter.emit('newListener', type, listener.listener ?? listener);
      events = emitter._events;
    }
    existing = events[type];
  }
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  if (typeof existing === 'function') {
    existing = events[type] = atFront ? [listener, existing] : [existing, listener];
  } else if (atFront) {
    arrayUnshift.call(existing, listener);
  } else {
    existing.push(listener);
  }
  const limit = maxListenersOf(emitter);
  if (limit > 0 && existing.length > limit && !existing.warned) warnOfLeak(emitter, existing, type, limit);
  return emitter;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function fireOnce(...args) {
  if (this.fired) return undefined;
  this.target.removeListener(this.type, this.wrapper);
  this.fired = true;
  return call(this.listener, this.target, args);
}

function wrapOnce(target, type, listener) {
  const state = { fired: false, wrapper: undefined, target, type, listener };
  const wrapper = fireOnce.bind(state);
  wrapper.listener = listener;
  state.wrapper = wrapper;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  validateFunction(listener, 'listener');
  this.on(type, wrapOnce(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  validateFunction(listener, 'listener');
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

function dropType(emitter, events, type) {
  if (--emitter._eventsCount === 0) emitter._events = { __proto__: null };
  else delete events[type];
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const list = events?.[type];
  if (list === undefined) return this;
  if (list === listener || list.listener === listener) {
    dropType(this, events, type);
    if (events.removeListener) this.emit('removeListener', type, list.listener || listener);
  } else if (typeof list !== 'function') {
    let position = list.length - 1;
    while (position >= 0 && list[position] !== listener && list[position].listener !== listener) position--;
    if (position < 0) return this;
    if (position === 0) list.shift();
    else if (position === list.length - 1) list.pop();
    else list.splice(position, 1);
    if (list.length === 1) events[type] = list[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  }
  return this;
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      dropType(this, events, type);
    }
    return this;
  }
  // Somebody listens to removals: one by one, those listeners last.
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    return this;
  }
  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i]);
  }
  return this;
};

function listenersOf(emitter, type, unwrap) {
  const listeners = emitter._events?.[type];
  if (listeners === undefined) return [];
  if (typeof listeners === 'function') return [unwrap ? listeners.listener || listeners : listeners];
  return unwrap ? listeners.map((each) => each.listener || each) : arraySlice.call(listeners);
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const listeners = this._events?.[type];
  if (listeners === undefined) return 0;
  const matches = (each) => each === listener || each.listener === listener;
  if (typeof listeners === 'function') return listener == null || matches(listeners) ? 1 : 0;
  return listener == null ? listeners.length : listeners.filter(matches).length;
};

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

function isEventTarget(value) {
  return value != null && typeof value === 'object' && eventTargets().isEventTarget(value);
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (isEventTarget(emitterOrTarget)) return eventTargets().listenersOf(emitterOrTarget, type);
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return maxListenersOf(emitterOrTarget);
  if (emitterOrTarget?.[kMaxEventTargetListeners] !== undefined) return emitterOrTarget[kMaxEventTargetListeners];
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function listenerCount(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listenerCount === 'function') return emitterOrTarget.listenerCount(type);
  if (isEventTarget(emitterOrTarget)) return eventTargets().listenersOf(emitterOrTarget, type).length;
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    signal.addEventListener('abort', listener, { __proto__: null, once: true, ...resistStop() });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return { __proto__: null, [Symbol.dispose]() { remove?.(); } };
}

function resistStop() {
  return { [eventTargets().kResistStopPropagation]: true };
}

// Listening and stopping, alike for emitters and event targets.
function listen(emitter, name, listener, flags) {
  if (typeof emitter.on === 'function') {
    if (flags?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, flags);
  } else {
    throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function unlisten(emitter, name, listener, flags) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else if (typeof emitter.removeEventListener === 'function') emitter.removeEventListener(name, listener, flags);
  else throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
}

async function once(emitter, name, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const isEmitter = typeof emitter.on === 'function';
    const end = () => {
      unlisten(emitter, name, onEvent);
      if (watchesError) emitter.removeListener('error', onError);
      signal?.removeEventListener('abort', onAbort);
    };
    const onEvent = (...args) => {
      end();
      resolve(args);
    };
    const onError = (error) => {
      end();
      reject(error);
    };
    const onAbort = () => {
      end();
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    const watchesError = isEmitter && name !== 'error' && typeof emitter.once === 'function';
    listen(emitter, name, onEvent, { __proto__: null, once: true, ...isEmitter ? {} : resistStop() });
    if (watchesError) emitter.once('error', onError);
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true, ...resistStop() });
  });
}

function on(emitter, event, options = {}) {
  validateObject(options, 'options');
  return require('internal/events/iterator').iterate(emitter, event, options, listen, unlisten);
}
