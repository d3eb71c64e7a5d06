'use strict';

// AbortController and AbortSignal, https://dom.spec.whatwg.org/#aborting-ongoing-activities

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS },
} = require('internal/errors');
const { validateAbortSignal, validateObject, validateUint32 } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const {
  Event, EventTarget, defineEventHandler, kNewListener, kRemoveListener, kResistStopPropagation, kTrustEvent,
  kWeakHandler,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('events');

const kAborted = stateSymbol('kAborted');
const kReason = stateSymbol('kReason');
const kComposite = stateSymbol('kComposite');
const kTimeout = stateSymbol('kTimeout');
const kSources = stateSymbol('kSourceSignals');
const kSelf = stateSymbol('kWeakSelf');
const kStrongSources = stateSymbol('kStrongSources');
const kDependents = stateSymbol('kDependantSignals');
const kTransferable = stateSymbol('kTransferable');
const kSignal = stateSymbol('signal');
const kInternal = stateSymbol('abort.kInternal');

// Signals that nobody holds but that have a listener and can still abort.
const heldByListener = new Set();

const timedOut = new FinalizationRegistry((timer) => require('timers').clearTimeout(timer));
const droppedSources = new FinalizationRegistry(({ dependent, source }) => {
  const target = dependent.deref();
  if (target?.[kSources]?.delete(source) && target[kSources].size === 0) heldByListener.delete(target);
});
const droppedDependents = new FinalizationRegistry(({ set, reference }) => {
  set.deref()?.delete(reference);
});

function domException(message, name) {
  return new globalThis.DOMException(message, name);
}

function checkSignal(value) {
  if (value?.[kAborted] === undefined) throw new ERR_INVALID_THIS('AbortSignal');
}

function inspectAs(value, shown, depth, options) {
  if (depth < 0) return value;
  const { inspect } = require('internal/util/inspect');
  const deeper = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${value.constructor.name} ${inspect(shown, deeper)}`;
}

class AbortSignal extends EventTarget {
  constructor(key = undefined, aborted = false, reason = undefined, composite = false) {
    if (key !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kMaxEventTargetListeners] = 0;
    this[kAborted] = aborted;
    this[kReason] = reason;
    this[kComposite] = composite;
  }

  get aborted() {
    checkSignal(this);
    return this[kAborted];
  }

  get reason() {
    checkSignal(this);
    return this[kReason];
  }

  throwIfAborted() {
    checkSignal(this);
    if (this[kAborted]) throw this[kReason];
  }

  [customInspectSymbol](depth, options) {
    return inspectAs(this, { aborted: this.aborted }, depth, options);
  }

  static abort(reason = domException('This operation was aborted', 'AbortError')) {
    return new AbortSignal(kInternal, true, reason);
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kInternal);
    signal[kTimeout] = true;
    const held = new WeakRef(signal);
    const timer = require('timers').setTimeout(() => {
      const target = held.deref();
      if (target === undefined) return;
      heldByListener.delete(target);
      abort(target, domException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    timedOut.register(signal, timer);
    return signal;
  }

  static any(signals) {
    if (signals == null || typeof signals[Symbol.iterator] !== 'function') {
      const error = new ERR_INVALID_ARG_TYPE('signals', 'Iterable', signals);
      error.message = 'signals cannot be converted to sequence.';
      throw error;
    }
    const list = [...signals];
    list.forEach((signal, index) => {
      if (signal?.[kAborted] === undefined) throw new ERR_INVALID_ARG_TYPE(`signals[${index}]`, 'AbortSignal', signal);
    });
    const result = new AbortSignal(kInternal, false, undefined, true);
    for (const signal of list) {
      if (signal.aborted) {
        result[kAborted] = true;
        result[kReason] = signal.reason;
        return result;
      }
    }
    result[kSources] = new Set();
    const reference = new WeakRef(result);
    for (const signal of list) {
      // A composite's own sources are followed, so that no signal depends on a composite.
      if (signal[kComposite]) {
        for (const source of signal[kSources] ?? []) {
          const target = source.deref();
          if (target !== undefined) follow(result, reference, target);
        }
      } else {
        follow(result, reference, signal);
      }
    }
    return result;
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    const canAbort = !this[kAborted] && (this[kTimeout] || this[kComposite] && this[kSources]?.size > 0);
    if (canAbort && type === 'abort' && !weak && size === 1) heldByListener.add(this);
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if (type === 'abort' && size === 0) heldByListener.delete(this);
  }
}

// `reference` is a weak one to `result`; the only strong way is from a dependent to a timeout's signal, which must
// outlive its last mention while something that it would abort lives.
function follow(result, reference, source) {
  const dependents = source[kDependents] ??= new Set();
  if (result[kSources].has(source[kSelf] ??= new WeakRef(source))) return;
  result[kSources].add(source[kSelf]);
  dependents.add(reference);
  droppedDependents.register(result, { set: new WeakRef(dependents), reference });
  droppedSources.register(source, { dependent: reference, source: source[kSelf] });
  if (source[kTimeout]) (result[kStrongSources] ??= []).push(source);
}

function abort(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  // All are aborted before the first of them tells its listeners.
  const dependents = [];
  for (const reference of signal[kDependents] ?? []) {
    const dependent = reference.deref();
    if (dependent !== undefined && !dependent[kAborted]) {
      dependent[kAborted] = true;
      dependent[kReason] = reason;
      dependents.push(dependent);
    }
  }
  signal[kDependents] = undefined;
  tell(signal);
  for (const dependent of dependents) tell(dependent);
}

function tell(signal) {
  signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
  heldByListener.delete(signal);
}

Object.defineProperties(AbortSignal.prototype, {
  aborted: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'AbortSignal' },
});
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  constructor() {
    Object.defineProperty(this, kSignal, { __proto__: null, value: undefined, writable: true });
  }

  get signal() {
    return signalOf(this);
  }

  abort(reason = domException('This operation was aborted', 'AbortError')) {
    abort(signalOf(this), reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs(this, { signal: this.signal }, depth, options);
  }
}

// The signal is made when first asked for.
function signalOf(controller) {
  if (!(kSignal in Object(controller))) {
    throw new TypeError('Cannot read private member #signal from an object whose class did not declare it');
  }
  return controller[kSignal] ??= new AbortSignal(kInternal);
}

// Aborts with `signal`'s reason when it aborts, unless `resource` was collected before.
async function aborted(signal, resource) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', 0b111);
  if (signal.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers();
  signal.addEventListener('abort', resolve,
                          { __proto__: null, once: true, [kWeakHandler]: resource, [kResistStopPropagation]: true });
  return promise;
}

function transferableAbortSignal(signal) {
  if (signal?.[kAborted] === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  signal[kTransferable] = true;
  return signal;
}

function transferableAbortController() {
  const controller = new AbortController();
  controller.signal[kTransferable] = true;
  return controller;
}

Object.defineProperties(AbortController.prototype, {
  signal: { __proto__: null, enumerable: true },
  abort: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'AbortController' },
});

module.exports = { AbortController, AbortSignal, aborted, transferableAbortSignal, transferableAbortController };
