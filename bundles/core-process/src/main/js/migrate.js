'use strict';

// What earlier revisions were asked for comes to this one.

const { sharedState } = require('internal/symbols');

require('internal/process/setup').connect();
for (const [state, id] of [['process.env', 'env'], ['process.signals', 'signals'], ['process.stdio', 'stdio']]) {
  if (sharedState(state) !== undefined) require(`internal/process/${id}`).connect();
}
