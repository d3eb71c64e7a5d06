'use strict';

// The domains NodeWorker and Target: clients of this thread that speak to workers through it. Threads tell each other by their inboxes.

const { ProtocolError, switches } = require('internal/inspector/connection');
const threads = require('internal/inspector/threads');

/** A command whose `sessionId` says that it is for a worker. */
function forward(connection, { sessionId, ...message }) {
  const session = threads.sessionOf(connection, sessionId);
  if (session === undefined) return false;
  session.tell(JSON.stringify(message));
  return true;
}

function sessionOf(connection, id) {
  const session = threads.sessionOf(connection, id);
  if (session === undefined) throw new ProtocolError('Unknown session id', -32000);
  return session;
}

const domains = {
  NodeWorker: {
    commands: {
      ...switches('NodeWorker', (connection, { waitForDebuggerOnStart }) => {
        threads.watchWorkers(connection, { waits: Boolean(waitForDebuggerOnStart), kind: 'NodeWorker' });
      }, threads.unwatchWorkers),
      sendMessageToWorker(connection, { sessionId, message }) {
        sessionOf(connection, sessionId).tell(message);
      },
      detach(connection, { sessionId }) {
        sessionOf(connection, sessionId).close();
      },
    },
    end: threads.unwatchWorkers,
  },
  Target: {
    commands: {
      setAutoAttach(connection, { autoAttach, waitForDebuggerOnStart }) {
        if (autoAttach) threads.watchWorkers(connection, { waits: Boolean(waitForDebuggerOnStart), kind: 'Target' });
        else threads.unwatchWorkers(connection);
      },
      getTargets() {
        return { targetInfos: [] };
      },
    },
  },
};

module.exports = { domains, forward };
