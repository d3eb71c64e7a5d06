'use strict';

// The class Console, and the methods that it and the global console share.

const { openStdio, consoleSubscribers } = require('internal/console_output');
const { assignFunctionName } = require('internal/function_name');
const { stateSymbol } = require('internal/symbols');

const runtime = require('internal/runtime');

const kIsConsole = stateSymbol('console.isConsole');
const kCounts = stateSymbol('console.counts');
const kColorMode = stateSymbol('console.colorMode');
const kGroupWidth = stateSymbol('console.groupWidth');
const kIndent = stateSymbol('console.indent');
const kInspectOptions = stateSymbol('console.inspectOptions');
const kStandard = stateSymbol('console.standard'); // descriptors of process.stdout and stderr as they were

const kOut = 0;
const kErr = 1;

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });
}

function initialize(object, { ignoreErrors, colorMode, groupIndentation, inspectOptions }) {
  hide(object, '_stdoutErrorHandler', errorHandler(object, '_stdout'));
  hide(object, '_stderrErrorHandler', errorHandler(object, '_stderr'));
  hide(object, '_ignoreErrors', Boolean(ignoreErrors));
  hide(object, '_times', new Map());
  hide(object, kCounts, new Map());
  hide(object, kColorMode, colorMode);
  hide(object, kIsConsole, true);
  hide(object, kGroupWidth, groupIndentation);
  hide(object, kIndent, '');
  hide(object, kInspectOptions, inspectOptions);
  hide(object, kStandard, undefined);
  Object.defineProperty(object, Symbol.toStringTag, {
    __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true,
  });
}

// `_stdout` and `_stderr` of the global console are the process's, whatever these are at the time.
function bindStandardStreams(object) {
  const standard = [];
  for (const [name, index] of [['stdout', kOut], ['stderr', kErr]]) {
    let replaced;
    standard[index] = { getter: Object.getOwnPropertyDescriptor(process, name)?.get, name, isReplaced: false };
    Object.defineProperty(object, `_${name}`, {
      __proto__: null,
      enumerable: false,
      configurable: true,
      get() { return replaced ?? process[name]; },
      set(value) {
        replaced = value;
        standard[index].isReplaced = true;
      },
    });
  }
  object[kStandard] = standard;
}

// The descriptor to write to without a stream, or 0: only while the program has neither touched nor replaced the stream.
function directDescriptor(object, which) {
  const standard = object[kStandard];
  if (standard === undefined || openStdio[which + 1] !== undefined) return 0;
  const { getter, name, isReplaced } = standard[which];
  if (isReplaced || getter === undefined || Object.getOwnPropertyDescriptor(process, name)?.get !== getter) return 0;
  return which + 1;
}

function noop() {}

// An error of an asynchronous write is swallowed unless somebody listens for it.
function errorHandler(object, name) {
  return (error) => {
    if (error == null) return;
    const stream = object[name];
    if (stream._writableState?.errorEmitted || stream.listenerCount('error') !== 0) return;
    stream.once('error', noop);
  };
}

function write(object, which, text) {
  const indent = object[kIndent];
  if (indent !== '') text = indent + (text.includes('\n') ? text.replaceAll('\n', `\n${indent}`) : text);
  text += '\n';
  const fd = directDescriptor(object, which);
  // What fails here is tried through the stream, which tells.
  if (fd !== 0 && runtime.writeStdio(fd, text)) return;
  const stream = which === kOut ? object._stdout : object._stderr;
  if (!object._ignoreErrors) {
    stream.write(text);
    return;
  }
  // There may be an error in the same tick, which nobody would handle.
  if (stream.destroyed === true && stream.writable === false) return;
  const hasListeners = typeof stream.once === 'function' && typeof stream.removeListener === 'function';
  try {
    if (hasListeners && stream.listenerCount?.('error') === 0) stream.once('error', noop);
    stream.write(text, which === kOut ? object._stdoutErrorHandler : object._stderrErrorHandler);
  } catch (error) {
    if (require('internal/errors').isStackOverflowError(error)) throw error;
  } finally {
    if (hasListeners) stream.removeListener('error', noop);
  }
}

function inspectOptionsFor(object, which) {
  let colors = object[kColorMode];
  const options = object[kInspectOptions];
  const isMap = options instanceof Map;
  let own = options;
  if (isMap) own = options.get(which === kOut ? object._stdout : object._stderr);
  if (own?.colors !== undefined) return own;
  if (colors === 'auto') {
    const fd = directDescriptor(object, which);
    if (fd !== 0 && process.env.FORCE_COLOR === undefined && !require('internal/process/stdio').isTTY(fd)) {
      colors = false;
    } else {
      colors = require('internal/util/colors').shouldColorize(which === kOut ? object._stdout : object._stderr);
    }
  }
  if (own) return { ...own, colors };
  return colors ? { colors: true } : {};
}

function formatFor(object, which, args) {
  // By far the most frequent: one string.
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  return require('internal/util/inspect').formatWithOptions(inspectOptionsFor(object, which), ...args);
}

function print(object, which, channel, args) {
  if (consoleSubscribers.publish !== undefined) consoleSubscribers.publish(`console.${channel}`, args);
  write(object, which, formatFor(object, which, args));
}

const methods = {
  log(...args) {
    print(this, kOut, 'log', args);
  },
  info(...args) {
    print(this, kOut, 'info', args);
  },
  debug(...args) {
    print(this, kOut, 'debug', args);
  },
  warn(...args) {
    print(this, kErr, 'warn', args);
  },
  error(...args) {
    print(this, kErr, 'error', args);
  },
  dir(object, options) {
    const { inspect } = require('internal/util/inspect');
    write(this, kOut, inspect(object, { customInspect: false, ...inspectOptionsFor(this, kOut), ...options }));
  },
  time(label = 'default') {
    label = `${label}`;
    if (this._times.has(label)) {
      process.emitWarning(`Label '${label}' already exists for console.time()`);
      return;
    }
    this._times.set(label, process.hrtime());
  },
  timeEnd(label = 'default') {
    label = `${label}`;
    if (printTime(this, 'timeEnd', label)) this._times.delete(label);
  },
  timeLog(label = 'default', ...data) {
    printTime(this, 'timeLog', `${label}`, data);
  },
  trace: function trace(...args) {
    const error = { name: 'Trace', message: formatFor(this, kErr, args) };
    Error.captureStackTrace(error, trace);
    this.error(error.stack);
  },
  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    Reflect.apply(this.warn, this, args);
  },
  clear() {
    // Only a terminal is cleared.
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') {
      const readline = '\u001b[1;1H\u001b[0J';
      this._stdout.write(readline);
    }
  },
  count(label = 'default') {
    label = `${label}`;
    const count = (this[kCounts].get(label) ?? 0) + 1;
    this[kCounts].set(label, count);
    this.log(`${label}: ${count}`);
  },
  countReset(label = 'default') {
    if (!this[kCounts].delete(`${label}`)) process.emitWarning(`Count for '${label}' does not exist`);
  },
  group(...data) {
    if (data.length > 0) Reflect.apply(this.log, this, data);
    this[kIndent] += ' '.repeat(this[kGroupWidth]);
  },
  groupEnd() {
    this[kIndent] = this[kIndent].slice(0, this[kIndent].length - this[kGroupWidth]);
  },
  table(tabularData, properties) {
    if (tabularData === null || typeof tabularData !== 'object') return this.log(tabularData);
    const table = require('internal/console/table');
    this.log(table.render(tabularData, properties, () => inspectOptionsFor(this, kOut)));
  },
};
methods.dirxml = methods.log;
methods.groupCollapsed = methods.group;

function printTime(object, method, label, data) {
  const start = object._times.get(label);
  if (start === undefined) {
    process.emitWarning(`No such label '${label}' for console.${method}()`);
    return false;
  }
  const { 0: seconds, 1: nanoseconds } = process.hrtime(start);
  const text = formatTime(seconds * 1000 + nanoseconds / 1e6);
  if (data === undefined) object.log('%s: %s', label, text);
  else object.log('%s: %s', label, text, ...data);
  return true;
}

function formatTime(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  let seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)}s`;
  let minutes = Math.floor(seconds / 60);
  seconds %= 60;
  const hours = Math.floor(minutes / 60);
  minutes %= 60;
  const pad = (number) => `${number}`.padStart(2, '0');
  const { 0: whole, 1: fraction } = seconds.toFixed(3).split('.');
  const lead = hours !== 0 ? `${hours}:${pad(minutes)}` : minutes;
  return `${lead}:${pad(whole)}${hours !== 0 ? '' : `.${fraction}`} (${hours !== 0 ? 'h:mm:ss' : 'm:ss.mmm'})`;
}

function Console(options) {
  // Without `new` too.
  if (new.target === undefined) return Reflect.construct(Console, arguments);

  const { codes } = require('internal/errors');
  const { validateInteger, validateObject, validateOneOf } = require('internal/validators');
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const {
    stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation,
  } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, 1000);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    const all = inspectOptions instanceof Map ? [...inspectOptions.values()] : [inspectOptions];
    for (const one of all) {
      if (one.colors !== undefined && options.colorMode !== undefined) {
        throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
      }
    }
  }

  // Bound, so that they can be passed around; a subclass's own method is the one that is bound.
  for (const name of Object.keys(Console.prototype)) {
    this[name] = assignFunctionName(this[name].name, this[name].bind(this));
  }
  hide(this, '_stdout', stdout);
  hide(this, '_stderr', stderr);
  initialize(this, { ignoreErrors, colorMode, groupIndentation: groupIndentation ?? 2, inspectOptions });
}

for (const name of Object.keys(methods)) Console.prototype[name] = methods[name];

Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value: { [Symbol.hasInstance](instance) { return instance[kIsConsole] === true; } }[Symbol.hasInstance],
});

module.exports = { Console, methods, initialize, bindStandardStreams, formatTime };
