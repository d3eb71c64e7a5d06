'use strict';

// Groups of callbacks whose errors are handled together. What is active goes with the asynchronous context, so that a callback runs in the
// domain that was active where it was handed over.

const EventEmitter = require('events');
const { AsyncLocalStorage } = require('async_hooks');
const { codes: { ERR_UNHANDLED_ERROR } } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const runtime = require('internal/runtime');

const NOTHING = Object.freeze({ stack: Object.freeze([]), turn: -1 });

const state = sharedState('domain', () => ({
  storage: new AsyncLocalStorage(),
  turn: 0, // Counts up when the code that entered a domain has come to its end.
  isTurning: false,
  idle: null, // What process.domain is where nothing is active: undefined once a domain was left.
}));

// ---- The stack of domains

/** The domains that are entered now; of those where a callback was handed over, the innermost is left when it runs. */
function stackNow() {
  const scope = state.storage.getStore();
  if (scope === undefined || scope === NOTHING) return NOTHING.stack;
  if (scope.turn === state.turn || scope.stack.length < 2) return scope.stack;
  return scope.stack.slice(-1);
}

function setStack(stack, idle = undefined) {
  if (stack.length === 0) state.idle = idle;
  if (stack.length > 0 && !state.isTurning) {
    state.isTurning = true;
    runtime.nextTick(() => {
      state.isTurning = false;
      state.turn++;
    });
  }
  state.storage.enterWith(stack.length === 0 ? NOTHING : { stack, turn: state.turn });
}

function activeNow() {
  const stack = stackNow();
  return stack.length === 0 ? null : stack[stack.length - 1];
}

function activeOrNothing() {
  return activeNow() ?? state.idle;
}

function mark(error, properties) {
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function') return;
  for (const [name, value] of Object.entries(properties)) {
    try {
      Object.defineProperty(error, name, { __proto__: null, configurable: true, enumerable: name !== 'domain', value, writable: true });
    } catch {
      // A frozen error goes without.
    }
  }
}

function hide(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: false, value, writable: true });
}

// ---- Domains

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
  }
}

const methods = {
  members: undefined,

  // An exception that nobody caught while the domain was the innermost. Whether it was handled.
  _errorHandler(error) {
    mark(error, { domain: this, domainThrown: true });
    // It is handled outside of the domain, however often that was entered.
    let stack = stackNow();
    while (stack.length > 0 && stack[stack.length - 1] === this) stack = stack.slice(0, -1);
    setStack(stack);
    let caught = false;
    if (stack.length === 0) {
      if (this.listenerCount('error') > 0) {
        try {
          caught = Boolean(this.emit('error', error));
        } catch (nested) {
          state.isHandlerBroken = true;
          throw nested;
        }
      }
    } else {
      try {
        caught = Boolean(this.emit('error', error));
      } catch (nested) {
        // What the handler throws, for one that there is none, goes to the domain around.
        caught = stack[stack.length - 1]._errorHandler(nested);
      }
    }
    setStack([], null);
    return caught;
  },

  enter() {
    setStack([...stackNow(), this]);
  },

  exit() {
    const stack = stackNow();
    const index = stack.lastIndexOf(this);
    if (index !== -1) setStack(stack.slice(0, index));
  },

  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // A domain is not made a member of one that is a member of it.
    if (this.domain && emitter instanceof Domain) {
      for (let each = this.domain; each; each = each.domain) if (emitter === each) return;
    }
    hide(emitter, 'domain', this);
    this.members.push(emitter);
  },

  remove(emitter) {
    emitter.domain = null;
    const index = this.members.indexOf(emitter);
    if (index !== -1) this.members.splice(index, 1);
  },

  run(fn, ...args) {
    this.enter();
    const result = Reflect.apply(fn, this, args);
    this.exit();
    return result;
  },

  intercept(callback) {
    const self = this;
    function intercepted(error, ...args) {
      if (error instanceof Error) {
        mark(error, { domain: self, domainThrown: false, domainBound: callback });
        self.emit('error', error);
        return undefined;
      }
      self.enter();
      const result = Reflect.apply(callback, this, args);
      self.exit();
      return result;
    }
    return intercepted;
  },

  bind(callback) {
    const self = this;
    function bound(...args) {
      self.enter();
      const result = Reflect.apply(callback, this, args);
      self.exit();
      return result;
    }
    hide(bound, 'domain', self);
    return bound;
  },
};
for (const name of Object.keys(methods)) {
  const value = methods[name];
  if (typeof value === 'function') Object.defineProperty(value, 'name', { __proto__: null, value: '', configurable: true });
  Object.defineProperty(Domain.prototype, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

function createDomain() {
  return new Domain();
}

module.exports = { Domain, createDomain, create: createDomain };
Object.defineProperties(module.exports, {
  _stack: {
    __proto__: null, configurable: true, enumerable: true, get: () => [...stackNow()], set: (stack) => setStack([...stack]),
  },
  active: {
    __proto__: null, configurable: true, enumerable: true, get: () => activeOrNothing(), set: (domain) => setStack(domain ? [domain] : []),
  },
});

// ---- The rest of the process

let own; // The process.domain that the program has set.

Object.defineProperty(process, 'domain', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => activeNow() ?? own ?? activeOrNothing(),
  set(domain) {
    own = domain;
    if (domain) setStack([...stackNow().slice(0, -1), domain]);
  },
});

/** Emitters that are made in a domain are its members, and what they do is done in it. */
function connectEmitters() {
  if (EventEmitter.usingDomains) return;
  EventEmitter.usingDomains = true;
  sharedState('events.domains', () => ({ onInit: undefined })).onInit = (emitter) => {
    if (emitter === process) return;
    const active = activeNow();
    hide(emitter, 'domain', active !== null && !(emitter instanceof Domain) ? active : null);
  };
  const { emit } = EventEmitter.prototype;
  EventEmitter.prototype.emit = function(...args) {
    const { domain } = this;
    const type = args[0];
    if (domain === null || domain === undefined || this === process || (type === 'error' && this.listenerCount('error') > 0)) {
      return Reflect.apply(emit, this, args);
    }
    if (type !== 'error') {
      domain.enter();
      const result = Reflect.apply(emit, this, args);
      domain.exit();
      return result;
    }
    emitError(this, domain, args);
    return false;
  };
}

function emitError(emitter, domain, args) {
  const error = args.length > 1 && args[1] ? args[1] : new ERR_UNHANDLED_ERROR(args[1]);
  mark(error, { domainEmitter: emitter, domain, domainThrown: false });
  const before = stackNow();
  let stack = before;
  const active = stack[stack.length - 1];
  while (stack.length > 0 && stack[stack.length - 1] === active) stack = stack.slice(0, -1);
  setStack(stack, null);
  domain.emit('error', error);
  setStack(before);
}

/** An exception that nobody caught goes to the domain that is active, if it wants it. */
function connectExceptions() {
  if (state.isConnected) return;
  state.isConnected = true;
  process.addUncaughtExceptionCaptureCallback((error) => {
    const domain = activeNow();
    if (domain === null) return false;
    return requireCurrent().Domain.prototype._errorHandler.call(domain, error) === true;
  });
}

function requireCurrent() {
  return runtime.requireBuiltin('domain');
}

connectEmitters();
connectExceptions();
