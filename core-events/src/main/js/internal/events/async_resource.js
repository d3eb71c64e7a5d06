'use strict';

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { validateString } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');

const kAsyncResource = stateSymbol('events.kAsyncResource');
const kEventEmitter = stateSymbol('events.kEventEmitter');

function hidden(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, configurable: true, writable: true });
}

class EventEmitterReferencingAsyncResource extends AsyncResource {
  constructor(emitter, type, options) {
    super(type, options);
    hidden(this, kEventEmitter, emitter);
  }

  get eventEmitter() {
    return this[kEventEmitter];
  }
}

/** An emitter whose listeners run in the asynchronous context of its own resource. */
class EventEmitterAsyncResource extends EventEmitter {
  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) validateString(options?.name, 'options.name');
      name = options?.name || new.target.name;
    }
    super(options);
    hidden(this, kAsyncResource, new EventEmitterReferencingAsyncResource(this, name, options));
  }

  emit(event, ...args) {
    return resourceOf(this).runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    resourceOf(this).emitDestroy();
  }

  get asyncId() {
    return resourceOf(this).asyncId();
  }

  get triggerAsyncId() {
    return resourceOf(this).triggerAsyncId();
  }

  get asyncResource() {
    return resourceOf(this);
  }
}

function resourceOf(emitter) {
  const resource = emitter[kAsyncResource];
  if (resource === undefined) {
    throw new TypeError('Cannot read private member #asyncResource from an object whose class did not declare it');
  }
  return resource;
}

module.exports = EventEmitterAsyncResource;
