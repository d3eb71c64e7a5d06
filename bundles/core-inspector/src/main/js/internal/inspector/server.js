'use strict';

// The server for clients of other processes: opens, closes, says where it is.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const state = require('internal/inspector/state');
const runtime = require('internal/runtime');

const HELP = 'For help, see: https://nodejs.org/learn/getting-started/debugging';
const DEFAULT_PORT = 9229;

/** `host:port`, `port` or `host` of an option; what is missing is undefined. */
function parseAddress(text) {
  if (text === '') return {};
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text);
  if (match === null) return { host: text };
  const [, address, name, port] = match;
  if (address === undefined && port === undefined && /^\d+$/.test(name)) return { port: Number(name) };
  return { host: address ?? (name === '' ? undefined : name), port: port === undefined ? undefined : Number(port) };
}

function defaultAddress() {
  const given = { host: '127.0.0.1', port: DEFAULT_PORT };
  for (const option of ['--inspect-port', '--inspect', '--inspect-wait', '--inspect-brk']) {
    const value = getOptionValue(option);
    if (typeof value !== 'string') continue;
    const { host, port } = parseAddress(value);
    if (host !== undefined) given.host = host;
    if (port !== undefined) given.port = port;
  }
  return given;
}

function titleOf() {
  return process.argv[1] === undefined ? `${process.argv0}[${process.pid}]` : process.argv[1];
}

function targets(id) {
  const address = `%ADDRESS%/${id}`;
  const file = process.argv[1];
  const query = `experiments=true&v8only=true&ws=${address}`;
  return JSON.stringify([{
    description: 'node.js instance',
    devtoolsFrontendUrl: `devtools://devtools/bundled/js_app.html?${query}`,
    devtoolsFrontendUrlCompat: `devtools://devtools/bundled/inspector.html?${query}`,
    faviconUrl: 'https://nodejs.org/static/images/favicons/favicon.ico',
    id,
    title: titleOf(),
    type: 'node',
    url: file?.startsWith('/') ? require('url').pathToFileURL(file).href : 'file://',
    webSocketDebuggerUrl: `ws://${address}`,
  }], null, 2);
}

function isPublished(how) {
  return (getOptionValue('--inspect-publish-uid') || 'stderr,http').split(',').includes(how);
}

/** Opens the port; false if that fails, which has been said then. */
function listen(port, host) {
  const id = require('crypto').randomUUID();
  const address = host === 'localhost' ? '127.0.0.1' : host;
  state.native(binding).receive(() => runtime.requireBuiltin('internal/inspector/main').receive());
  runtime.isInspectorLoaded = true; // for the end of the process
  const bound = state.native(binding).listen(address, port, id);
  if (bound < 0) {
    const why = bound === -98 ? 'address already in use' : 'address not available';
    state.native(binding).print(`Starting inspector on ${host}:${port} failed: ${why}\n`);
    return false;
  }
  const shown = address.includes(':') ? `[${address}]` : address;
  state.server = { id, host: shown, port: bound, url: `ws://${shown}:${bound}/${id}` };
  process.debugPort = bound;
  require('internal/inspector/console_hook').watch();
  const version = JSON.stringify({ 'Browser': `node.js/${process.version}`, 'Protocol-Version': '1.1' }, null, 2);
  const { protocol } = require('internal/inspector/protocol');
  state.native(binding).publish(isPublished('http') ? targets(id) : '', version, JSON.stringify(protocol()));
  if (isPublished('stderr')) state.native(binding).print(`Debugger listening on ${state.server.url}\n${HELP}\n`);
  return true;
}

function close() {
  const { server } = state;
  if (server === undefined) return;
  state.server = undefined;
  if (isPublished('stderr')) state.native(binding).print(`Debugger ending on ${server.url}\n${HELP}\n`);
  for (const connection of state.sockets.values()) connection.close();
  state.sockets.clear();
  state.native(binding).close();
}

/** Starts the server by the command line's address, if nobody has yet. */
function openByDefault() {
  if (state.server !== undefined) return true;
  const { host, port } = defaultAddress();
  return listen(port, host);
}

function warnOfPublicAddress(host) {
  const { isIP, isIPv4 } = require('net');
  let isLoopback = host === 'localhost';
  if (isIP(host)) isLoopback = isIPv4(host) ? host.startsWith('127.') : /^(0*:)*0*1$/.test(host) || /^::ffff:127\./i.test(host);
  if (isLoopback || host === '') return;
  process.emitWarning(
    'Binding the inspector to a public IP with an open port is insecure, as it allows external hosts to connect to the inspector ' +
      'and perform a remote code execution attack. Documentation can be found at https://nodejs.org/api/cli.html#--inspecthostport',
    'SecurityWarning',
  );
}

function demandPermission() {
  if (process.permission !== undefined) require('internal/permission').demand('Inspector');
}

/** https://nodejs.org/api/inspector.html#inspectoropenport-host-wait */
function open(port, host, wait) {
  demandPermission();
  if (state.server !== undefined) throw new codes.ERR_INSPECTOR_ALREADY_ACTIVATED();
  const { validateInt32, validateString } = require('internal/validators');
  if (port !== undefined && (typeof port !== 'number' || port < 0 || port > 65535 || !Number.isInteger(port))) {
    validateInt32(port, 'port', 0, 65535);
  }
  if (host) {
    validateString(host, 'host');
    warnOfPublicAddress(host);
  }
  const usual = defaultAddress();
  listen(port ?? usual.port, host || usual.host);
  if (wait) require('internal/inspector/waiting').waitForDebugger();
}

function waitForDebugger() {
  if (state.server === undefined) throw new codes.ERR_INSPECTOR_NOT_ACTIVE();
  require('internal/inspector/waiting').waitForDebugger();
}

module.exports = {
  close, defaultAddress, demandPermission, listen, open, openByDefault, waitForDebugger,
  url: () => state.server?.url,
  isMainThread: runtime.threadId === 0,
};
