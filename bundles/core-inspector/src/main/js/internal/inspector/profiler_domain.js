'use strict';

// The domain Profiler: profiles of where time goes, and which code ran.

const state = require('internal/inspector/state');
const { ProtocolError, demandEnabled, switches } = require('internal/inspector/connection');
const { urlOf } = require('internal/inspector/urls');

const DEFAULT_INTERVAL = 1000;

function begin(interval) {
  return state.engine().profiler.start(interval);
}

/** The profile of what `begin` gave, with URLs as clients know them. */
function finish(stop) {
  const profile = stop();
  for (const node of profile.nodes) node.callFrame.url = urlOf(node.callFrame.url);
  return profile;
}

function end(connection) {
  connection.data.stopProfile?.();
  connection.data.stopProfile = undefined;
}

/** Coverage with the numbers of scripts. */
function withScripts(result) {
  const { shared, track } = require('internal/inspector/debugger');
  track();
  return result.map((each) => {
    let scriptId = '0';
    for (const script of shared.scripts.values()) if (script.url === each.url) scriptId = `${script.id}`;
    return { scriptId, ...each };
  });
}

const commands = {
  ...switches('Profiler', undefined, end),

  setSamplingInterval(connection, { interval }) {
    if (connection.data.stopProfile !== undefined) throw new ProtocolError('Cannot change sampling interval when profiling.');
    connection.data.interval = interval;
  },

  start(connection) {
    demandEnabled(connection, 'Profiler');
    connection.data.stopProfile ??= begin(connection.data.interval ?? DEFAULT_INTERVAL);
  },

  stop(connection) {
    const { stopProfile } = connection.data;
    if (stopProfile === undefined) throw new ProtocolError('No recording profiles found');
    connection.data.stopProfile = undefined;
    return { profile: finish(stopProfile) };
  },

  startPreciseCoverage() {
    require('internal/runtime').startCoverage();
    return { timestamp: process.uptime() };
  },

  takePreciseCoverage() {
    const runtime = require('internal/runtime');
    runtime.startCoverage();
    const result = withScripts(runtime.takeCoverage());
    runtime.resetCoverage();
    return { result, timestamp: process.uptime() };
  },

  getBestEffortCoverage() {
    const runtime = require('internal/runtime');
    runtime.startCoverage();
    return { result: withScripts(runtime.takeCoverage()) };
  },

  stopPreciseCoverage() {},
};

module.exports = { DEFAULT_INTERVAL, begin, domains: { Profiler: { commands, end } }, finish };
