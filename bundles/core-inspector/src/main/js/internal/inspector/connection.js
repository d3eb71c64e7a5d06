'use strict';

// One client: takes its commands in their order and gives answers and events to `send`, as objects of the Chrome DevTools protocol.
// https://chromedevtools.github.io/devtools-protocol/v8/

const state = require('internal/inspector/state');

class ProtocolError extends Error {
  constructor(message, code = -32000, data = undefined) {
    super(message);
    this.protocolCode = code;
    this.data = data;
  }
}

// Which file has a domain: { commands: { name(connection, params) }, end(connection) }.
const files = {
  __proto__: null,
  Console: 'console_domain',
  Debugger: 'debugger_domain',
  DOMStorage: 'network_domain',
  HeapProfiler: 'heap_profiler_domain',
  IO: 'network_domain',
  Network: 'network_domain',
  NodeRuntime: 'node_domains',
  NodeTracing: 'node_domains',
  NodeWorker: 'node_worker_domain',
  Profiler: 'profiler_domain',
  Runtime: 'runtime_domain',
  Schema: 'node_domains',
  Storage: 'network_domain',
  Target: 'node_worker_domain',
};

function domainOf(name) {
  return files[name] === undefined ? undefined : require(`internal/inspector/${files[name]}`).domains[name];
}

class Connection {
  /** `blocks`: whether the program waits for this client where it is suspended. */
  constructor(send, blocks) {
    this.send = send;
    this.blocks = blocks;
    this.enabled = new Set();
    this.data = { __proto__: null }; // what domains keep for this client
    state.connections.add(this);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  /** A command as text. */
  receive(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.send({ error: { code: -32700, message: 'JSON: syntax error' } });
      return;
    }
    this.dispatch(message);
  }

  dispatch(message) {
    const { id, method, params, sessionId } = message ?? {};
    if (!Number.isInteger(id)) {
      this.send({ error: { code: -32600, message: "Message must have integer 'id' property" } });
      return;
    }
    if (typeof method !== 'string') {
      this.send({ id, error: { code: -32600, message: "Message must have string 'method' property" } });
      return;
    }
    if (sessionId !== undefined && require('internal/inspector/node_worker_domain').forward(this, message)) return;
    const answer = (result) => this.send({ id, result: result ?? {} });
    const fail = (error) => {
      if (!(error instanceof ProtocolError)) error = new ProtocolError(`${error?.message ?? error}`, error?.protocolCode);
      const { protocolCode: code, data } = error;
      this.send({ id, error: { code, message: error.message, ...(data !== undefined && { data }) } });
    };
    try {
      const result = this.run(method, params ?? {});
      // Only what says so answers later.
      if (result instanceof Later) result.promise.then(answer, fail);
      else answer(result);
      this.after?.();
    } catch (error) {
      fail(error);
    }
  }

  run(method, params) {
    const dot = method.indexOf('.');
    const domain = domainOf(method.slice(0, dot));
    const command = domain?.commands[method.slice(dot + 1)];
    if (command === undefined) throw new ProtocolError(`'${method}' wasn't found`, -32601);
    return command(this, params);
  }

  close() {
    if (!state.connections.delete(this)) return;
    for (const name of this.enabled) domainOf(name).end?.(this);
    this.enabled.clear();
    this.send = () => {};
  }
}

/** The answer of a command that is not there yet. */
class Later {
  constructor(promise) {
    this.promise = promise;
  }
}

/** Commands that turn a domain on and off. */
function switches(name, begin, end) {
  return {
    enable(connection, params) {
      if (connection.enabled.has(name)) return begin?.(connection, params, true);
      connection.enabled.add(name);
      return begin?.(connection, params, false);
    },
    disable(connection) {
      if (connection.enabled.delete(name)) end?.(connection);
    },
  };
}

/** Tells an event to all clients that have its domain enabled. */
function broadcast(domain, method, params) {
  for (const connection of [...state.connections]) {
    if (connection.enabled.has(domain)) connection.notify(`${domain}.${method}`, typeof params === 'function' ? params(connection) : params);
  }
}

function demandEnabled(connection, domain) {
  if (!connection.enabled.has(domain)) throw new ProtocolError(`${domain} agent is not enabled`);
}

function isEnabledAnywhere(domain) {
  for (const connection of state.connections) if (connection.enabled.has(domain)) return true;
  return false;
}

module.exports = { Connection, Later, ProtocolError, broadcast, demandEnabled, isEnabledAnywhere, switches };
