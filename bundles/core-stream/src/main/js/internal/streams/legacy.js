'use strict';

const EventEmitter = require('events');

/** The base of all streams, and for itself a stream of the oldest kind: 'data' events and `pipe`, no state. */
function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

/** Adds a listener before all that are there. */
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') return emitter.prependListener(event, listener);
  // An emitter of another implementation, without the method.
  const listeners = emitter._events?.[event];
  if (!listeners) emitter.on(event, listener);
  else if (Array.isArray(listeners)) listeners.unshift(listener);
  else emitter._events[event] = [listener, listeners];
  return emitter;
}

Stream.prototype.pipe = function pipe(destination, options) {
  const source = this;
  let ended = false;

  function onData(chunk) {
    if (destination.writable && destination.write(chunk) === false && source.pause) source.pause();
  }

  function onDrain() {
    if (source.readable && source.resume) source.resume();
  }

  function onEnd() {
    if (ended) return;
    ended = true;
    destination.end();
  }

  function onClose() {
    if (ended) return;
    ended = true;
    if (typeof destination.destroy === 'function') destination.destroy();
  }

  function onError(error) {
    cleanup();
    // Nobody else listens: let it surface as it would without the pipe.
    if (EventEmitter.prototype.listenerCount.call(this, 'error') === 0) this.emit('error', error);
  }

  function cleanup() {
    source.removeListener('data', onData);
    destination.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    destination.removeListener('error', onError);
    source.removeListener('end', cleanup);
    source.removeListener('close', cleanup);
    destination.removeListener('close', cleanup);
  }

  source.on('data', onData);
  destination.on('drain', onDrain);
  if (!destination._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  prependListener(source, 'error', onError);
  prependListener(destination, 'error', onError);
  source.on('end', cleanup);
  source.on('close', cleanup);
  destination.on('close', cleanup);
  destination.emit('pipe', source);
  return destination;
};

Stream.prototype.eventNames = function eventNames() {
  // Streams are made with a fixed set of event slots, most of them empty.
  const names = [];
  for (const name of Reflect.ownKeys(this._events)) {
    const listeners = this._events[name];
    if (typeof listeners === 'function' || (Array.isArray(listeners) && listeners.length > 0)) names.push(name);
  }
  return names;
};

module.exports = { Stream, prependListener };
