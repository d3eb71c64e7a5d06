'use strict';

const { Event } = require('internal/event_target');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');

const kPort = stateSymbol('worker_threads.port');
const kData = stateSymbol('worker_threads.messageEvent');

function wrong(what) {
  const error = new TypeError(`MessageEvent constructor: ${what}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function checkPort(value, name) {
  if (value?.[kPort] !== undefined) return;
  const shown = typeof value === 'object' && value !== null ? require('internal/util/inspect').inspect(value) : String(value);
  throw wrong(`Expected eventInitDict.${name} ("${shown}") to be an instance of MessagePort.`);
}

class MessageEvent extends Event {
  constructor(type, { data = null, origin = '', lastEventId = '', source = null, ports = [], ...init } = {}) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (source !== null && source !== undefined) checkPort(source, 'source');
    if (ports === null || typeof ports?.[Symbol.iterator] !== 'function') throw wrong(`eventInitDict.ports (${ports}) is not iterable.`);
    ports = [...ports];
    ports.forEach((port, index) => checkPort(port, `ports[${index}]`));
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
