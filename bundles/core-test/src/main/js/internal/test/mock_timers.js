'use strict';

// mock.timers: a clock that stands until it is told to go on.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE }, AbortError } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateNumber, validateObject, validateOneOf, validateStringArray,
} = require('internal/validators');
const { sharedState } = require('internal/symbols');

const APIS = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
const MAXIMUM_DELAY = 2 ** 31 - 1;

// One clock at a time may stand for the process's.
const state = sharedState('test.mock_timers', () => ({ enabled: false }));

class MockTimeout {
  constructor(clock, entry) {
    Object.defineProperty(this, 'clock', { __proto__: null, value: clock });
    Object.defineProperty(this, 'entry', { __proto__: null, value: entry });
    this.id = entry.id;
  }

  hasRef() {
    return true;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  refresh() {
    this.clock.refresh(this.entry);
    return this;
  }

  close() {
    this.clock.remove(this.entry);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.entry.id;
  }

  [Symbol.dispose]() {
    this.close();
  }
}

class MockTimers {
  constructor() {
    const hidden = { isEnabled: false, apis: [], now: 0, queue: [], nextId: 1, restorers: [] };
    for (const key of Object.keys(hidden)) {
      Object.defineProperty(this, key, { __proto__: null, value: hidden[key], writable: true });
    }
  }

  enable(options = { __proto__: null, apis: APIS, now: 0 }) {
    if (this.isEnabled || state.enabled) throw new ERR_INVALID_STATE('MockTimers is already enabled!');
    const { apis = APIS, now = 0 } = { __proto__: null, ...(validated(options)) };
    validateArray(apis, 'options.apis');
    validateStringArray(apis, 'options.apis');
    for (const api of apis) validateOneOf(api, 'options.apis', APIS);
    let start = now;
    if (now instanceof Date) start = now.getTime();
    else validateNumber(now, 'options.now');
    if (!Number.isInteger(start) || start < 0) {
      throw new ERR_INVALID_ARG_VALUE('options.now', now, 'epoch must be a positive integer received by internal timer');
    }
    this.now = start;
    this.apis = apis.length === 0 ? APIS : apis;
    this.isEnabled = true;
    state.enabled = true;
    this.replace();
  }

  reset() {
    if (!this.isEnabled) return;
    this.isEnabled = false;
    state.enabled = false;
    for (const restore of this.restorers.splice(0)) restore();
    this.queue.length = 0;
    this.now = 0;
  }

  [Symbol.dispose]() {
    this.reset();
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    this.assertEnabled();
    this.now = time;
  }

  tick(time = 1) {
    this.assertEnabled();
    if (time < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.now += time;
    for (;;) {
      const entry = this.queue[0];
      if (entry === undefined || entry.at > this.now) return;
      this.queue.shift();
      entry.isQueued = false;
      if (entry.interval !== undefined) this.insert(entry, entry.at + Math.max(1, entry.interval));
      Reflect.apply(entry.callback, entry.handle, entry.args);
      // It may have been reset by what it called.
      if (!this.isEnabled) return;
    }
  }

  runAll() {
    this.assertEnabled();
    const longest = this.queue[this.queue.length - 1];
    if (longest === undefined) return;
    this.tick(Math.max(0, longest.at - this.now));
  }

  assertEnabled() {
    if (!this.isEnabled) throw new ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
  }

  // ---- The clock

  schedule(callback, delay, args, options = {}) {
    const entry = { id: this.nextId++, callback, args, interval: options.isInterval ? delay : undefined, delay, handle: undefined };
    entry.handle = new MockTimeout(this, entry);
    this.insert(entry, this.now + delay);
    return entry.handle;
  }

  insert(entry, at) {
    entry.at = at;
    entry.isQueued = true;
    let i = this.queue.length;
    while (i > 0 && this.queue[i - 1].at > at) i--;
    this.queue.splice(i, 0, entry);
  }

  remove(entry) {
    const at = this.queue.indexOf(entry);
    if (at !== -1) this.queue.splice(at, 1);
    entry.isQueued = false;
  }

  refresh(entry) {
    this.remove(entry);
    this.insert(entry, this.now + entry.delay);
  }

  clear(handle) {
    if (handle instanceof MockTimeout) {
      this.remove(handle.entry);
      return;
    }
    const entry = this.queue.find(({ id }) => id === Number(handle));
    if (entry !== undefined) this.remove(entry);
  }

  // ---- What it stands for

  replace() {
    const timers = require('timers');
    const promises = require('timers/promises');
    const set = (object, name, value) => {
      const before = Object.getOwnPropertyDescriptor(object, name);
      Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: before?.enumerable ?? true, value, writable: true });
      this.restorers.push(() => {
        if (before === undefined) delete object[name];
        else Object.defineProperty(object, name, before);
      });
    };
    const both = (name, value) => {
      set(globalThis, name, value);
      set(timers, name, value);
    };
    for (const api of this.apis) {
      switch (api) {
        case 'setTimeout':
          both('setTimeout', this.timerFunction('setTimeout', false));
          both('clearTimeout', (handle) => this.clear(handle));
          set(promises, 'setTimeout', (delay, value, options) => this.promised(delay, value, options));
          break;
        case 'setInterval':
          both('setInterval', this.timerFunction('setInterval', true));
          both('clearInterval', (handle) => this.clear(handle));
          set(promises, 'setInterval', (delay, value, options) => this.iterated(delay, value, options));
          break;
        case 'setImmediate':
          // Before all timers that are due at the same time.
          both('setImmediate', (callback, ...args) => this.schedule(callback, -1, args));
          both('clearImmediate', (handle) => this.clear(handle));
          set(promises, 'setImmediate', (value, options) => this.promised(-1, value, options));
          break;
        case 'scheduler.wait':
          set(promises.scheduler, 'wait', (delay, options) => this.promised(delay, undefined, options));
          break;
        case 'Date':
          set(globalThis, 'Date', this.dateClass(globalThis.Date));
          break;
        case 'AbortSignal.timeout':
          set(AbortSignal, 'timeout', (delay) => {
            validateNumber(delay, 'delay', 0);
            const controller = new AbortController();
            this.schedule(() => {
              controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
            }, delay, []);
            return controller.signal;
          });
          break;
        default:
      }
    }
  }

  timerFunction(name, isInterval) {
    const timer = (callback, delay, ...args) => {
      const milliseconds = Number(delay);
      const isValid = milliseconds >= 1 && milliseconds <= MAXIMUM_DELAY;
      return this.schedule(callback, isValid ? milliseconds : 1, args, { isInterval });
    };
    Object.defineProperty(timer, 'name', { __proto__: null, value: name });
    if (!isInterval) {
      Object.defineProperty(timer, require('util').promisify.custom, {
        __proto__: null, enumerable: true, get: () => (delay, value, options) => this.promised(delay, value, options),
      });
    }
    return timer;
  }

  promised(delay = 1, value = undefined, options = { __proto__: null }) {
    const { promise, resolve, reject } = Promise.withResolvers();
    try {
      validateObject(options, 'options');
      if (options.signal) validateAbortSignal(options.signal, 'options.signal');
    } catch (error) {
      reject(error);
      return promise;
    }
    const { signal } = options;
    if (signal?.aborted) {
      reject(new AbortError(undefined, { cause: signal.reason }));
      return promise;
    }
    const onAbort = () => {
      this.clear(handle);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const handle = this.schedule(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    }, delay, []);
    return promise;
  }

  async* iterated(delay, value, options = { __proto__: null }) {
    validateObject(options, 'options');
    const { signal } = options;
    if (signal) validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
    const pending = [];
    let wake;
    const handle = this.schedule(() => {
      pending.push(value);
      wake?.();
    }, delay, [], { isInterval: true });
    const onAbort = () => wake?.();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
        if (pending.length > 0) {
          yield pending.shift();
          continue;
        }
        await new Promise((resolve) => { wake = resolve; });
      }
    } finally {
      this.clear(handle);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  dateClass(RealDate) {
    const clock = this;
    function MockDate(...args) {
      if (new.target === undefined) return new RealDate(clock.now).toString();
      return Reflect.construct(RealDate, args.length === 0 ? [clock.now] : args, new.target === MockDate ? RealDate : new.target);
    }
    const descriptors = Object.getOwnPropertyDescriptors(RealDate);
    Object.defineProperties(MockDate, descriptors);
    MockDate.now = function now() {
      return clock.now;
    };
    Object.defineProperty(MockDate, 'isMock', { __proto__: null, value: true });
    Object.defineProperty(MockDate, 'toString', {
      __proto__: null, writable: true, configurable: true, value() { return RealDate.toString(); },
    });
    return MockDate;
  }
}

function validated(options) {
  if (Array.isArray(options)) return { apis: options };
  validateObject(options, 'options');
  return options;
}

module.exports = { MockTimers };
