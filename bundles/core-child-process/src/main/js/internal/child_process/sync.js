'use strict';

// spawnSync, execFileSync, execSync: the thread waits until the child and its pipes have ended.

const { codes, ErrnoException, genericNodeError } = require('internal/errors');
const { Buffer } = require('buffer');
const { normalizeSpawnArguments, validateTimeout, validateMaxBuffer, sanitizeKillSignal } = require('internal/child_process/options');
const { getValidStdio, descriptors } = require('internal/child_process/stdio');
const { signalName } = require('internal/child_process/child');

const MAX_BUFFER = 1024 * 1024;
const SIGTERM = 15;

function inputOf(value, name, encoding) {
  if (value == null) return undefined;
  if (ArrayBuffer.isView(value)) return value;
  if (typeof value === 'string') return Buffer.from(value, encoding);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], value);
}

function spawnSync(file, args, options) {
  options = {
    __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawnArguments(file, args, options),
  };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  const killSignal = sanitizeKillSignal(options.killSignal);
  const given = Array.isArray(options.stdio) ? options.stdio : [];
  const stdio = getValidStdio(options.stdio ?? 'pipe', true);
  const encoding = options.encoding && options.encoding !== 'buffer' ? options.encoding : undefined;
  const inputs = stdio.map((entry, i) => {
    const value = i === 0 && options.input != null ? options.input : typeof given[i] === 'object' ? given[i]?.input : undefined;
    if (i === 0 && value != null) stdio[0] = { type: 'pipe' };
    return inputOf(value, i === 0 ? 'options.stdio[0]' : `options.stdio[${i}]`, encoding);
  });
  const [pid, code, signal, error, ...outputs] = binding.spawnSync(
    { ...options, descriptors: descriptors(stdio) }, options.timeout ?? 0, options.maxBuffer ?? Infinity, killSignal ?? SIGTERM,
    ...inputs);
  const failed = pid < 0;
  const result = {
    pid: failed ? 0 : pid,
    output: failed ? null : outputs.map((output) => (output !== null && encoding ? output.toString(encoding) : output)),
    stdout: undefined,
    stderr: undefined,
    status: failed || signal ? null : code,
    signal: failed || !signal ? null : signalName(signal),
  };
  if (!failed) {
    result.stdout = result.output[1];
    result.stderr = result.output[2];
  }
  const errno = failed ? pid : error;
  if (errno) {
    result.error = new ErrnoException(errno, `spawnSync ${options.file}`);
    result.error.path = options.file;
    result.error.spawnargs = options.args.slice(1);
  }
  return ordered(result);
}

// In the order in which Node.js shows them.
function ordered({ error, status, signal, output, pid, stdout, stderr }) {
  return error ? { error, status, signal, output, pid, stdout, stderr } : { status, signal, output, pid, stdout, stderr };
}

function checkExecSyncError(result, args, command) {
  let failure;
  if (result.error) {
    failure = result.error;
    Object.assign(failure, result);
  } else if (result.status !== 0) {
    let message = `Command failed: ${command ?? args.join(' ')}`;
    if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
    failure = genericNodeError(message, result);
  }
  return failure;
}

function run(file, args, options, command) {
  const inheritStderr = options.stdio === undefined || options.stdio === null;
  const result = spawnSync(file, args, options);
  if (inheritStderr && result.stderr) process.stderr.write(result.stderr);
  const failure = checkExecSyncError(result, [options.argv0 || file, ...args], command);
  if (failure) throw failure;
  return result.stdout;
}

function execFileSync(file, args, options) {
  if (args != null && typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = undefined;
  }
  if (args != null && !Array.isArray(args)) throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  if (options != null && typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
  return run(file, args ?? [], { __proto__: null, ...options });
}

function execSync(command, options) {
  return run(command, [], options, command);
}

module.exports = { spawnSync, execFileSync, execSync };
