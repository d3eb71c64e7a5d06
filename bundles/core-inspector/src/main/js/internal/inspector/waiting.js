'use strict';

// Where this realm's thread stops and serves clients: until a debugger says go, until the program is resumed, until all have left.

const state = require('internal/inspector/state');
const { Connection } = require('internal/inspector/connection');

const TURN_MILLIS = 1000;

/** What arrives from the server's thread or from another realm. */
function handle([kind, sender, text]) {
  switch (kind) {
    case 'connect':
      state.sockets.set(sender, new Connection((message) => state.native(binding).send(sender, JSON.stringify(message)), true));
      break;
    case 'message':
      state.sockets.get(sender)?.receive(text);
      break;
    case 'disconnect':
      state.sockets.get(sender)?.close();
      state.sockets.delete(sender);
      break;
    default:
      require('internal/inspector/threads').handle(kind, sender, text);
  }
}

function drain() {
  for (let message = state.native(binding).take(0); message !== undefined; message = state.native(binding).take(0)) handle(message);
}

/** Whether anybody is there for whom the program waits. */
function hasBlockingClients() {
  for (const connection of state.connections) if (connection.blocks) return true;
  return false;
}

/** Serves clients while `isOver()` is false. */
function serveUntil(isOver) {
  while (!isOver()) {
    const message = state.native(binding).take(TURN_MILLIS);
    if (message !== undefined) handle(message);
  }
}

/** Runtime.runIfWaitingForDebugger */
function goOn() {
  state.waiting = false;
}

/** Waits for a client that says go. */
function waitForDebugger() {
  state.waiting = true;
  for (const connection of [...state.connections]) {
    if (connection.enabled.has('NodeRuntime')) connection.notify('NodeRuntime.waitingForDebugger', {});
  }
  serveUntil(() => !state.waiting);
}

/** At the end of the process: waits until those who are connected to the server have left. */
function waitForDisconnect() {
  drain();
  const { contextDestroyed } = require('internal/inspector/runtime_domain');
  let isTold = false;
  const tell = () => {
    isTold = true;
    contextDestroyed();
  };
  let asked = 0;
  for (const connection of [...state.connections]) {
    if (!connection.data.wantsDisconnect) continue;
    connection.notify('NodeRuntime.waitingForDisconnect', {});
    asked++;
  }
  if (asked === 0) tell();
  if (state.sockets.size === 0) return;
  state.native(binding).print('Waiting for the debugger to disconnect...\n');
  serveUntil(() => {
    const remaining = [...state.sockets.values()];
    // Those that may still ask go first; then the others hear of the end.
    if (!isTold && !remaining.some(({ data }) => data.wantsDisconnect)) tell();
    return remaining.length === 0;
  });
}

module.exports = { drain, goOn, handle, hasBlockingClients, serveUntil, waitForDebugger, waitForDisconnect };
