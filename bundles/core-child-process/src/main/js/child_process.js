'use strict';

// https://nodejs.org/api/child_process.html

const { codes, AbortError, genericNodeError } = require('internal/errors');
const { validateString, validateFunction, validateAbortSignal, validateObject } = require('internal/validators');
const { normalizeSpawnArguments, validateTimeout, validateMaxBuffer, sanitizeKillSignal, pathOption, nullCheck,
  nullCheckAll } = require('internal/child_process/options');

const MAX_BUFFER = 1024 * 1024;

function abortChildProcess(child, killSignal, reason) {
  if (!child) return;
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

function spawn(file, args, options) {
  options = normalizeSpawnArguments(file, args, options);
  validateTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = sanitizeKillSignal(options.killSignal);
  const { ChildProcess } = require('internal/child_process/child');
  const child = new ChildProcess();
  child.spawn(options);

  if (options.timeout > 0) {
    let timer = setTimeout(() => {
      if (timer === null) return;
      timer = null;
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, options.timeout);
    child.once('exit', () => {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
    });
  }

  const { signal } = options;
  if (signal) {
    const onAbort = () => abortChildProcess(child, killSignal, signal.reason);
    if (signal.aborted) {
      process.nextTick(onAbort);
    } else {
      signal.addEventListener('abort', onAbort, { once: true });
      child.once('exit', () => signal.removeEventListener('abort', onAbort));
    }
  }
  return child;
}

function fork(modulePath, args = undefined, options = undefined) {
  modulePath = pathOption(modulePath, 'modulePath');
  if (modulePath == null) throw new codes.ERR_INVALID_ARG_TYPE('modulePath', ['string', 'Buffer', 'URL'], modulePath);
  nullCheck(modulePath, 'modulePath');
  if (args == null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  } else {
    if (!Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'Array', args);
    nullCheckAll(args, 'args');
  }
  if (options != null) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  options.execPath ||= process.execPath;
  nullCheck(options.execPath, 'options.execPath');
  const execArgv = options.execArgv || process.execArgv;
  nullCheckAll(execArgv, 'options.execArgv');
  // Options that run code of their own are not the child's.
  let inherited = execArgv;
  if (execArgv === process.execArgv && process._eval != null) {
    const i = execArgv.lastIndexOf(process._eval);
    if (i > 0) inherited = [...execArgv.slice(0, i - 1), ...execArgv.slice(i + 1)];
  }
  args = [...inherited, modulePath, ...args];
  if (typeof options.stdio === 'string') {
    options.stdio = require('internal/child_process/stdio').stdioStringToArray(options.stdio, 'ipc');
  } else if (!Array.isArray(options.stdio)) {
    options.stdio = require('internal/child_process/stdio').stdioStringToArray(options.silent ? 'pipe' : 'inherit', 'ipc');
  } else if (!options.stdio.includes('ipc')) {
    throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(options.execPath, args, options);
}

function normalizeExecArgs(command, options, callback) {
  validateString(command, 'command');
  nullCheck(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

function exec(command, options, callback) {
  const normalized = normalizeExecArgs(command, options, callback);
  return execFile(normalized.file, normalized.options, normalized.callback);
}

// One stream's output, up to the limit: characters with an encoding, else bytes.
function collector(child, stream, name, encoding, maxBuffer, exceeded) {
  const chunks = [];
  let length = 0;
  if (encoding) stream.setEncoding(encoding);
  stream.on('data', (chunk) => {
    const text = stream.readableEncoding;
    const size = text ? require('buffer').Buffer.byteLength(chunk, text) : chunk.length;
    const room = maxBuffer - length;
    length += size;
    if (length > maxBuffer) {
      chunks.push(text ? chunk.slice(0, room) : chunk.subarray(0, room));
      exceeded(new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name));
    } else {
      chunks.push(chunk);
    }
  });
  return () => {
    if (encoding || stream.readableEncoding) return chunks.join('');
    return require('buffer').Buffer.concat(chunks);
  };
}

function execFile(file, args, options, callback) {
  if (args != null && typeof args === 'object' && !Array.isArray(args)) {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = null;
  } else if (options != null) {
    validateObject(options, 'options');
  }
  if (args == null) args = [];
  else if (typeof args === 'object') {
    if (!Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'Array', args);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  }
  if (callback != null) validateFunction(callback, 'callback');
  options = {
    __proto__: null, encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false,
    ...options,
  };
  if (options.argv0 != null) validateString(options.argv0, 'options.argv0');
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = sanitizeKillSignal(options.killSignal);
  validateAbortSignal(options.signal, 'options.signal');

  const child = spawn(file, args, {
    cwd: options.cwd, env: options.env, gid: options.gid, shell: options.shell, signal: options.signal, uid: options.uid,
    windowsHide: !!options.windowsHide, windowsVerbatimArguments: !!options.windowsVerbatimArguments, argv0: options.argv0,
    killSignal: options.killSignal,
  });

  const { Buffer } = require('buffer');
  const encoding = options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding) ? options.encoding : null;
  let killed = false;
  let exited = false;
  let timer;
  let failure = null;
  let readOutput = () => '';
  let readErrors = () => '';

  function finish(code, signal) {
    if (exited) return;
    exited = true;
    clearTimeout(timer);
    if (!callback) return;
    const stdout = readOutput();
    const stderr = readErrors();
    if (!failure && code === 0 && signal === null) {
      callback(null, stdout, stderr);
      return;
    }
    const command = [file, ...args].join(' ');
    if (!failure) {
      failure = genericNodeError(`Command failed: ${command}\n${stderr}`, {
        code: code < 0 ? require('internal/util').getSystemErrorName(code) : code, killed: child.killed || killed, signal,
      });
    }
    failure.cmd = command;
    callback(failure, stdout, stderr);
  }

  function kill() {
    child.stdout?.destroy();
    child.stderr?.destroy();
    killed = true;
    try {
      child.kill(options.killSignal);
    } catch (error) {
      failure ??= error;
      finish();
    }
  }

  function exceeded(error) {
    failure ??= error;
    kill();
  }

  if (options.timeout > 0) {
    timer = setTimeout(() => {
      timer = undefined;
      kill();
    }, options.timeout);
  }
  if (child.stdout) readOutput = collector(child, child.stdout, 'stdout', encoding, options.maxBuffer, exceeded);
  if (child.stderr) readErrors = collector(child, child.stderr, 'stderr', encoding, options.maxBuffer, exceeded);
  child.on('close', finish);
  child.on('error', (error) => {
    failure = error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish();
  });
  return child;
}

function customPromiseExecFunction(original) {
  return (...args) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error !== null) {
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      } else {
        resolve({ stdout, stderr });
      }
    });
    return promise;
  };
}

for (const fn of [exec, execFile]) {
  const promising = customPromiseExecFunction(fn);
  Object.defineProperty(promising, 'name', { __proto__: null, value: fn.name, configurable: true });
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null, enumerable: false, value: promising,
  });
}

function spawnSync(file, args, options) {
  return require('internal/child_process/sync').spawnSync(file, args, options);
}

function execFileSync(file, args, options) {
  return require('internal/child_process/sync').execFileSync(file, args, options);
}

function execSync(command, options) {
  const { file, options: normalized } = normalizeExecArgs(command, options, null);
  return require('internal/child_process/sync').execSync(file, normalized);
}

// In a child with a channel: called once, when the process starts.
function _forkChild(fd, serialization) {
  const control = require('internal/child_process/channel').setupChannel(process, fd, serialization);
  control.unref();
  control.refExplicitlySet = false;
  process.on('newListener', (name) => {
    if (name === 'message' || name === 'disconnect') control.refCounted();
  });
  process.on('removeListener', (name) => {
    if (name === 'message' || name === 'disconnect') control.unrefCounted();
  });
}

module.exports = {
  _forkChild,
  ChildProcess: undefined,
  exec,
  execFile,
  execFileSync,
  execSync,
  fork,
  spawn,
  spawnSync,
};
Object.defineProperty(module.exports, 'ChildProcess', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('internal/child_process/child').ChildProcess; },
});
