'use strict';

// The domain Console, which clients had before Runtime told the same.

const { switches } = require('internal/inspector/connection');

const LEVELS = { __proto__: null, error: 'error', assert: 'error', warning: 'warning', debug: 'debug', info: 'info' };

function tell(connection, type, args) {
  const text = args.map((value) => (typeof value === 'string' ? value : require('util').inspect(value))).join(' ');
  connection.notify('Console.messageAdded', { message: { source: 'console-api', level: LEVELS[type] ?? 'log', text } });
}

const domains = {
  Console: {
    commands: {
      ...switches('Console', () => require('internal/inspector/console_hook').watch()),
      clearMessages() {},
    },
  },
};

module.exports = { domains, tell };
