'use strict';

/** MessageEvent is one class, also for message ports and for those who never open a web socket. */
function share(exports) {
  const { MessageEvent } = require('worker_threads');
  exports.MessageEvent = MessageEvent;
  exports.createFastMessageEvent = (type, init) => new MessageEvent(type, init);
}

module.exports = { share };
