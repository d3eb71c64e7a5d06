'use strict';

// While a client wants to know, the methods of the console tell it before they do their work.

const state = require('internal/inspector/state');
const { sharedState } = require('internal/symbols');

// The methods, and what a client calls them.
const TYPES = {
  __proto__: null,
  assert: 'assert', clear: 'clear', count: 'count', debug: 'debug', dir: 'dir', dirxml: 'dirxml', error: 'error', group: 'startGroup',
  groupCollapsed: 'startGroupCollapsed', groupEnd: 'endGroup', info: 'info', log: 'log', table: 'table', timeEnd: 'timeEnd', timeLog: 'log',
  trace: 'trace', warn: 'warning',
};

const hook = sharedState('inspector.console', () => ({ originals: undefined, tell: undefined, counts: new Map(), history: [] }));

const LONGEST_HISTORY = 1000; // as V8

/** Tells all clients of a call; `args` are what it was called with. */
function tell(type, args) {
  const { consoleEvent, currentTrace } = require('internal/inspector/runtime_domain');
  let trace;
  if (state.server !== undefined) {
    trace = currentTrace();
    hook.history.push({ type, args, trace, timestamp: Date.now() });
    if (hook.history.length > LONGEST_HISTORY) hook.history.shift();
  }
  for (const connection of [...state.connections]) {
    if (connection.enabled.has('Runtime')) {
      trace ??= currentTrace();
      connection.notify('Runtime.consoleAPICalled', consoleEvent(connection, type, args, trace));
    }
    if (connection.enabled.has('Console')) require('internal/inspector/console_domain').tell(connection, type, args);
  }
}

hook.tell = tell;

/** Tells a client that came later what was said since the server is open. */
function replay(connection) {
  const { consoleEvent } = require('internal/inspector/runtime_domain');
  for (const { type, args, trace, timestamp } of hook.history) {
    connection.notify('Runtime.consoleAPICalled', { ...consoleEvent(connection, type, args, trace), timestamp });
  }
}

/** What the call of a method says; undefined if it says nothing. */
function said(name, args) {
  switch (name) {
    case 'assert':
      return args[0] ? undefined : args.length > 1 ? args.slice(1) : ['console.assert'];
    case 'count': {
      const label = `${args[0] ?? 'default'}`;
      hook.counts.set(label, (hook.counts.get(label) ?? 0) + 1);
      return [`${label}: ${hook.counts.get(label)}`];
    }
    case 'timeEnd':
    case 'timeLog':
      return [`${args[0] ?? 'default'}`, ...args.slice(1)];
    case 'clear':
      return ['console.clear'];
    case 'trace':
    case 'groupEnd':
      return args.length === 0 ? [`console.${name}`] : args;
    default:
      return args;
  }
}

function watch() {
  if (hook.originals !== undefined) return;
  const { console } = globalThis;
  hook.originals = { __proto__: null };
  for (const name of Object.keys(TYPES)) {
    const original = console[name];
    if (typeof original !== 'function') continue;
    const told = function(...args) {
      const values = said(name, args);
      if (values !== undefined) hook.tell(TYPES[name], values);
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(told, 'name', { __proto__: null, value: name, configurable: true });
    Object.defineProperty(told, 'length', { __proto__: null, value: 0, configurable: true });
    hook.originals[name] = { original, told };
    console[name] = told;
  }
}

function unwatch() {
  if (hook.originals === undefined || state.server !== undefined) return;
  hook.history.length = 0;
  for (const name of Object.keys(hook.originals)) {
    const { original, told } = hook.originals[name];
    // Unless the program has put its own there.
    if (globalThis.console[name] === told) globalThis.console[name] = original;
  }
  hook.originals = undefined;
}

function forget() {
  hook.history.length = 0;
}

module.exports = { TYPES, forget, replay, said, tell, unwatch, watch };
