'use strict';

// A worker: asks the primary for sockets, and takes the connections that it hands over.

const { kOwner, sharedState } = require('internal/symbols');
const { Worker } = require('internal/cluster/worker');
const messages = require('internal/cluster/messages');
const { face, keepListeners } = require('internal/cluster/face');

const state = sharedState('cluster.child', () => ({
  handles: new Map(), // key -> the handle of a server
  indexes: new Map(), // what is asked for -> { next, used }: several servers on port 0 are different ones
  worker: undefined,
  started: false,
}));
const { handles, indexes } = state;

function install(cluster) {
  cluster._getServer = getServer;
  state.worker ??= setupWorker();
  cluster.worker = state.worker;
  keepListeners(cluster, state);
}

function send(message, reply) {
  return messages.send(process, message, null, reply);
}

function setupWorker() {
  const worker = new Worker({ id: sharedState('cluster.worker').id | 0, process, state: 'online' });
  process.once('disconnect', () => {
    process.channel = null;
    worker.emit('disconnect');
    // The primary is gone, or threw this worker out.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', messages.receiver(worker, onMessage));
  send({ act: 'online' });
  return worker;
}

function onMessage(message, handle) {
  if (message.act === 'newconn') onConnection(message, handle);
  else if (message.act === 'disconnect') Reflect.apply(disconnect, this, [true]);
}

function onConnection({ key, seq }, connection) {
  const handle = handles.get(key);
  let accepted = handle !== undefined && connection !== undefined;
  if (accepted && handle[kOwner]) {
    const { maxConnections, _connections: count } = handle[kOwner];
    // Another worker may have room, unless this one is to drop it.
    if (maxConnections != null && count >= maxConnections) accepted = Boolean(handle[kOwner].dropMaxConnection);
  }
  send({ ack: seq, accepted });
  if (accepted) handle.onconnection(0, connection);
  else connection?.close();
}

function takeIndex(key) {
  let set = indexes.get(key);
  if (set === undefined) indexes.set(key, set = { next: 0, used: new Set() });
  const index = set.next++;
  set.used.add(index);
  return index;
}

function releaseIndex(key, index) {
  const set = indexes.get(key);
  if (set === undefined) return;
  set.used.delete(index);
  if (set.used.size === 0) indexes.delete(key);
}

// `net` and `dgram` call this for a server's handle: callback(errno, handle).
function getServer(server, options, callback) {
  let { address } = options;
  if (options.port < 0 && typeof address === 'string') address = require('path').resolve(address);
  const indexesKey = `${address}:${options.port}:${options.addressType}:${options.fd}`;
  const index = takeIndex(indexesKey);
  const message = { act: 'queryServer', index, data: null, ...options, address };
  if (server._getServerData) message.data = server._getServerData();
  send(message, (answer, handle) => {
    if (typeof server._setServerData === 'function') server._setServerData(answer.data);
    const closed = () => {
      send({ act: 'close', key: answer.key });
      handles.delete(answer.key);
      releaseIndex(indexesKey, index);
    };
    if (handle) {
      share(answer, handle, closed, callback);
    } else if (answer.errno) {
      callback(answer.errno, null);
    } else {
      const { ListeningProxy } = require('internal/cluster/listening_proxy');
      const proxy = new ListeningProxy(answer.key, answer.sockname, closed);
      handles.set(answer.key, proxy);
      callback(0, proxy);
    }
  });
  server.once('listening', () => {
    // Thrown out meanwhile
    if (state.worker.exitedAfterDisconnect) return;
    state.worker.state = 'listening';
    const bound = server.address();
    send({ ...message, act: 'listening', port: bound?.port || options.port });
  });
}

function share({ key, errno }, handle, closed, callback) {
  const { close } = handle;
  handle.close = function() {
    closed();
    handle.close = close;
    return Reflect.apply(close, handle, arguments);
  };
  handles.set(key, handle);
  callback(errno, handle);
}

function disconnect(primaryInitiated) {
  this.exitedAfterDisconnect = true;
  let waiting = 1;
  const closed = () => {
    if (--waiting > 0) return;
    if (!process.connected) return;
    // The primary has to know that this is on purpose before the channel ends.
    if (primaryInitiated) process.disconnect();
    else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  };
  for (const handle of [...handles.values()]) {
    waiting++;
    if (handle[kOwner]) handle[kOwner].close(closed);
    else handle.close(closed);
  }
  handles.clear();
  closed();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    Reflect.apply(disconnect, this, []);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
    return;
  }
  this.state = 'destroying';
  send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};

module.exports = { install };
