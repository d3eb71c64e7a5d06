'use strict';

// The domain Debugger.

const state = require('internal/inspector/state');
const debug = require('internal/inspector/debugger');
const { ProtocolError, demandEnabled, switches } = require('internal/inspector/connection');

const { shared } = debug;

/** Commands that need the domain enabled. */
function enabled(commands) {
  for (const name of Object.keys(commands)) {
    const command = commands[name];
    commands[name] = (connection, params) => {
      demandEnabled(connection, 'Debugger');
      return command(connection, params);
    };
  }
  return commands;
}

function begin(connection, params, again) {
  const result = { debuggerId: `${process.pid}.${require('internal/runtime').threadId}` };
  if (again) return result;
  const isFirst = !shared.isTracking;
  debug.start();
  // Those that start the tracking are told by it.
  if (!isFirst) for (const script of shared.scripts.values()) connection.notify('Debugger.scriptParsed', debug.scriptEvent(script));
  debug.show(connection);
  return result;
}

function end(connection) {
  for (const [id, wish] of [...shared.wishes]) if (wish.connection === connection) debug.removeBreakpoint(id);
  if (shared.exceptions.delete(connection) && shared.isStarted) debug.applyExceptions();
  debug.stopIfUnused();
}

/** Which scripts a breakpoint is for, and how its identifier begins. */
function target({ url, urlRegex, scriptHash }) {
  if ([url, urlRegex, scriptHash].filter((each) => each !== undefined).length !== 1) {
    throw new ProtocolError('Either url or urlRegex or scriptHash must be specified.');
  }
  if (url !== undefined) return { kind: 1, text: url, matches: (script) => script.url === url || script.name === url };
  if (urlRegex !== undefined) {
    const pattern = new RegExp(urlRegex);
    return { kind: 2, text: urlRegex, matches: (script) => pattern.test(script.url) };
  }
  return { kind: 3, text: scriptHash, matches: () => false };
}

function addBreakpoint(connection, kind, text, matches, { lineNumber, columnNumber, condition }) {
  const id = `${kind}:${lineNumber}:${columnNumber ?? 0}:${text}`;
  for (const [known, other] of shared.wishes) {
    if (other.connection === connection && known === id) throw new ProtocolError('Breakpoint at specified location already exists.');
  }
  // Each client has its own at the same place.
  const own = shared.wishes.has(id) ? `${id}#${shared.wishes.size}` : id;
  const wish = { connection, matches, lineNumber, columnNumber, condition, points: [] };
  shared.wishes.set(own, wish);
  const locations = [];
  for (const script of shared.scripts.values()) {
    const location = matches(script) ? debug.place(own, wish, script) : undefined;
    if (location !== undefined) locations.push(location);
  }
  return { breakpointId: own, locations };
}

function frameIndex(callFrameId) {
  const index = Number(`${callFrameId}`.split('.')[2]);
  if (shared.paused === undefined) throw new ProtocolError('Can only perform operation while paused.');
  if (!(index < shared.paused.event.frames.length)) throw new ProtocolError('Could not find call frame with given id');
  return index;
}

function step(how) {
  return () => debug.goOn(how);
}

const commands = {
  ...switches('Debugger', begin, end),

  ...enabled({
    setBreakpointByUrl(connection, params) {
      if (!Number.isInteger(params.lineNumber)) throw new ProtocolError('Invalid parameters', -32602);
      const { kind, text, matches } = target(params);
      return addBreakpoint(connection, kind, text, matches, params);
    },

    setBreakpoint(connection, { location, condition }) {
      const script = debug.scriptOf(location.scriptId);
      const { breakpointId, locations } = addBreakpoint(connection, 4, location.scriptId, (each) => each === script, { ...location, condition });
      if (locations.length === 0) {
        debug.removeBreakpoint(breakpointId);
        throw new ProtocolError('Could not resolve breakpoint');
      }
      return { breakpointId, actualLocation: locations[0] };
    },

    removeBreakpoint(connection, { breakpointId }) {
      debug.removeBreakpoint(breakpointId);
    },

    getPossibleBreakpoints(connection, { start, end: last }) {
      const script = debug.scriptOf(start.scriptId);
      const isBefore = (line, column, place) => line < place.lineNumber || line === place.lineNumber && column < (place.columnNumber ?? 0);
      const locations = [];
      for (const [lineNumber, columnNumber] of state.engine().breakLocations(script.id)) {
        if (isBefore(lineNumber, columnNumber, start)) continue;
        if (last !== undefined && !isBefore(lineNumber, columnNumber, last)) break;
        locations.push({ scriptId: start.scriptId, lineNumber, columnNumber });
      }
      return { locations };
    },

    setBreakpointsActive(connection, { active }) {
      state.engine().setBreakpointsActive(active);
    },

    setSkipAllPauses(connection, { skip }) {
      shared.skipAll = skip;
    },

    setPauseOnExceptions(connection, { state: wish }) {
      if (!['none', 'caught', 'uncaught', 'all'].includes(wish)) throw new ProtocolError(`Unknown pause on exceptions mode: ${wish}`);
      shared.exceptions.set(connection, wish);
      debug.applyExceptions();
    },

    pause() {
      if (shared.paused === undefined) debug.pauseSoon('other');
    },

    resume: step('resume'),
    stepInto: step('into'),
    stepOver: step('over'),
    stepOut: step('out'),

    continueToLocation(connection, { location }) {
      const script = debug.scriptOf(location.scriptId);
      const { breakpointId } = addBreakpoint(connection, 5, location.scriptId, (each) => each === script, location);
      shared.once = breakpointId;
      debug.goOn('resume');
    },

    evaluateOnCallFrame(connection, params) {
      const { outcome } = require('internal/inspector/runtime_domain');
      const index = frameIndex(params.callFrameId);
      if (params.throwOnSideEffect) throw new ProtocolError('Side effects cannot be ruled out');
      return outcome(connection, params, () => state.engine().evaluateOnFrame(index, params.expression));
    },

    setVariableValue(connection, { scopeNumber, variableName, newValue, callFrameId }) {
      const { objectsOf } = require('internal/inspector/runtime_domain');
      const { argumentValue } = require('internal/inspector/remote_objects');
      state.engine().setVariable(frameIndex(callFrameId), scopeNumber, variableName, argumentValue(objectsOf(connection), newValue));
    },

    getScriptSource(connection, { scriptId }) {
      debug.scriptOf(scriptId);
      return { scriptSource: state.engine().scriptSource(Number(scriptId)) };
    },

    searchInContent(connection, { scriptId, query, caseSensitive, isRegex }) {
      debug.scriptOf(scriptId);
      const pattern = new RegExp(isRegex ? query : query.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'), caseSensitive ? '' : 'i');
      const lines = state.engine().scriptSource(Number(scriptId)).split(/\r?\n/);
      return { result: lines.flatMap((lineContent, lineNumber) => (pattern.test(lineContent) ? [{ lineNumber, lineContent }] : [])) };
    },

    setScriptSource() {
      throw new ProtocolError('Scripts cannot be changed while they run; see hot swapping of core modules and --watch');
    },

    restartFrame() {
      throw new ProtocolError('Frames cannot be restarted');
    },

    getStackTrace() {
      throw new ProtocolError('Stack trace with given id is not found');
    },

    setReturnValue() {
      throw new ProtocolError('Could not find top call frame');
    },
  }),

  // Taken without effect: frames of core modules are never shown, and asynchronous ones not kept.
  setAsyncCallStackDepth() {},
  setBlackboxPatterns() {},
  setBlackboxedRanges() {},
  setBlackboxExecutionContexts() {},
  setInstrumentationBreakpoint() {
    throw new ProtocolError('Instrumentation breakpoints are not supported');
  },
};

module.exports = { domains: { Debugger: { commands, end } } };
