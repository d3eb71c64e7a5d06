'use strict';

// What a worker and the thread that started it tell each other on their own channel.

module.exports = {
  ONLINE: 'online',
  FAILED: 'failed',
  UNSERIALIZABLE: 'unserializable',
  OUTPUT: 'output',
  WANT_OUTPUT: 'want-output',
};
