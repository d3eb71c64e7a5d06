'use strict';

// ChildProcess: a running child, its streams and its end.

const EventEmitter = require('events');
const { ErrnoException } = require('internal/errors');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { getValidStdio, descriptors } = require('internal/child_process/stdio');

// What starts later as an event; anything else is thrown.
const EVENT_ERRORS = new Set([-13, -11, -24, -23, -2]); // EACCES EAGAIN EMFILE ENFILE ENOENT
const ESRCH = -3;
const kIsUsedAsStdio = stateSymbol('child_process.isUsedAsStdio');

let signalNames;
function signalName(number) {
  if (signalNames === undefined) {
    signalNames = new Map();
    const { signals } = require('os').constants;
    for (const name of Object.keys(signals)) if (!signalNames.has(signals[name])) signalNames.set(signals[name], name);
  }
  return signalNames.get(number) ?? null;
}

function ChildProcess() {
  Reflect.apply(EventEmitter, this, []);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = null;
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

// What nobody reads must not keep the child's pipes open.
function flushStdio(child) {
  for (const stream of child.stdio) {
    if (stream && !stream[kIsUsedAsStdio] && stream.readable && !stream.isPaused?.() && stream.listenerCount('readable') === 0) stream.resume();
  }
}

function onExit(child, exitCode, signal) {
  if (signal) child.signalCode = signalName(signal);
  else child.exitCode = exitCode;
  if (child.stdin) child.stdin.destroy();
  child._handle = null;
  if (exitCode < 0) {
    const syscall = child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn';
    const error = new ErrnoException(exitCode, syscall);
    if (child.spawnfile) error.path = child.spawnfile;
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

// A stream that became another child's is no longer read here.
function handOver({ stream }) {
  const handle = stream._handle ?? stream.handle;
  if (handle) handle.reading = false;
  handle?.readStop?.();
  stream.pause?.();
  if (stream._readableState) stream.readableFlowing = stream._readableState.reading = false;
  stream[kIsUsedAsStdio] = true;
}

function createStream(child, fd, i) {
  const net = require('net');
  const stream = new net.Socket({ fd, readable: i > 0, writable: true, manualStart: true });
  child._closesNeeded++;
  stream.on('close', () => maybeClose(child));
  return stream;
}

ChildProcess.prototype.spawn = function spawn(options) {
  validateObject(options, 'options');
  if (options.envPairs === undefined) options.envPairs = [];
  else validateArray(options.envPairs, 'options.envPairs');
  validateString(options.file, 'options.file');
  if (options.args === undefined) this.spawnargs = [];
  else {
    validateArray(options.args, 'options.args');
    this.spawnargs = options.args;
  }
  validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const serialization = options.serialization || 'json';
  const stdio = getValidStdio(options.stdio ?? 'pipe', false);
  const ipc = stdio.findIndex(({ type }) => type === 'ipc');
  const envPairs = options.envPairs.slice();
  if (ipc !== -1) envPairs.push(`NODE_CHANNEL_FD=${ipc}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  this.spawnfile = options.file;
  const [pid, ends, handle] = binding.spawn({
    ...options, args: this.spawnargs, envPairs, descriptors: descriptors(stdio), detached: !!options.detached,
  }, (exitCode, signal) => onExit(this, exitCode, signal));
  if (pid < 0 && !EVENT_ERRORS.has(pid)) {
    for (const fd of ends) if (fd >= 0) binding.closeDescriptor(fd);
    throw new ErrnoException(pid, 'spawn');
  }
  this._handle = handle ?? null;
  if (pid < 0) {
    process.nextTick(onExit, this, pid, 0);
    if (pid === -24 || pid === -23) {
      for (const fd of ends) if (fd >= 0) binding.closeDescriptor(fd);
      return pid;
    }
  } else {
    process.nextTick(() => this.emit('spawn'));
    this.pid = pid;
  }
  if (pid < 0) this.pid = undefined;
  for (const entry of stdio) if (entry.type === 'wrap') handOver(entry);
  const streams = stdio.map(({ type }, i) => (type === 'pipe' ? createStream(this, ends[i], i) : null));
  this.stdin = streams[0];
  this.stdout = streams[1];
  this.stderr = streams[2];
  this.stdio = streams;
  if (ipc !== -1) {
    this._closesNeeded++;
    require('internal/child_process/channel').setupChannel(this, ends[ipc], serialization, () => maybeClose(this));
  }
  return pid < 0 ? pid : 0;
};

ChildProcess.prototype.kill = function kill(signal) {
  const number = signal === 0 ? 0 : require('internal/util').convertToValidSignal(signal === undefined ? 'SIGTERM' : signal);
  if (this._handle) {
    const error = this._handle.kill(number);
    if (error === 0) {
      this.killed = true;
      return true;
    }
    if (error === ESRCH) return false;
    if (error === -22 || error === -38) throw new ErrnoException(error, 'kill');
    this.emit('error', new ErrnoException(error, 'kill'));
  }
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function ref() {
  if (this._handle) this._handle.ref();
};

ChildProcess.prototype.unref = function unref() {
  if (this._handle) this._handle.unref();
};

module.exports = { ChildProcess, signalName };
