'use strict';

// Clients in one thread of a program in another: a session of a worker with the main thread, or of a client of ours with a worker.

const runtime = require('internal/runtime');
const state = require('internal/inspector/state');
const { Connection } = require('internal/inspector/connection');
const { sharedState } = require('internal/symbols');

const shared = sharedState('inspector.threads', () => ({
  last: 0,
  own: new Map(), // sessions that this thread has with others, by their names
  guests: new Map(), // connections of others here, by `thread/name`
  workers: new Map(), // that have told of themselves: thread -> { title, url, isWaiting }
}));

/** What the parent of a worker tells it when it starts; undefined while nobody asks for workers. */
const wishes = sharedState('inspector.workers', () => ({ mode: undefined, connections: new Map() }));

/** A session with another thread; `heard` gets what that sends. */
class RemoteSession {
  constructor(thread, heard) {
    this.thread = thread;
    this.heard = heard;
    this.name = `${++shared.last}`;
    this.sender = `${runtime.threadId}/${this.name}`;
    shared.own.set(this.name, this);
    this.isOpen = state.native(binding).tell(thread, 'remote-open', this.sender, '');
  }

  tell(text) {
    state.native(binding).tell(this.thread, 'remote-message', this.sender, text);
  }

  close() {
    if (!shared.own.delete(this.name)) return;
    state.native(binding).tell(this.thread, 'remote-close', this.sender, '');
  }
}

function handle(kind, sender, text) {
  switch (kind) {
    case 'remote-open': {
      const [thread, name] = sender.split('/');
      const send = (message) => state.native(binding).tell(Number(thread), 'remote-answer', name, JSON.stringify(message));
      shared.guests.set(sender, new Connection(send, true));
      break;
    }
    case 'remote-message':
      shared.guests.get(sender)?.receive(text);
      break;
    case 'remote-close':
      shared.guests.get(sender)?.close();
      shared.guests.delete(sender);
      break;
    case 'remote-answer':
      shared.own.get(sender)?.heard(text);
      break;
    case 'worker-started':
      shared.workers.set(Number(sender), JSON.parse(text));
      for (const [connection, wish] of wishes.connections) attach(connection, wish, Number(sender));
      break;
    case 'worker-ended':
      workerEnded(Number(sender));
      break;
  }
}

// Workers, as their parent's clients see them.

function sessionsOf(connection) {
  return connection.data.workers ??= new Map();
}

function sessionOf(connection, id) {
  return sessionsOf(connection).get(id);
}

function attach(connection, { waits, kind }, thread) {
  const { title, url, isWaiting } = shared.workers.get(thread);
  const id = `${thread}`;
  if (sessionsOf(connection).has(id)) return;
  const heard = (message) => {
    if (kind === 'NodeWorker') connection.notify('NodeWorker.receivedMessageFromWorker', { sessionId: id, message });
    else connection.send({ ...JSON.parse(message), sessionId: id });
  };
  const session = new RemoteSession(thread, heard);
  if (!session.isOpen) return;
  sessionsOf(connection).set(id, session);
  if (kind === 'NodeWorker') {
    connection.notify('NodeWorker.attachedToWorker', {
      sessionId: id, workerInfo: { workerId: id, type: 'worker', title, url }, waitingForDebugger: isWaiting && waits,
    });
    return;
  }
  const targetInfo = { targetId: id, type: 'node_worker', title, url, attached: true, canAccessOpener: true };
  connection.notify('Target.targetCreated', { targetInfo });
  connection.notify('Target.attachedToTarget', { sessionId: id, targetInfo, waitingForDebugger: isWaiting && waits });
}

function workerEnded(thread) {
  shared.workers.delete(thread);
  const id = `${thread}`;
  for (const [connection, { kind }] of wishes.connections) {
    const session = sessionsOf(connection).get(id);
    if (session === undefined) continue;
    sessionsOf(connection).delete(id);
    shared.own.delete(session.name);
    if (kind === 'NodeWorker') connection.notify('NodeWorker.detachedFromWorker', { sessionId: id });
    else connection.notify('Target.detachedFromTarget', { sessionId: id, targetId: id });
  }
}

function updateMode() {
  let mode;
  for (const { waits } of wishes.connections.values()) mode = { waits: mode?.waits || waits };
  wishes.mode = mode;
}

/** Tells a client of all workers, those that run already and those to come. */
function watchWorkers(connection, wish) {
  wishes.connections.set(connection, wish);
  updateMode();
  require('worker_threads'); // where workers are started
  sharedState('worker_threads.running')?.inspect?.({ waits: false });
  for (const thread of shared.workers.keys()) attach(connection, wish, thread);
}

function unwatchWorkers(connection) {
  wishes.connections.delete(connection);
  updateMode();
  for (const session of sessionsOf(connection).values()) session.close();
  sessionsOf(connection).clear();
}

/** In a worker whose parent has clients that want to know of it. */
function begin({ waits }) {
  const url = process.argv[1]?.startsWith('/') ? require('url').pathToFileURL(process.argv[1]).href : `${process.argv[1]}`;
  const info = { title: `[worker ${runtime.threadId}] ${require('worker_threads').threadName ?? ''}`.trim(), url, isWaiting: waits };
  state.native(binding).enter();
  state.native(binding).receive(() => runtime.requireBuiltin('internal/inspector/main').receive());
  runtime.isInspectorLoaded = true;
  state.native(binding).tell(0, 'worker-started', `${runtime.threadId}`, JSON.stringify(info));
  if (!waits) return;
  require('internal/inspector/waiting').waitForDebugger();
  if (state.connections.size > 0) require('internal/inspector/debugger').pauseSoon('Break on start');
}

function end() {
  require('internal/inspector/runtime_domain').contextDestroyed();
  state.native(binding).tell(0, 'worker-ended', `${runtime.threadId}`, '');
  state.native(binding).leave();
}

module.exports = { RemoteSession, begin, end, handle, sessionOf, unwatchWorkers, watchWorkers };
