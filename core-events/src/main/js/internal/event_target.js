'use strict';

// Event, CustomEvent, EventTarget (https://dom.spec.whatwg.org/#events) and NodeEventTarget, which also speaks the
// language of EventEmitter.

const {
  codes: { ERR_EVENT_RECURSION, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateAbortSignal, validateString } = require('internal/validators');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { errorMonitor, kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = require('events');

const kIsEventTarget = Symbol.for('nodejs.event_target');
const kIsNodeEventTarget = stateSymbol('kIsNodeEventTarget');
const kEvents = stateSymbol('kEvents');
const kHandlers = stateSymbol('kHandlers');
const kWeakHandler = stateSymbol('kWeak');
const kResistStopPropagation = stateSymbol('kResistStopPropagation');
const kNodeStyle = stateSymbol('kIsNodeStyleListener');
const kTrustEvent = stateSymbol('kTrustEvent');
const kCreateEvent = stateSymbol('kCreateEvent');
const kNewListener = stateSymbol('kNewListener');
const kRemoveListener = stateSymbol('kRemoveListener');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');

const kType = stateSymbol('type');
const kTarget = stateSymbol('kTarget');
const kDispatching = stateSymbol('kIsBeingDispatched');
const kInPassive = stateSymbol('kInPassiveListener');
const kFlags = stateSymbol('event.flags');
const kTimestamp = stateSymbol('event.timestamp');
const kDetail = stateSymbol('event.detail');

const CANCELABLE = 1;
const BUBBLES = 2;
const COMPOSED = 4;
const CANCELED = 8;
const PROPAGATION_STOPPED = 16;
const STOPPED = 32;
const TRUSTED = 64;

function inspect(value, options) {
  return require('internal/util/inspect').inspect(value, options);
}

function validateEventInit(options) {
  if (options !== null && typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', 'object', options);
}

function checkEvent(value) {
  if (typeof value?.[kType] !== 'string') throw new ERR_INVALID_THIS('Event');
}

function deeper(depth, options) {
  return { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
}

class Event {
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    let flags = 0;
    if (options != null) {
      validateEventInit(options);
      flags = (options.cancelable ? CANCELABLE : 0) | (options.bubbles ? BUBBLES : 0) |
        (options.composed ? COMPOSED : 0) | (options[kTrustEvent] ? TRUSTED : 0);
    }
    this[kType] = `${type}`;
    this[kTarget] = null;
    this[kDispatching] = false;
    this[kInPassive] = false;
    this[kFlags] = flags;
    hide(this, kTimestamp, process.uptime() * 1000);
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (this[kDispatching]) return;
    this[kType] = `${type}`;
    this[kFlags] = (this[kFlags] & ~(CANCELABLE | BUBBLES)) | (cancelable ? CANCELABLE : 0) | (bubbles ? BUBBLES : 0);
  }

  [customInspectSymbol](depth, options) {
    checkEvent(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    return `${name} ${inspect({
      type: this[kType],
      defaultPrevented: this.defaultPrevented,
      cancelable: this.cancelable,
      timeStamp: this.timeStamp,
    }, deeper(depth, options))}`;
  }

  stopImmediatePropagation() {
    checkEvent(this);
    this[kFlags] |= STOPPED | PROPAGATION_STOPPED;
  }

  preventDefault() {
    checkEvent(this);
    if (!this[kInPassive] && this[kFlags] & CANCELABLE) this[kFlags] |= CANCELED;
  }

  get target() {
    checkEvent(this);
    return this[kTarget];
  }

  get currentTarget() {
    checkEvent(this);
    return this[kDispatching] ? this[kTarget] : null;
  }

  get srcElement() {
    checkEvent(this);
    return this[kTarget];
  }

  get type() {
    checkEvent(this);
    return this[kType];
  }

  get cancelable() {
    checkEvent(this);
    return (this[kFlags] & CANCELABLE) !== 0;
  }

  get defaultPrevented() {
    checkEvent(this);
    return (this[kFlags] & (CANCELABLE | CANCELED)) === (CANCELABLE | CANCELED);
  }

  get timeStamp() {
    checkEvent(this);
    return this[kTimestamp];
  }

  // Event targets are not linked here, so the path is the target alone.
  composedPath() {
    checkEvent(this);
    return this[kDispatching] ? [this[kTarget]] : [];
  }

  get returnValue() {
    checkEvent(this);
    return !this.defaultPrevented;
  }

  set returnValue(value) {
    checkEvent(this);
    if (!value) this.preventDefault();
  }

  get bubbles() {
    checkEvent(this);
    return (this[kFlags] & BUBBLES) !== 0;
  }

  get composed() {
    checkEvent(this);
    return (this[kFlags] & COMPOSED) !== 0;
  }

  get eventPhase() {
    checkEvent(this);
    return this[kDispatching] ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    checkEvent(this);
    return (this[kFlags] & PROPAGATION_STOPPED) !== 0;
  }

  set cancelBubble(value) {
    checkEvent(this);
    if (value) this[kFlags] |= PROPAGATION_STOPPED;
  }

  stopPropagation() {
    checkEvent(this);
    this[kFlags] |= PROPAGATION_STOPPED;
  }

  get isTrusted() {
    checkEvent(this);
    return (this[kFlags] & TRUSTED) !== 0;
  }
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true });
}

function enumerable(prototype, ...names) {
  for (const name of names) Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
}

function tag(prototype, name) {
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}

enumerable(Event.prototype, 'initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget',
           'srcElement', 'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue',
           'bubbles', 'composed', 'eventPhase', 'cancelBubble', 'stopPropagation');
Object.defineProperty(Event.prototype, 'isTrusted', { __proto__: null, enumerable: true, configurable: false });
tag(Event.prototype, 'Event');
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { __proto__: null, value, enumerable: true });
});

class CustomEvent extends Event {
  constructor(type, options = kEmptyObject) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    super(type, options);
    hide(this, kDetail, options?.detail ?? null);
  }

  get detail() {
    if (!(kDetail in Object(this))) throw new ERR_INVALID_THIS('CustomEvent');
    return this[kDetail];
  }
}

enumerable(CustomEvent.prototype, 'detail');
tag(CustomEvent.prototype, 'CustomEvent');

// A weakly held listener lives as long as the object that it was given for.
const weakListeners = new WeakMap();

/** One registration: listener, its phase, and what the options said. */
class Registration {
  constructor(listener, options) {
    const { capture, passive, once, weak, nodeStyle, resistStop } = options;
    this.capture = capture;
    this.passive = passive;
    this.once = once;
    this.nodeStyle = nodeStyle;
    this.resistStop = resistStop;
    this.removed = false;
    this.reference = undefined;
    this.listener = undefined;
    if (weak) {
      this.reference = new WeakRef(listener);
      const held = weakListeners.get(weak);
      if (held === undefined) weakListeners.set(weak, [listener]);
      else held.push(listener);
    } else {
      this.listener = listener;
    }
  }

  get target() {
    return this.reference === undefined ? this.listener : this.reference.deref();
  }

  is(listener, capture) {
    return this.capture === capture && this.target === listener;
  }
}

function initEventTarget(self) {
  self[kEvents] = undefined;
  self[kMaxEventTargetListeners] = require('events').defaultMaxListeners;
  self[kMaxEventTargetListenersWarned] = false;
  self[kHandlers] = undefined;
}

function isEventTarget(value) {
  return value?.constructor?.[kIsEventTarget] === true;
}

function checkTarget(value) {
  if (!isEventTarget(value)) throw new ERR_INVALID_THIS('EventTarget');
}

function readOptions(options) {
  if (typeof options === 'boolean') {
    return { once: false, capture: options, passive: false, signal: undefined, weak: undefined, nodeStyle: false,
             resistStop: false };
  }
  if (options === null || options === undefined) options = kEmptyObject;
  else if (typeof options !== 'object' && typeof options !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options', 'object', options);
  }
  return {
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    passive: Boolean(options.passive),
    signal: options.signal,
    weak: options[kWeakHandler],
    nodeStyle: Boolean(options[kNodeStyle]),
    resistStop: Boolean(options[kResistStopPropagation]),
  };
}

// null and undefined are allowed and mean nothing.
function isUsableListener(listener) {
  if (typeof listener === 'function' || typeof listener === 'object' && listener !== null) return true;
  if (listener == null) return false;
  throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

function rethrowLater(error) {
  process.nextTick(() => { throw error; });
}

class EventTarget {
  constructor() {
    initEventTarget(this);
  }

  // Called with the number of listeners of `type`, so that subclasses can wake and sleep.
  [kNewListener](size, type, listener, once, capture, passive, weak) {
    const limit = this[kMaxEventTargetListeners];
    if (limit > 0 && size > limit && !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      const warning = new Error(
        `Possible EventTarget memory leak detected. ${size} ${type} listeners added to ` +
        `${inspect(this, { depth: -1 })}. MaxListeners is ${limit}. ` +
        'Use events.setMaxListeners() to increase limit');
      warning.name = 'MaxListenersExceededWarning';
      warning.target = this;
      warning.type = type;
      warning.count = size;
      process.emitWarning(warning);
    }
  }

  [kRemoveListener](size, type, listener, capture) {}

  addEventListener(type, listener, options = kEmptyObject) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    const settings = readOptions(options);
    const { signal, once, capture, passive, weak } = settings;
    validateAbortSignal(signal, 'options.signal');
    type = `${type}`;
    if (!isUsableListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options),
        { __proto__: null, once: true, [kWeakHandler]: this, [kResistStopPropagation]: true });
    }
    const events = this[kEvents] ??= new Map();
    const list = events.get(type);
    if (list === undefined) {
      events.set(type, [new Registration(listener, settings)]);
      this[kNewListener](1, type, listener, once, capture, passive, weak);
      return;
    }
    for (let i = 0; i < list.length; i++) {
      if (list[i].is(listener, capture)) return;
    }
    list.push(new Registration(listener, settings));
    this[kNewListener](list.length, type, listener, once, capture, passive, weak);
  }

  removeEventListener(type, listener, options = kEmptyObject) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    type = `${type}`;
    if (!isUsableListener(listener)) return;
    const capture = typeof options === 'boolean' ? options : options?.capture === true || Boolean(options?.capture);
    const list = this[kEvents]?.get(type);
    if (list === undefined) return;
    const position = list.findIndex((each) => each.is(listener, capture));
    if (position >= 0) drop(this, type, list, position, listener);
  }

  dispatchEvent(event) {
    checkTarget(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kDispatching]) throw new ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return !event.defaultPrevented;
  }

  // `value` goes to listeners in the manner of Node.js; the others get an Event, made when first needed.
  [kHybridDispatch](value, type, event) {
    if (event !== undefined) {
      event[kTarget] = this;
      event[kDispatching] = true;
    }
    const list = this[kEvents]?.get(type);
    if (list !== undefined) {
      for (const each of list.slice()) {
        if (each.removed) continue;
        if (event !== undefined && event[kFlags] & STOPPED && !each.resistStop) continue;
        const listener = each.target;
        if (each.once || listener === undefined) {
          const position = list.indexOf(each);
          if (position >= 0) drop(this, type, list, position, listener);
        }
        if (listener === undefined) continue;
        event = deliver(this, each, listener, value, type, event);
      }
    }
    if (event !== undefined) event[kDispatching] = false;
    return undefined;
  }

  // What listeners in the manner of the DOM get for a value that was emitted.
  [kCreateEvent](value, type) {
    return new CustomEvent(type, { detail: value });
  }

  [customInspectSymbol](depth, options) {
    const { name } = this.constructor;
    if (depth < 0) return name;
    return `${name} ${inspect({}, deeper(depth, options))}`;
  }
}

function deliver(target, registration, listener, value, type, event) {
  let argument = value;
  if (!registration.nodeStyle) {
    if (event === undefined) {
      event = target[kCreateEvent](value, type);
      event[kTarget] = target;
      event[kDispatching] = true;
    }
    argument = event;
  }
  if (event !== undefined) event[kInPassive] = registration.passive;
  try {
    let result;
    if (typeof listener === 'function') {
      result = listener.call(target, argument);
    } else {
      const { handleEvent } = listener;
      if (typeof handleEvent !== 'function') {
        throw new ERR_INVALID_ARG_TYPE('handleEvent', 'function', handleEvent);
      }
      result = handleEvent.call(listener, argument);
    }
    if (result !== undefined && result !== null) {
      const { then } = result;
      if (typeof then === 'function') then.call(result, undefined, rethrowLater);
    }
  } catch (error) {
    rethrowLater(error);
  }
  if (event !== undefined) event[kInPassive] = false;
  return event;
}

function drop(target, type, list, position, listener) {
  list[position].removed = true;
  list.splice(position, 1);
  if (list.length === 0) target[kEvents].delete(type);
  target[kRemoveListener](list.length, type, listener, false);
}

function listenersOf(target, type) {
  const found = [];
  for (const each of target[kEvents]?.get(type) ?? []) {
    const listener = each.target;
    if (listener !== undefined) found.push(listener);
  }
  return found;
}

enumerable(EventTarget.prototype, 'addEventListener', 'removeEventListener', 'dispatchEvent');
tag(EventTarget.prototype, 'EventTarget');
EventTarget[kIsEventTarget] = true;

function initNodeEventTarget(self) {
  initEventTarget(self);
}

function checkNodeTarget(value) {
  if (value?.constructor?.[kIsNodeEventTarget] !== true) throw new ERR_INVALID_THIS('NodeEventTarget');
}

/** An EventTarget with the everyday methods of EventEmitter; what is emitted reaches both kinds of listeners. */
class NodeEventTarget extends EventTarget {
  constructor() {
    super();
    initNodeEventTarget(this);
  }

  setMaxListeners(n) {
    checkNodeTarget(this);
    require('events').setMaxListeners(n, this);
  }

  getMaxListeners() {
    checkNodeTarget(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    checkNodeTarget(this);
    return [...this[kEvents]?.keys() ?? []];
  }

  listenerCount(type) {
    checkNodeTarget(this);
    return this[kEvents]?.get(String(type))?.length ?? 0;
  }

  off(type, listener, options) {
    checkNodeTarget(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    checkNodeTarget(this);
    return this.off(type, listener, options);
  }

  on(type, listener) {
    checkNodeTarget(this);
    this.addEventListener(type, listener, { [kNodeStyle]: true });
    return this;
  }

  addListener(type, listener) {
    checkNodeTarget(this);
    return this.on(type, listener);
  }

  emit(type, arg) {
    checkNodeTarget(this);
    validateString(type, 'type');
    const hadListeners = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, type);
    return hadListeners;
  }

  once(type, listener) {
    checkNodeTarget(this);
    this.addEventListener(type, listener, { once: true, [kNodeStyle]: true });
    return this;
  }

  removeAllListeners(type) {
    checkNodeTarget(this);
    if (type !== undefined) this[kEvents]?.delete(String(type));
    else this[kEvents]?.clear();
    return this;
  }
}

enumerable(NodeEventTarget.prototype, 'setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off',
           'removeListener', 'on', 'addListener', 'once', 'emit', 'removeAllListeners');
NodeEventTarget.defaultMaxListeners = 10;
NodeEventTarget[kIsNodeEventTarget] = true;

// The `on<name>` attribute: one listener that keeps its place among the others when it is replaced.
function defineEventHandler(emitter, name, event = name) {
  const property = `on${name}`;
  function get() {
    validateHandlerOwner(this);
    return this[kHandlers]?.get(event)?.handler ?? null;
  }
  function set(value) {
    validateHandlerOwner(this);
    const callable = typeof value === 'function';
    const handlers = this[kHandlers] ??= new Map();
    let wrapper = handlers.get(event);
    if (wrapper !== undefined) {
      if (typeof wrapper.handler === 'function') {
        const size = this[kEvents]?.get(event)?.length ?? 0;
        this[kRemoveListener](callable ? size : size - 1, event, wrapper.handler, false);
      }
      wrapper.handler = value;
      if (callable) {
        this[kNewListener](this[kEvents]?.get(event)?.length ?? 0, event, value, false, false, false, false);
      }
      return;
    }
    wrapper = function handler(...args) {
      if (typeof wrapper.handler !== 'function') return undefined;
      return Reflect.apply(wrapper.handler, this, args);
    };
    wrapper.handler = value;
    handlers.set(event, wrapper);
    this.addEventListener(event, wrapper);
  }
  Object.defineProperty(get, 'name', { __proto__: null, value: `get ${property}` });
  Object.defineProperty(set, 'name', { __proto__: null, value: `set ${property}` });
  Object.defineProperty(emitter, property, { __proto__: null, get, set, configurable: true, enumerable: true });
}

function validateHandlerOwner(value) {
  if (!(kHandlers in Object(value))) throw new ERR_INVALID_THIS('EventTarget');
}

module.exports = {
  Event, CustomEvent, EventTarget, NodeEventTarget,
  defineEventHandler, initEventTarget, initNodeEventTarget, isEventTarget, listenersOf,
  kCreateEvent, kEvents, kHybridDispatch, kNewListener, kRemoveListener, kResistStopPropagation, kTrustEvent,
  kWeakHandler,
};
