'use strict';

// The domain Runtime: evaluates, calls, and tells what the console is told.

const runtime = require('internal/runtime');
const state = require('internal/inspector/state');
const { Later, ProtocolError, isEnabledAnywhere, switches } = require('internal/inspector/connection');
const { RemoteObjects, argumentValue, internalPropertiesOf, propertiesOf, remoteObject } = require('internal/inspector/remote_objects');
const { urlOf } = require('internal/inspector/urls');

const CONTEXT = 1;
const EVALUATED = 'nodule:evaluated';

function objectsOf(connection) {
  return connection.data.objects ??= new RemoteObjects();
}

function contextDescription() {
  const name = runtime.threadId === 0 ? `${process.argv0}[${process.pid}]` : `${process.argv0}[${process.pid}]-worker-${runtime.threadId}`;
  return { id: CONTEXT, origin: '', name, uniqueId: `${process.pid}.${runtime.threadId}.1`, auxData: { isDefault: true } };
}

let lastException = 0;

function stackTraceOf(frames) {
  return {
    callFrames: frames.map(([functionName, script, name, lineNumber, columnNumber]) => (
      { functionName, scriptId: `${script}`, url: urlOf(name), lineNumber, columnNumber })),
  };
}

/** The frames of the program that runs now. */
function currentTrace() {
  return stackTraceOf(state.engine().stackTrace(200));
}

function exceptionDetails(objects, error, wishes, text = 'Uncaught') {
  const place = runtime.locate(error);
  const trace = state.engine().errorTrace(error).filter(([, , name]) => name !== EVALUATED);
  return {
    exceptionId: ++lastException,
    text,
    lineNumber: place === undefined ? 0 : place.line - 1,
    columnNumber: place === undefined ? 0 : place.column - 1,
    ...(place !== undefined && place.file !== EVALUATED && { url: urlOf(place.file) }),
    ...(trace.length > 0 && { stackTrace: stackTraceOf(trace) }),
    exception: remoteObject(objects, error, { ...wishes, byValue: false }),
  };
}

/** The answer of whatever ran code: `run` gives the value or throws the program's own exception. */
function outcome(connection, params, run) {
  const objects = objectsOf(connection);
  const wishes = { group: params.objectGroup, preview: params.generatePreview, byValue: params.returnByValue };
  let value;
  try {
    value = run();
  } catch (error) {
    if (error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new ProtocolError('Execution was terminated');
    return { result: remoteObject(objects, error, { group: wishes.group }), exceptionDetails: exceptionDetails(objects, error, wishes) };
  }
  if (!params.awaitPromise || !runtime.types.isPromise(value)) return { result: remoteObject(objects, value, wishes) };
  return new Later(value.then(
    (result) => ({ result: remoteObject(objects, result, wishes) }),
    (error) => ({
      result: remoteObject(objects, error, { group: wishes.group }),
      exceptionDetails: exceptionDetails(objects, error, wishes, 'Uncaught (in promise)'),
    })));
}

/** What the command line of a console knows besides the globals; gone again afterwards. */
function withCommandLine(isWanted, run) {
  const added = [];
  if (isWanted) {
    const { createRequire } = require('module');
    const names = { require: createRequire(`${process.cwd()}/`) };
    for (const name of Object.keys(names)) {
      if (name in globalThis) continue;
      Object.defineProperty(globalThis, name, { __proto__: null, value: names[name], writable: true, enumerable: false, configurable: true });
      added.push(name);
    }
  }
  try {
    return run();
  } finally {
    for (const name of added) delete globalThis[name];
  }
}

function evaluateGlobally({ expression, timeout }) {
  // An object literal where a console is read.
  const code = /^\s*\{.*\}\s*$/s.test(expression) && isExpression(`(${expression})`) ? `(${expression})` : expression;
  const script = runtime.vm.compileScript(code, EVALUATED, 0, 0, undefined);
  return runtime.vm.runScript(script, undefined, timeout === undefined ? 0 : Math.max(1, timeout));
}

function isExpression(code) {
  try {
    runtime.vm.compileScript(code, EVALUATED, 0, 0, undefined);
    return true;
  } catch {
    return false;
  }
}

const commands = {
  ...switches('Runtime', (connection, params, again) => {
    if (again) return;
    require('internal/inspector/console_hook').watch();
    connection.notify('Runtime.executionContextCreated', { context: contextDescription() });
    require('internal/inspector/console_hook').replay(connection);
  }, () => {
    if (!isEnabledAnywhere('Runtime')) require('internal/inspector/console_hook').unwatch();
  }),

  evaluate(connection, params) {
    if (typeof params.expression !== 'string') throw new ProtocolError('Invalid parameters', -32602, 'Failed to deserialize params.expression');
    if (params.contextId !== undefined && params.contextId !== CONTEXT) throw new ProtocolError('Cannot find context with specified id');
    if (params.throwOnSideEffect) return sideEffect(connection);
    return outcome(connection, params, () => withCommandLine(params.includeCommandLineAPI, () => evaluateGlobally(params)));
  },

  callFunctionOn(connection, params) {
    const objects = objectsOf(connection);
    if (params.throwOnSideEffect) return sideEffect(connection);
    const receiver = params.objectId === undefined ? undefined : objects.get(params.objectId);
    const group = params.objectGroup ?? (params.objectId === undefined ? '' : objects.entry(params.objectId).group);
    const values = (params.arguments ?? []).map((argument) => argumentValue(objects, argument));
    return outcome(connection, { ...params, objectGroup: group }, () => (
      Reflect.apply(evaluateGlobally({ expression: `(${params.functionDeclaration}\n)` }), receiver ?? globalThis, values)));
  },

  getProperties(connection, params) {
    const objects = objectsOf(connection);
    const { group } = objects.entry(params.objectId);
    const object = objects.get(params.objectId);
    if (typeof object === 'symbol') return { result: [], internalProperties: [] };
    const result = { result: propertiesOf(objects, object, params, group) };
    if (!params.accessorPropertiesOnly) result.internalProperties = internalPropertiesOf(objects, object, group);
    return result;
  },

  awaitPromise(connection, params) {
    const promise = objectsOf(connection).get(params.promiseObjectId);
    if (!runtime.types.isPromise(promise)) throw new ProtocolError('Could not find promise with given id');
    return outcome(connection, { ...params, awaitPromise: true }, () => promise);
  },

  releaseObject(connection, { objectId }) {
    objectsOf(connection).release(objectId);
  },

  releaseObjectGroup(connection, { objectGroup }) {
    objectsOf(connection).releaseGroup(objectGroup);
  },

  compileScript(connection, { expression, sourceURL = '', persistScript }) {
    try {
      const script = runtime.vm.compileScript(expression, sourceURL || EVALUATED, 0, 0, undefined);
      if (!persistScript) return {};
      const scripts = connection.data.compiled ??= new Map();
      const scriptId = `compiled.${scripts.size + 1}`;
      scripts.set(scriptId, script);
      return { scriptId };
    } catch (error) {
      return { exceptionDetails: exceptionDetails(objectsOf(connection), error, {}) };
    }
  },

  runScript(connection, params) {
    const script = connection.data.compiled?.get(params.scriptId);
    if (script === undefined) throw new ProtocolError('No script with given id');
    return outcome(connection, params, () => withCommandLine(params.includeCommandLineAPI, () => runtime.vm.runScript(script, undefined, 0)));
  },

  globalLexicalScopeNames() {
    return { names: Reflect.ownKeys(state.engine().scriptScope()).filter((name) => typeof name === 'string') };
  },

  queryObjects() {
    throw new ProtocolError('Runtime.queryObjects is not supported');
  },

  getHeapUsage() {
    const { heapUsed: usedSize, heapTotal: totalSize } = process.memoryUsage();
    return { usedSize, totalSize, embedderHeapUsedSize: 0, backingStorageSize: 0 };
  },

  getIsolateId() {
    return { id: `${process.pid}.${runtime.threadId}` };
  },

  getExceptionDetails(connection, { errorObjectId }) {
    const objects = objectsOf(connection);
    return { exceptionDetails: exceptionDetails(objects, objects.get(errorObjectId), {}) };
  },

  runIfWaitingForDebugger() {
    require('internal/inspector/waiting').goOn();
  },

  discardConsoleEntries() {
    require('internal/inspector/console_hook').forget();
  },
  setAsyncCallStackDepth() {},
  setMaxCallStackSizeToCapture() {},
  setCustomObjectFormatterEnabled() {},

  addBinding(connection, { name }) {
    const bindings = connection.data.bindings ??= new Set();
    bindings.add(name);
    globalThis[name] = (payload) => {
      if (bindings.has(name)) connection.notify('Runtime.bindingCalled', { name, payload: `${payload}`, executionContextId: CONTEXT });
    };
  },

  removeBinding(connection, { name }) {
    connection.data.bindings?.delete(name);
  },

  terminateExecution() {
    throw new ProtocolError('Runtime.terminateExecution is not supported');
  },
};

/** Whether code changes something is not known before it runs. */
function sideEffect(connection) {
  const error = new EvalError('Possible side-effect in debug-evaluate');
  const objects = objectsOf(connection);
  return { result: remoteObject(objects, error), exceptionDetails: exceptionDetails(objects, error, {}) };
}

/** What a call of the console is for one client. */
function consoleEvent(connection, type, args, stackTrace) {
  const objects = objectsOf(connection);
  const preview = connection.data.previews !== false;
  return {
    type,
    args: args.map((value) => remoteObject(objects, value, { group: 'console', preview })),
    executionContextId: CONTEXT,
    timestamp: Date.now(),
    stackTrace,
  };
}

/** The program ends; clients that stay may still ask. */
function contextDestroyed() {
  for (const connection of [...state.connections]) {
    if (connection.enabled.has('Runtime') && !connection.data.wantsDisconnect) {
      connection.notify('Runtime.executionContextDestroyed', { executionContextId: CONTEXT, executionContextUniqueId: contextDescription().uniqueId });
    }
  }
}

const domains = {
  Runtime: {
    commands,
    end(connection) {
      connection.data.bindings?.clear();
      if (!isEnabledAnywhere('Runtime')) require('internal/inspector/console_hook').unwatch();
    },
  },
};

module.exports = { CONTEXT, EVALUATED, consoleEvent, contextDestroyed, currentTrace, domains, exceptionDetails, objectsOf, outcome, stackTraceOf };
