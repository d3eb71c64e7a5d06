'use strict';

// What undici puts on the global object. Nothing of it is read before one of these is touched.

const { load } = require('internal/fetch/undici');

// Request knows its bodies by what the file of Response defines.
const files = {
  FormData: 'lib/web/fetch/formdata',
  Headers: 'lib/web/fetch/headers',
  Request: 'lib/web/fetch/request',
  Response: 'lib/web/fetch/response',
  WebSocket: 'lib/web/websocket/websocket',
  CloseEvent: 'lib/web/websocket/events',
  ErrorEvent: 'lib/web/websocket/events',
  EventSource: 'lib/web/eventsource/eventsource',
};

for (const name of Object.keys(files)) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return find(name); },
  });
}

function find(name) {
  if (name === 'Request') load(files.Response);
  return load(files[name])[name];
}

let fetchOfUndici;

module.exports.fetch = function fetch(input, init) {
  if (fetchOfUndici === undefined) {
    fetchOfUndici = load('lib/web/fetch/index').fetch;
    if (require('internal/options').getOptionValue('--use-env-proxy') || process.env.NODE_USE_ENV_PROXY === '1') useProxies(process.env);
  }
  return fetchOfUndici(input, init).catch((error) => {
    if (error && typeof error === 'object') Error.captureStackTrace(error);
    throw error;
  });
};

/** Lets fetch find its proxies in an environment; returns what takes that back. */
function useProxies(env) {
  const { getGlobalDispatcher, setGlobalDispatcher } = load('lib/global');
  const EnvHttpProxyAgent = load('lib/dispatcher/env-http-proxy-agent');
  const before = getGlobalDispatcher();
  setGlobalDispatcher(new EnvHttpProxyAgent({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY,
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
    noProxy: env.no_proxy ?? env.NO_PROXY,
  }));
  return () => setGlobalDispatcher(before);
}

module.exports.useProxies = useProxies;
