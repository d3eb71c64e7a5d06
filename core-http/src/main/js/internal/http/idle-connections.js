'use strict';

// Keep-alive: connections between two requests, oldest first, and one timer for all instead of one for each request.

function IdleConnections() {
  this.first = null;
  this.last = null;
  this.timer = null;
}

// One list for each length of time
const lists = new Map();

function delayOf({ keepAliveTimeout, keepAliveTimeoutBuffer: buffer }) {
  if (!(keepAliveTimeout > 0) || !Number.isFinite(keepAliveTimeout)) return 0;
  return keepAliveTimeout + (buffer >= 0 && Number.isFinite(buffer) ? buffer : 1000);
}

/** All requests of the connection are answered: it waits for the next one, so long. */
function becomesIdle(connection) {
  const { server, socket } = connection;
  const delay = delayOf(server);
  if (delay === 0 || typeof socket.setTimeout !== 'function') return;
  connection.keepAliveTimeoutSet = true;
  if (!connection.mayBeListed) {
    socket.setTimeout(delay);
    return;
  }
  // A timeout that the user set was for the request
  if (socket.timeout) socket.setTimeout(0);
  let list = lists.get(delay);
  if (list === undefined) lists.set(delay, list = new IdleConnections());
  connection.idleUntil = binding.now() + delay;
  connection.idleList = list;
  connection.idleBefore = list.last;
  connection.idleAfter = null;
  if (list.last === null) list.first = connection;
  else list.last.idleAfter = connection;
  list.last = connection;
  if (list.timer === null) arm(list, delay);
}

/** A request has come, or the connection has closed. */
function leavesIdle(connection) {
  connection.keepAliveTimeoutSet = false;
  const { idleList: list } = connection;
  if (list === null) {
    const { server, socket } = connection;
    if (!socket.destroyed && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout || 0);
    return;
  }
  const { idleBefore: before, idleAfter: after } = connection;
  if (before === null) list.first = after;
  else before.idleAfter = after;
  if (after === null) list.last = before;
  else after.idleBefore = before;
  connection.idleList = null;
  connection.idleBefore = null;
  connection.idleAfter = null;
}

function arm(list, delay) {
  list.timer = setTimeout(expire, delay, list);
  list.timer.unref();
}

function expire(list) {
  list.timer = null;
  const now = binding.now();
  while (list.first !== null && list.first.idleUntil <= now) {
    const connection = list.first;
    leavesIdle(connection);
    connection.keepAliveTimeoutSet = true;
    connection.mayBeListed = false;
    connection.socket.emit('timeout');
  }
  if (list.first !== null && list.timer === null) arm(list, Math.max(1, Math.ceil(list.first.idleUntil - now)));
}

module.exports = { becomesIdle, leavesIdle };
