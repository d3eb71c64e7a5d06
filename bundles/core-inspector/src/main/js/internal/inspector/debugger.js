'use strict';

// The debugger of this realm, which all clients share: scripts, breakpoints, and the program while it is suspended.

const state = require('internal/inspector/state');
const { ProtocolError, broadcast, isEnabledAnywhere } = require('internal/inspector/connection');
const { urlOf } = require('internal/inspector/urls');
const { sharedState } = require('internal/symbols');

const shared = sharedState('inspector.debugger', () => ({
  scripts: new Map(), // by number: { id, url, ... }
  isTracking: false,
  isStarted: false,
  wishes: new Map(), // breakpoints by URL: identifier -> { connection, matches, lineNumber, columnNumber, condition, points }
  points: new Map(), // the engine's numbers -> identifiers
  paused: undefined, // while suspended: { event, next }
  reason: undefined, // why the next statement is one to pause at
  data: undefined,
  once: undefined, // a breakpoint that is removed at the next pause
  skipAll: false,
  exceptions: new Map(), // by connection
  scriptListener: undefined,
  pausedListener: undefined,
}));

const CONTEXT = 1;

function scriptEvent(script) {
  return {
    scriptId: `${script.id}`,
    url: script.url,
    startLine: 0,
    startColumn: 0,
    endLine: script.endLine,
    endColumn: script.endColumn,
    executionContextId: CONTEXT,
    hash: '',
    buildId: '',
    executionContextAuxData: { isDefault: true },
    isLiveEdit: false,
    sourceMapURL: script.sourceMapURL,
    hasSourceURL: script.hasSourceURL,
    isModule: script.isModule,
    length: script.length,
    scriptLanguage: 'JavaScript',
    embedderName: script.name,
  };
}

/** What the last lines of a script say of where it comes from. */
function magicComments(source) {
  const tail = source.slice(-5_000_000);
  const found = { sourceMapURL: '', hasSourceURL: false };
  for (const [, name, value] of tail.matchAll(/^[ \t]*\/\/[#@][ \t](sourceMappingURL|sourceURL)=[ \t]*([^\s'"]*)[ \t]*$/gm)) {
    if (name === 'sourceURL') found.hasSourceURL = true;
    else found.sourceMapURL = value;
  }
  return found;
}

function loaded(known) {
  const source = state.engine().scriptSource(known.id) ?? '';
  const script = { ...known, url: urlOf(known.name), ...(source.includes('//# source') || source.includes('//@ source')
    ? magicComments(source) : { sourceMapURL: '', hasSourceURL: false }) };
  // Types were taken out of it: what is there now is not what was written.
  if (/\.[cm]?ts$/.test(script.url)) script.hasSourceURL = true;
  shared.scripts.set(known.id, script);
  broadcast('Debugger', 'scriptParsed', scriptEvent(script));
  for (const [id, wish] of shared.wishes) {
    const point = wish.matches(script) ? place(id, wish, script) : undefined;
    if (point !== undefined) wish.connection.notify('Debugger.breakpointResolved', { breakpointId: id, location: point });
  }
}

function track() {
  shared.scriptListener = loaded;
  if (shared.isTracking) return;
  shared.isTracking = true;
  state.engine().trackScripts((script) => shared.scriptListener(script));
}

function start() {
  track();
  shared.pausedListener = paused;
  if (shared.isStarted) return;
  shared.isStarted = true;
  state.engine().start((event) => shared.pausedListener(event));
}

function stopIfUnused() {
  if (!shared.isStarted || isEnabledAnywhere('Debugger') || shared.reason !== undefined) return;
  shared.isStarted = false;
  state.engine().stop();
}

/** Sets a breakpoint of the engine; gives its location. */
function place(id, wish, script) {
  const point = state.engine().setBreakpoint(script.id, wish.lineNumber, wish.columnNumber ?? 0, wish.condition ?? '');
  if (point === undefined) return undefined;
  const [number, lineNumber, columnNumber] = point;
  shared.points.set(number, id);
  wish.points.push(number);
  return { scriptId: `${script.id}`, lineNumber, columnNumber };
}

function removeBreakpoint(id) {
  const wish = shared.wishes.get(id);
  if (wish === undefined) return;
  shared.wishes.delete(id);
  for (const number of wish.points) {
    shared.points.delete(number);
    state.engine().removeBreakpoint(number);
  }
}

function scriptOf(scriptId) {
  const script = shared.scripts.get(Number(scriptId));
  if (script === undefined) throw new ProtocolError('No script for id: ' + scriptId);
  return script;
}

/** Pauses at the next statement of the program. */
function pauseSoon(reason, data) {
  start();
  shared.reason = reason;
  shared.data = data;
  state.engine().pause();
}

function reasonOf(event) {
  if (shared.reason !== undefined) return shared.reason;
  if (event.exception !== undefined || event.isUncaught !== undefined) return 'exception';
  return event.isStep ? 'step' : 'other';
}

/** Called by the engine where the program is suspended; what it returns says how it goes on. */
function paused(event) {
  const { reason, data } = shared;
  if (shared.skipAll && reason === undefined) return 'resume';
  if (event.frames.length === 0) return 'resume';
  if (!isEnabledAnywhere('Debugger')) {
    if (reason === undefined) return 'resume';
    // Break on start: whoever enables the debugger later has missed it.
    shared.reason = undefined;
    return 'resume';
  }
  if (shared.once !== undefined) {
    removeBreakpoint(shared.once);
    shared.once = undefined;
  }
  const outer = shared.paused;
  shared.paused = { event, next: undefined, why: reasonOf(event), data, shownTo: new Set() };
  shared.reason = undefined;
  shared.data = undefined;
  try {
    for (const connection of [...state.connections]) if (connection.enabled.has('Debugger')) show(connection);
    const { hasBlockingClients, serveUntil } = require('internal/inspector/waiting');
    serveUntil(() => shared.paused.next !== undefined || !isEnabledAnywhere('Debugger') || !hasBlockingClients());
    const { next = 'resume' } = shared.paused;
    broadcast('Debugger', 'resumed', {});
    return next;
  } finally {
    for (const { data: kept } of state.connections) kept.objects?.releaseGroup('backtrace');
    shared.paused = outer;
  }
}

/** Tells one client that the program is suspended. */
function show(connection) {
  const { paused: now } = shared;
  if (now === undefined || now.shownTo.has(connection)) return;
  now.shownTo.add(connection);
  const { framesOf } = require('internal/inspector/frames');
  const { objectsOf } = require('internal/inspector/runtime_domain');
  const { remoteObject } = require('internal/inspector/remote_objects');
  const { event, why } = now;
  const params = {
    callFrames: framesOf(connection, event.frames),
    reason: why,
    hitBreakpoints: event.breakpoints.map((number) => shared.points.get(number)).filter((id) => id !== undefined),
  };
  if (why === 'exception') {
    params.data = { ...remoteObject(objectsOf(connection), event.exception, { group: 'backtrace' }), uncaught: event.isUncaught };
    if (event.isUncaught) params.reason = 'exception';
  } else if (now.data !== undefined) {
    params.data = now.data;
  }
  connection.notify('Debugger.paused', params);
}

/** resume, into, over or out. */
function goOn(next) {
  if (shared.paused === undefined) throw new ProtocolError('Can only perform operation while paused.');
  shared.paused.next = next;
}

/** The strictest wish of all clients counts. */
function applyExceptions() {
  const wishes = [...shared.exceptions.values()];
  const all = wishes.includes('all');
  state.engine().pauseOnExceptions(all || wishes.includes('caught'), all || wishes.includes('uncaught'));
}

module.exports = {
  applyExceptions, goOn, pauseSoon, place, removeBreakpoint, scriptEvent, scriptOf, shared, show, start, stopIfUnused, track,
};
