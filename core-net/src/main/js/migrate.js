'use strict';

// Runs when this revision has become the current one: it goes on with the sockets that listen. Connections stay with the
// handle that accepted them.

const { adopt, listening } = require('internal/net/server');

for (const server of listening) adopt(server);
binding.suspend(false);
