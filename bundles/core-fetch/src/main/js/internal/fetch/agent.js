'use strict';

// The agent that sends what fetch, WebSocket and EventSource ask for, unless the application sets one of its own. undici keeps it on
// the global object, where the next revision finds it and puts its own in its place.

const { sharedState } = require('internal/symbols');

const ROOT = 'internal/deps/undici/lib/';

const state = sharedState('fetch.agent', () => ({ agent: undefined, env: undefined, isSetUp: false }));

function use(agent) {
  require(`${ROOT}global`).setGlobalDispatcher(agent);
  state.agent = agent;
}

function make() {
  const { env } = state;
  if (env === undefined) return new (require(`${ROOT}dispatcher/agent`))();
  return new (require(`${ROOT}dispatcher/env-http-proxy-agent`))({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY,
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
    noProxy: env.no_proxy ?? env.NO_PROXY,
  });
}

/** Before the first request. */
function setUp() {
  if (state.isSetUp) return;
  state.isSetUp = true;
  if (require('internal/options').getOptionValue('--use-env-proxy') || process.env.NODE_USE_ENV_PROXY === '1') useProxies(process.env);
}

/** Lets fetch find its proxies in an environment; returns what takes that back. */
function useProxies(env) {
  const { getGlobalDispatcher, setGlobalDispatcher } = require(`${ROOT}global`);
  const before = getGlobalDispatcher();
  const { agent: agentBefore, env: envBefore } = state;
  state.env = env;
  use(make());
  return () => {
    state.env = envBefore;
    if (before === agentBefore) use(make());
    else setGlobalDispatcher(before);
  };
}

/** Called with what undici found on the global object, or has put there. */
function remember(dispatcher) {
  if (state.agent === undefined && dispatcher instanceof require(`${ROOT}dispatcher/agent`)) state.agent = dispatcher;
}

/** From now on requests are this revision's; those of the former agent end on their connections, which close then. */
function renew() {
  const former = state.agent;
  if (former === undefined || require(`${ROOT}global`).getGlobalDispatcher() !== former) return;
  use(make());
  former.close().catch(() => {});
}

module.exports = { remember, renew, setUp, useProxies };
