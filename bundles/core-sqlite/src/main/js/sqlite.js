'use strict';

const { DatabaseSync } = require('internal/sqlite/database');
const { StatementSync } = require('internal/sqlite/statement');
const { Session } = require('internal/sqlite/session');
const { constants } = require('internal/sqlite/constants');
const { backup } = require('internal/sqlite/backup');

module.exports = { DatabaseSync, StatementSync, Session, constants, backup };
