'use strict';

// The stack of the suspended program as a client sees it.

const state = require('internal/inspector/state');
const { LazyObject, remoteObject } = require('internal/inspector/remote_objects');
const { urlOf } = require('internal/inspector/urls');

function location(scriptId, lineNumber, columnNumber) {
  return { scriptId: `${scriptId}`, lineNumber, columnNumber };
}

function lazyScope(objects, make) {
  return { type: 'object', className: 'Object', description: 'Object', objectId: objects.register(new LazyObject(make), 'backtrace') };
}

/** The scopes of a frame from the inside out; the last two are those of all scripts. */
function scopeChainOf(objects, frame, index) {
  const engine = state.engine();
  const chain = [];
  let isOwn = true;
  frame.scopes.forEach((scope, place) => {
    let type = 'closure';
    if (isOwn) {
      type = scope.isBlock ? scope.name === 'catch' ? 'catch' : 'block' : 'local';
      if (type === 'local') isOwn = false;
    } else if (scope.isBlock) {
      type = 'block';
    }
    if (scope.size === 0 && type !== 'local') return;
    const described = { type, object: lazyScope(objects, () => engine.variables(index, place)) };
    if (type === 'local' || type === 'closure') described.name = type === 'local' ? frame.functionName : scope.name.replace(/^:.*/, '');
    if (scope.startLine !== undefined) {
      described.startLocation = location(scope.script, scope.startLine, scope.startColumn);
      described.endLocation = location(scope.script, scope.endLine, scope.endColumn);
    }
    chain.push(described);
  });
  if (Reflect.ownKeys(engine.scriptScope()).length > 0) {
    chain.push({ type: 'script', object: remoteObject(objects, engine.scriptScope(), { group: 'backtrace' }) });
  }
  chain.push({ type: 'global', object: remoteObject(objects, globalThis, { group: 'backtrace' }) });
  return chain;
}

function framesOf(connection, frames) {
  const { objectsOf } = require('internal/inspector/runtime_domain');
  const { shared } = require('internal/inspector/debugger');
  const objects = objectsOf(connection);
  return frames.map((frame, index) => ({
    callFrameId: `1.1.${index}`,
    functionName: frame.functionName,
    ...(frame.functionScript !== undefined && { functionLocation: location(frame.functionScript, frame.functionLine, frame.functionColumn) }),
    location: location(frame.Script, frame.Line, frame.Column),
    url: urlOf(shared.scripts.get(frame.Script)?.name ?? ''),
    scopeChain: scopeChainOf(objects, frame, index),
    this: remoteObject(objects, frame.receiver, { group: 'backtrace' }),
    canBeRestarted: false,
  }));
}

module.exports = { framesOf };
