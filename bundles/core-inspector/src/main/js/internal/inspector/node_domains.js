'use strict';

// Domains of Node.js itself: the states of the process, and tracing, which there is none of.

const { ProtocolError, switches } = require('internal/inspector/connection');
const state = require('internal/inspector/state');

const domains = {
  NodeRuntime: {
    commands: {
      ...switches('NodeRuntime', (connection) => {
        if (state.waiting) connection.notify('NodeRuntime.waitingForDebugger', {});
      }),
      notifyWhenWaitingForDisconnect(connection, { enabled }) {
        connection.data.wantsDisconnect = Boolean(enabled);
      },
    },
  },
  NodeTracing: {
    commands: {
      getCategories() {
        return { categories: [] };
      },
      start() {
        throw new ProtocolError('Tracing is not supported');
      },
      stop() {},
    },
  },
  Schema: {
    commands: {
      getDomains() {
        const { DOMAINS } = require('internal/inspector/protocol');
        return { domains: Object.keys(DOMAINS).map((name) => ({ name, version: '1.3' })) };
      },
    },
  },
};

module.exports = { domains };
