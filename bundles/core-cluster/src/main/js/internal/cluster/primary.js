'use strict';

// The primary: forks workers, knows what they do, and holds the sockets that they share.

const EventEmitter = require('events');
const { sharedState } = require('internal/symbols');
const { nextTick } = require('internal/runtime');
const { Worker } = require('internal/cluster/worker');
const { SCHED_NONE, SCHED_RR, initialPolicy } = require('internal/cluster/policy');
const { send, receiver } = require('internal/cluster/messages');
const { face, keepListeners } = require('internal/cluster/face');

const state = sharedState('cluster.primary', () => ({
  handles: new Map(), // key -> RoundRobinHandle or SharedHandle
  lastId: 0,
  lastPort: 0,
  policy: undefined, // fixed by the first setupPrimary()
  intercom: new EventEmitter(),
  workers: {},
  settings: {},
  started: false,
}));
const { handles } = state;

function install(cluster) {
  cluster.workers = state.workers;
  cluster.settings = state.settings;
  cluster.schedulingPolicy = state.policy ?? initialPolicy();
  cluster.setupPrimary = setupPrimary;
  cluster.setupMaster = setupPrimary;
  cluster.fork = fork;
  cluster.disconnect = disconnect;
  keepListeners(cluster, state);
}

function setupPrimary(options) {
  const cluster = face();
  cluster.settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  const { settings } = cluster;
  nextTick(() => face().emit('setup', settings));
  if (state.policy !== undefined) return;
  const { schedulingPolicy } = cluster;
  if (schedulingPolicy !== SCHED_NONE && schedulingPolicy !== SCHED_RR) {
    require('assert')(false, `Bad cluster.schedulingPolicy: ${schedulingPolicy}`);
  }
  state.policy = schedulingPolicy;
}

function createWorkerProcess(id, env) {
  const { settings } = face();
  return require('child_process').fork(settings.exec, settings.args, {
    cwd: settings.cwd,
    env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
    serialization: settings.serialization,
    silent: settings.silent,
    windowsHide: settings.windowsHide,
    execArgv: [...settings.execArgv],
    stdio: settings.stdio,
    gid: settings.gid,
    uid: settings.uid,
  });
}

function removeWorker(worker) {
  const { workers } = face();
  delete workers[worker.id];
  if (Object.keys(workers).length === 0) state.intercom.emit('disconnect');
}

function removeHandlesForWorker(worker) {
  for (const { 0: key, 1: handle } of [...handles]) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

function fork(env) {
  setupPrimary();
  const id = ++state.lastId;
  const worker = new Worker({ id, process: createWorkerProcess(id, env) });
  worker.on('message', function(message, handle) {
    face().emit('message', this, message, handle);
  });
  worker.process.once('exit', (exitCode, signalCode) => {
    // While it is connected, messages may still be on their way; 'disconnect' follows.
    if (!worker.isConnected()) {
      removeHandlesForWorker(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', exitCode, signalCode);
    face().emit('exit', worker, exitCode, signalCode);
  });
  worker.process.once('disconnect', () => {
    removeHandlesForWorker(worker);
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    face().emit('disconnect', worker);
  });
  worker.process.on('internalMessage', receiver(worker, onMessage));
  nextTick(() => face().emit('fork', worker));
  face().workers[worker.id] = worker;
  return worker;
}

function disconnect(callback) {
  const workers = Object.values(face().workers);
  if (typeof callback === 'function') state.intercom.once('disconnect', callback);
  if (workers.length === 0) nextTick(() => state.intercom.emit('disconnect'));
  for (const worker of workers) if (worker.isConnected()) worker.disconnect();
}

const actions = {
  __proto__: null,

  online(worker) {
    worker.state = 'online';
    worker.emit('online');
    face().emit('online', worker);
  },

  queryServer,

  listening(worker, { addressType, address, port, fd }) {
    const info = { addressType, address, port, fd };
    worker.state = 'listening';
    worker.emit('listening', info);
    face().emit('listening', worker, info);
  },

  exitedAfterDisconnect(worker, message) {
    worker.exitedAfterDisconnect = true;
    send(worker.process, { ack: message.seq });
  },

  close(worker, { key }) {
    if (handles.get(key)?.remove(worker)) handles.delete(key);
  },
};

function onMessage(message) {
  actions[message.act]?.(this, message);
}

// The shortest name for a socket's path, which may be at most 107 bytes long.
function shortestPath(worker, address) {
  const path = require('path');
  const relative = path.relative(process.cwd(), path.resolve(face().settings.cwd ?? '', address));
  return relative.length < address.length ? relative : address;
}

function queryServer(worker, message) {
  if (worker.exitedAfterDisconnect) return;
  const { port, addressType, fd, index } = message;
  const key = `${message.address}:${port}:${addressType}:${fd}${port === 0 ? `:${index}` : ''}`;
  let handle = handles.get(key);
  if (handle === undefined) {
    const address = port < 0 && typeof message.address === 'string' && message.address[0] !== '\0' ?
      shortestPath(worker, message.address) : message.address;
    const isDatagram = addressType === 'udp4' || addressType === 'udp6';
    if (state.policy !== SCHED_RR || isDatagram) {
      const { SharedHandle } = require('internal/cluster/shared_handle');
      handle = new SharedHandle(key, address, message);
    } else {
      const { RoundRobinHandle } = require('internal/cluster/round_robin_handle');
      handle = new RoundRobinHandle(key, address, message);
    }
    handles.set(key, handle);
  }
  handle.data ??= message.data;
  handle.add(worker, (errno, answer, shared) => {
    const { data } = handles.get(key);
    if (errno) handles.delete(key);
    send(worker.process, { errno, key, ack: message.seq, data, ...answer }, shared);
  });
}

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' });
  removeHandlesForWorker(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signo) {
  this.process.kill(signo || 'SIGTERM');
};

module.exports = { install };
