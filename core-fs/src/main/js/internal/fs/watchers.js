'use strict';
// watch (the system tells) and watchFile (we ask).
const { Buffer } = require('buffer');
const EventEmitter = require('events');
const runtime = require('internal/runtime');
const { AbortError, codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf, validateUint32,
} = require('internal/validators');
const { basename, join, matchesGlob, resolve } = require('path');
const { clearTimeout, setTimeout } = require('timers');
const { optionsOf, pathOf } = require('internal/fs/arguments');
const { statsOf } = require('internal/fs/stats');

const kHandle = stateSymbol('fs.watcher.handle');
const kState = stateSymbol('fs.watcher.state');
const isRegExp = (value) => require('internal/util/types').isRegExp(value);

// What a watcher leaves out

function checkIgnore(value, name) {
  if (value === undefined || value === null) return;
  const list = Array.isArray(value) ? value : [value];
  list.forEach((each, i) => {
    const shown = Array.isArray(value) ? `${name}[${i}]` : name;
    if (typeof each === 'string') {
      if (each === '') throw new codes.ERR_INVALID_ARG_VALUE(shown, each, 'must be a non-empty string');
    } else if (!isRegExp(each) && typeof each !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE(shown, ['string', 'RegExp', 'Function'], each);
    }
  });
}

function matcherOf(ignore) {
  if (ignore === undefined || ignore === null) return null;
  const tests = (Array.isArray(ignore) ? ignore : [ignore]).map((each) => {
    if (typeof each === 'function') return each;
    if (typeof each !== 'string') return (name) => RegExp.prototype.exec.call(each, name) !== null;
    // A pattern without a separator is about names, at whatever depth.
    if (!each.includes('/')) return (name) => matchesGlob(basename(name), each) || hiddenMatch(basename(name), each);
    return (name) => matchesGlob(name, each);
  });
  return (name) => tests.some((test) => test(name));
}

// Patterns of `ignore` see hidden names, too.
const hiddenMatch = (name, pattern) => name.startsWith('.') && !pattern.startsWith('.') && matchesGlob(`_${name.slice(1)}`, pattern);

// FSWatcher

function FSWatcher() {
  EventEmitter.call(this);
  Object.defineProperty(this, kHandle, { value: null, writable: true });
  Object.defineProperty(this, kState, {
    value: { started: false, closed: false, referenced: true, ignore: null, recursive: false, encoding: 'utf8', path: null },
  });
}
Object.setPrototypeOf(FSWatcher.prototype, EventEmitter.prototype);
Object.setPrototypeOf(FSWatcher, EventEmitter);

function startWatcher(watcher, path, { persistent = true, recursive = false, encoding, ignore }) {
  const state = watcher[kState];
  state.path = path;
  state.encoding = encoding;
  state.ignore = matcherOf(ignore);
  state.referenced = persistent !== false;
  try {
    watcher[kHandle] = recursive ? watchTree(watcher, String(path)) : watchOne(watcher, path);
  } catch (error) {
    if (error.syscall === undefined) throw error;
    error.filename = typeof path === 'string' ? path : path.toString();
    throw error;
  }
  state.started = true;
  if (!state.referenced) watcher[kHandle].unref();
}

function tell(watcher, eventType, name) {
  const { closed, encoding, ignore } = watcher[kState];
  if (closed) return;
  if (ignore !== null && name !== null && ignore(name)) return;
  if (name !== null && encoding && encoding !== 'utf8') {
    name = encoding === 'buffer' ? Buffer.from(name) : Buffer.from(name).toString(encoding);
  }
  watcher.emit('change', eventType, name);
}

function watchOne(watcher, path) {
  return binding.watch(path, (isRename, name) => {
    tell(watcher, isRename ? 'rename' : 'change', name ?? basename(String(path)));
  });
}

/** A watch on each directory of a tree; directories that come are joined, those that go are left. */
function watchTree(watcher, root) {
  const handles = new Map();
  let referenced = true;
  const tree = {
    close() {
      for (const handle of handles.values()) handle.close();
      handles.clear();
    },
    ref() {
      referenced = true;
      for (const handle of handles.values()) handle.ref();
    },
    unref() {
      referenced = false;
      for (const handle of handles.values()) handle.unref();
    },
  };
  const kDirectory = 0o40000;
  if (binding.typeOf(root, true) !== kDirectory) {
    handles.set('', watchOne(watcher, root));
    return tree;
  }
  const known = new Set();
  const add = (relative, announce) => {
    const directory = join(root, relative);
    const handle = binding.watch(directory, (isRename, name) => {
      if (name === undefined || name === null) {
        if (relative === '') tell(watcher, isRename ? 'rename' : 'change', basename(root));
        return;
      }
      changed(join(relative, name), isRename);
    });
    if (!referenced) handle.unref();
    handles.set(relative, handle);
    for (const name of binding.readdir(directory, false, false, false)) {
      const path = join(relative, name);
      if (known.has(path)) continue;
      known.add(path);
      if (announce) tell(watcher, 'rename', path);
      if (binding.typeOf(join(root, path), false) === kDirectory && !handles.has(path)) tryAdd(path, announce);
    }
  };
  const tryAdd = (path, announce) => {
    try {
      add(path, announce);
    } catch {
      // It was gone again, or is not ours to read: its parent has told of it.
    }
  };
  const changed = (path, isRename) => {
    if (!isRename) {
      tell(watcher, 'change', path);
      return;
    }
    const type = binding.typeOf(join(root, path), false);
    if (type >= 0) {
      const isNew = !known.has(path);
      known.add(path);
      // A new directory's own content was told of when it was joined.
      if (isNew || type !== kDirectory || !handles.has(path)) tell(watcher, 'rename', path);
      if (type === kDirectory && !handles.has(path) && !watcher[kState].closed) tryAdd(path, true);
    } else {
      known.delete(path);
      const gone = `${path}/`;
      for (const [each, handle] of handles) {
        if (each === path || each.startsWith(gone)) {
          handle.close();
          handles.delete(each);
        }
      }
      for (const each of known) if (each.startsWith(gone)) known.delete(each);
      tell(watcher, 'rename', path);
    }
  };
  try {
    add('', false);
  } catch (error) {
    tree.close();
    throw error;
  }
  return tree;
}

FSWatcher.prototype.start = function() {};

FSWatcher.prototype.close = function() {
  const state = this[kState];
  if (state.closed || this[kHandle] === null) return;
  state.closed = true;
  this[kHandle].close();
  process.nextTick((watcher) => watcher.emit('close'), this);
};

FSWatcher.prototype.ref = function() {
  this[kState].referenced = true;
  if (!this[kState].closed) this[kHandle]?.ref();
  return this;
};

FSWatcher.prototype.unref = function() {
  this[kState].referenced = false;
  if (!this[kState].closed) this[kHandle]?.unref();
  return this;
};

function watchOptionsOf(options) {
  options = optionsOf(options);
  const { persistent, recursive, ignore } = options;
  if (persistent !== undefined) validateBoolean(persistent, 'options.persistent');
  if (recursive !== undefined) validateBoolean(recursive, 'options.recursive');
  checkIgnore(ignore, 'options.ignore');
  return options;
}

function watch(filename, options, listener) {
  if (typeof options === 'function') listener = options;
  const path = pathOf(filename, 'filename');
  const checked = watchOptionsOf(options);
  const watcher = new FSWatcher();
  startWatcher(watcher, path, checked);
  if (listener) watcher.addListener('change', listener);
  const { signal } = checked;
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const abort = () => watcher.close();
      signal.addEventListener('abort', abort);
      watcher.once('close', () => signal.removeEventListener('abort', abort));
    }
  }
  return watcher;
}

/** fs.promises.watch. */
async function* watchAsync(filename, options = kEmptyObject) {
  const path = pathOf(filename);
  validateObject(options, 'options');
  const { persistent = true, recursive = false, encoding = 'utf8', maxQueue = 2048, overflow = 'ignore', signal, ignore } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'error']);
  validateAbortSignal(signal, 'options.signal');
  if (encoding && !Buffer.isEncoding(encoding) && encoding !== 'buffer') {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
  checkIgnore(ignore, 'options.ignore');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  const queue = [];
  let failure;
  let wake;
  const watcher = new FSWatcher();
  watcher.on('change', (eventType, name) => {
    if (queue.length < maxQueue) {
      queue.push({ __proto__: null, eventType, filename: name });
    } else if (overflow === 'error') {
      failure = new codes.ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue);
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
    wake?.();
  });
  const abort = () => {
    failure = new AbortError(undefined, { cause: signal.reason });
    wake?.();
  };
  try {
    startWatcher(watcher, path, { persistent, recursive, encoding, ignore });
    signal?.addEventListener('abort', abort, { once: true });
    while (failure === undefined) {
      await new Promise((resolve) => {
        wake = resolve;
        if (queue.length > 0 || failure !== undefined) resolve();
      });
      while (queue.length > 0 && failure === undefined) yield queue.shift();
    }
    throw failure;
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', abort);
  }
}

// StatWatcher

const statWatchers = new Map();
const kNothing = () => new Array(18).fill(0);

function StatWatcher(bigint) {
  EventEmitter.call(this);
  Object.defineProperty(this, kState, {
    value: { bigint, timer: null, last: null, refs: 0, referenced: true, stopped: false, path: null, interval: 0 },
  });
}
Object.setPrototypeOf(StatWatcher.prototype, EventEmitter.prototype);
Object.setPrototypeOf(StatWatcher, EventEmitter);

StatWatcher.prototype.start = function(path, persistent, interval) {
  const state = this[kState];
  if (state.path !== null) return;
  state.path = pathOf(path, 'filename');
  state.interval = interval;
  state.referenced = persistent;
  validateUint32(interval, 'interval');
  poll(this);
};

/** dev, mode, uid, gid, ino, size and the times of change: what makes a file another one than before. */
const kCompared = [0, 1, 3, 4, 7, 8, 12, 13, 14, 15, 16, 17];

function poll(watcher) {
  const state = watcher[kState];
  binding.stat(state.path, state.bigint, true, (error, fields) => {
    if (state.stopped) return;
    const zero = () => (state.bigint ? kNothing().map(BigInt) : kNothing());
    const failed = Boolean(error);
    fields ??= zero();
    const { last } = state;
    if (last === null) {
      state.last = { fields, failed };
      // A file that is missing from the start is told of once.
      if (failed) watcher.emit('change', statsOf(fields), statsOf(zero()));
    } else if (failed ? !last.failed : last.failed || kCompared.some((i) => fields[i] !== last.fields[i])) {
      state.last = { fields, failed };
      watcher.emit('change', statsOf(fields), statsOf(last.fields));
    }
    if (state.stopped) return;
    state.timer = setTimeout(poll, state.interval, watcher);
    if (!state.referenced) state.timer.unref();
  });
}

StatWatcher.prototype.stop = function() {
  const state = this[kState];
  if (state.stopped) return;
  state.stopped = true;
  clearTimeout(state.timer);
  process.nextTick((watcher) => watcher.emit('stop'), this);
};

StatWatcher.prototype.ref = function() {
  this[kState].referenced = true;
  this[kState].timer?.ref();
  return this;
};

StatWatcher.prototype.unref = function() {
  this[kState].referenced = false;
  this[kState].timer?.unref();
  return this;
};

function watchFile(filename, options, listener) {
  filename = pathOf(filename);
  filename = resolve(String(filename));
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = undefined;
  }
  options = { interval: 5007, persistent: true, ...options };
  validateFunction(listener, 'listener');
  if (runtime.isGuarded) require('internal/permission').demand('FileSystemRead', filename);
  let watcher = statWatchers.get(filename);
  if (watcher === undefined) {
    watcher = new StatWatcher(options.bigint === true);
    watcher.start(filename, options.persistent !== false, options.interval);
    statWatchers.set(filename, watcher);
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  filename = resolve(String(pathOf(filename)));
  const watcher = statWatchers.get(filename);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    statWatchers.delete(filename);
  }
}

module.exports = { FSWatcher, StatWatcher, unwatchFile, watch, watchAsync, watchFile };
