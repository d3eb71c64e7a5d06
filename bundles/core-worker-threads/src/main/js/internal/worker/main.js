'use strict';

// The first code of a worker: takes what its parent sent it, makes `process` a worker's, runs the program.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { openStdio } = require('internal/console_output');
const thread = require('internal/worker/thread');
const kinds = require('internal/worker/kinds');
const { adoptPort, receiveMessageOnPort } = require('internal/worker/ports');

const UNSUPPORTED = ['abort', 'chdir', 'send', 'disconnect', 'initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid', 'setuid'];
const WITH_A_CHANNEL = ['send', 'disconnect'];

function unsupported(name) {
  const what = `process.${name}()`;
  const refuse = function() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(what); };
  refuse.disabled = true;
  return refuse;
}

function define(name, descriptor) {
  Object.defineProperty(process, name, { __proto__: null, configurable: true, enumerable: true, ...descriptor });
}

function restrictProcess(hasChannel) {
  for (const name of UNSUPPORTED) {
    if (WITH_A_CHANNEL.includes(name) && !hasChannel) continue;
    define(name, { writable: true, value: unsupported(name) });
  }
  for (const name of ['_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_debugProcess', '_debugPause', '_debugEnd']) delete process[name];
  if (!hasChannel) return;
  for (const name of ['channel', 'connected']) {
    const get = function() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}`); };
    get.disabled = true;
    define(name, { get });
  }
}

const streams = { __proto__: null };

function streamOf(name) {
  if (streams[name] !== undefined) return streams[name];
  const { ChannelReadable, ChannelWritable } = require('internal/worker/stdio');
  const { control, hasStdin } = thread;
  if (name === 'stdin') {
    const stdin = streams.stdin = new ChannelReadable(control, 'stdin');
    if (!hasStdin) stdin.push(null);
  } else {
    streams[name] = new ChannelWritable(control, name);
  }
  return streams[name];
}

// From here on everything that is written goes to the parent.
function connectStdio() {
  for (const name of ['stdin', 'stdout', 'stderr']) define(name, { get: () => streamOf(name), set: undefined });
  openStdio[1] = openStdio[2] = true;
  runtime.writeStdio = (fd, text) => {
    process[fd === 2 ? 'stderr' : 'stdout'].write(text);
    return true;
  };
}

function told(message) {
  const { arrived, wanted } = require('internal/worker/stdio');
  if (message.kind === kinds.OUTPUT) arrived(streamOf('stdin'), message.chunks);
  else if (message.kind === kinds.WANT_OUTPUT && streams[message.stream] !== undefined) wanted(streams[message.stream]);
}

function begin() {
  const control = thread.control = adoptPort(binding.parentPort());
  const { message: boot } = receiveMessageOnPort(control);
  if (boot.packages !== undefined) require('internal/permission/packages').start(boot.packages);
  thread.name = boot.name;
  thread.parentPort = boot.port;
  thread.workerData = boot.workerData;
  thread.environmentData = boot.environmentData;
  thread.resourceLimits = { ...boot.resourceLimits };
  thread.hasStdin = boot.hasStdin;
  thread.sharesEnvironment = boot.sharesEnvironment;
  for (const [name, usual] of [['maxYoungGenerationSizeMb', 96], ['maxOldGenerationSizeMb', 4096], ['codeRangeSizeMb', 0]]) {
    if (thread.resourceLimits[name] < 0) thread.resourceLimits[name] = usual;
  }
  connectStdio();
  restrictProcess(runtime.getEnv('NODE_CHANNEL_FD') !== undefined);
  control.on('message', told);
  control.unref();
  require('internal/worker/inbox');
  return boot;
}

function preload() {
  const { getOptionValue } = require('internal/options');
  const requests = getOptionValue('--require');
  if (requests.length > 0) requireBuiltin('internal/modules/commonjs').Module._preloadModules(requests);
}

const { requireBuiltin } = runtime;

function run() {
  const { kind, target, argv, inspect } = begin();
  const entry = kind === 'eval' ? '[worker eval]' : kind === 'data' ? '[worker eval]' : target;
  process.argv = [process.execPath, entry, ...argv];
  if (inspect !== undefined) requireBuiltin('internal/inspector/main').startWorker(inspect);
  preload();
  thread.control.postMessage({ kind: kinds.ONLINE });
  if (kind === 'eval') requireBuiltin('internal/main/eval').run(target, '[worker eval]');
  else if (kind === 'data') requireBuiltin('internal/modules/esm').runMain(target);
  else requireBuiltin('module').runMain(target);
}

/** Tells the parent of an exception that nobody caught. */
function report(error) {
  const { packError } = require('internal/worker/error_form');
  const { writeMessage } = require('internal/worker/message');
  try {
    thread.control.postMessage({ kind: kinds.FAILED, error: packError(error, (value) => { writeMessage(value); }) });
  } catch {
    thread.control.postMessage({ kind: kinds.UNSERIALIZABLE });
  }
}

module.exports = { report, run };
