'use strict';

const { Event } = require('internal/event_target');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');

const kData = stateSymbol('worker_threads.messageEvent');

class MessageEvent extends Event {
  constructor(type, { data = null, origin = '', lastEventId = '', source = null, ports = [], ...init } = {}) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, init);
    Object.defineProperty(this, kData, { __proto__: null, value: { data, origin: `${origin}`, lastEventId: `${lastEventId}`, source, ports } });
  }
}
for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports']) {
  const { get } = Object.getOwnPropertyDescriptor({
    get [name]() {
      if (this?.[kData] === undefined) throw new codes.ERR_INVALID_THIS('MessageEvent');
      return this[kData][name];
    },
  }, name);
  Object.defineProperty(MessageEvent.prototype, name, { __proto__: null, get, enumerable: true, configurable: true });
}

module.exports = { MessageEvent };
