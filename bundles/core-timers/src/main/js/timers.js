'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { kCustomPromisifiedSymbol } = require('internal/util');
const { asyncIdSymbol, stateSymbol } = require('internal/symbols');
const runtime = require('internal/runtime');

const MAXIMUM_DELAY = 2 ** 31 - 1;
const { startTimer, restartTimer, stopTimer, refTimer, startImmediate, stopImmediate, refImmediate } = binding;

const kId = stateSymbol('timers.id');
const kRef = stateSymbol('timers.ref');
const kPrimitive = stateSymbol('timers.primitive');
const kTold = stateSymbol('timers.told');

// Timers whose primitive was asked for, so that clearTimeout(number) finds them.
const byPrimitive = { __proto__: null };
let lastPrimitive = 0;

function delayOf(after) {
  after *= 1;
  if (after >= 1 && after <= MAXIMUM_DELAY) return after;
  if (after > MAXIMUM_DELAY) {
    process.emitWarning(`${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning');
  } else if (after < 0 && !warnedNegative) {
    warnedNegative = true;
    process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
  } else if (after !== after && !warnedNotANumber) {
    warnedNotANumber = true;
    process.emitWarning(`${after} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
  }
  return 1;
}
let warnedNegative = false;
let warnedNotANumber = false;

function fire(timer) {
  if (timer._onTimeout === null) return;
  if (runtime.asyncTracker === undefined || timer[asyncIdSymbol] === undefined) fireUntracked(timer);
  else runtime.asyncTracker.run(timer, fireUntracked, undefined, [timer]);
}

function fireUntracked(timer) {
  const callback = timer._onTimeout;
  const repeat = timer._repeat;
  if (repeat === null) {
    // refresh() in the callback starts it again under a new id.
    const id = timer[kId];
    timer[kId] = 0;
    timer._destroyed = true;
    stopTimer(id);
  }
  try {
    call(timer, callback);
  } finally {
    if (repeat !== null && !timer._destroyed) {
      if (timer._repeat !== null && timer._onTimeout !== null && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        restartTimer(timer[kId], timer._repeat);
      } else {
        stopTimer(timer[kId]);
        timer[kId] = 0;
        timer._destroyed = true;
        tellEnd(timer);
      }
    } else if (repeat === null && timer._destroyed) {
      tellEnd(timer);
    }
  }
}

/** Tells hooks (async_hooks) that a timer or an immediate is over, once. */
function tellEnd(timer) {
  if (timer[asyncIdSymbol] > 0 && !timer[kTold]) {
    timer[kTold] = true;
    runtime.asyncTracker?.end(timer);
  }
}

function call(timer, callback) {
  const args = timer._timerArgs;
  if (args === undefined) timer._onTimeout();
  else Reflect.apply(callback, timer, args);
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    const delay = after === undefined ? 1 : delayOf(after);
    this._idleTimeout = delay;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? delay : null;
    this._destroyed = false;
    this[kRef] = isRefed;
    this[kPrimitive] = undefined;
    this[kId] = startTimer(fire, this, Math.trunc(delay));
    if (!isRefed) refTimer(this[kId], false);
    runtime.asyncTracker?.begin(this, 'Timeout');
  }

  ref() {
    this[kRef] = true;
    if (this[kId] !== 0) refTimer(this[kId], true);
    return this;
  }

  unref() {
    this[kRef] = false;
    if (this[kId] !== 0) refTimer(this[kId], false);
    return this;
  }

  hasRef() {
    return this[kRef];
  }

  refresh() {
    if (this._onTimeout === null || this._idleTimeout < 0) return this;
    if (this[kId] === 0) {
      this._destroyed = false;
      this[kId] = startTimer(fire, this, Math.trunc(this._idleTimeout));
      if (!this[kRef]) refTimer(this[kId], false);
    } else {
      restartTimer(this[kId], Math.trunc(this._idleTimeout));
    }
    return this;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  [Symbol.toPrimitive]() {
    if (this[kPrimitive] === undefined) {
      this[kPrimitive] = ++lastPrimitive;
      byPrimitive[this[kPrimitive]] = this;
    }
    return this[kPrimitive];
  }

  [Symbol.for('nodejs.util.inspect.custom')](_, options) {
    const { inspect } = require('util');
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }
}

function cancel(timer) {
  if (timer[kId] !== 0) {
    stopTimer(timer[kId]);
    timer[kId] = 0;
  }
  timer._destroyed = true;
  timer._idleTimeout = -1;
  timer._onTimeout = null;
  tellEnd(timer);
  if (timer[kPrimitive] !== undefined) delete byPrimitive[timer[kPrimitive]];
}

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length === 0 ? undefined : args, false, true);
}

function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, repeat, args.length === 0 ? undefined : args, true, true);
}

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    if (timer[kId] === undefined) {
      timer._onTimeout = null;
      return;
    }
    cancel(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byPrimitive[timer];
    if (found !== undefined) cancel(found);
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function fireImmediate(immediate) {
  if (runtime.asyncTracker === undefined || immediate[asyncIdSymbol] === undefined) fireUntrackedImmediate(immediate);
  else runtime.asyncTracker.run(immediate, fireUntrackedImmediate, undefined, [immediate]);
}

function fireUntrackedImmediate(immediate) {
  immediate._destroyed = true;
  const args = immediate._argv;
  immediate[kId] = 0;
  try {
    if (args === undefined) immediate._onImmediate();
    else immediate._onImmediate(...args);
  } finally {
    immediate._onImmediate = null;
    tellEnd(immediate);
  }
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRef] = true;
    this[kId] = startImmediate(fireImmediate, this);
    runtime.asyncTracker?.begin(this, 'Immediate');
  }

  ref() {
    if (!this[kRef]) {
      this[kRef] = true;
      refImmediate(this[kId], true);
    }
    return this;
  }

  unref() {
    if (this[kRef]) {
      this[kRef] = false;
      refImmediate(this[kId], false);
    }
    return this;
  }

  hasRef() {
    return this[kRef] && !this._destroyed;
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  immediate._destroyed = true;
  stopImmediate(immediate[kId]);
  immediate._onImmediate = null;
  tellEnd(immediate);
}

for (const [callbackForm, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(callbackForm, kCustomPromisifiedSymbol, {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() {
      return require('timers/promises')[name];
    },
  });
}

// The undocumented interface for things that time out, which packages of the early days use.
function enroll(item, msecs) {
  validateNumber(msecs, 'msecs');
  if (msecs < 0 || !Number.isFinite(msecs)) throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', msecs);
  if (item[kId]) unenroll(item);
  item._idleTimeout = msecs > MAXIMUM_DELAY ? MAXIMUM_DELAY : msecs;
}

function unenroll(item) {
  if (item[kId]) {
    stopTimer(item[kId]);
    item[kId] = 0;
  }
  item._idleTimeout = -1;
}

function active(item) {
  if (!(item._idleTimeout >= 0)) return;
  if (item[kId]) stopTimer(item[kId]);
  item[kId] = startTimer((timer) => {
    timer[kId] = 0;
    timer._onTimeout?.();
  }, item, Math.max(1, Math.trunc(item._idleTimeout)));
}

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
  _unrefActive(item) {
    active(item);
    if (item[kId]) refTimer(item[kId], false);
  },
  active,
  unenroll,
  enroll,
};

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('timers/promises');
  },
});
