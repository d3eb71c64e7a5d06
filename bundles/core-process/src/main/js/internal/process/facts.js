'use strict';

// What `process` says about the runtime itself.

const runtime = require('internal/runtime');
const { sharedState } = require('internal/symbols');
const { validateBoolean, validateString } = require('internal/validators');

const state = sharedState('process.facts', () => ({
  title: require('internal/options').getOptionValue('--title') || 'node',
  debugPort: undefined,
  settings: {
    directory: '', filename: '', compact: false, excludeNetwork: false, excludeEnv: false, signal: 'SIGUSR2',
    reportOnFatalError: false, reportOnSignal: false, reportOnUncaughtException: false,
  },
}));
const { settings } = state;

const base = `https://nodejs.org/download/release/${runtime.version}/node-${runtime.version}`;
const release = { name: 'node', sourceUrl: `${base}.tar.gz`, headersUrl: `${base}-headers.tar.gz` };

const config = Object.freeze({
  __proto__: null,
  target_defaults: Object.freeze({
    __proto__: null, cflags: [], configurations: {}, default_configuration: 'Release', defines: [], include_dirs: [], libraries: [],
  }),
  variables: Object.freeze({
    __proto__: null, host_arch: process.arch, target_arch: process.arch, napi_build_version: '0', node_shared: false, node_use_openssl: true,
    node_builtin_shareable_builtins: [], v8_enable_i18n_support: 1, v8_enable_inspector: runtime.isBuiltin('inspector') ? 1 : 0, v8_enable_webassembly: 1, asan: 0,
    node_use_amaro: true, single_executable_application: false, node_use_quic: false,
  }),
});

const features = {
  inspector: runtime.isBuiltin('inspector'), debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true,
  openssl_is_boringssl: false,
  get cached_builtins() { return true; },
  get require_module() { return require('internal/options').getOptionValue('--experimental-require-module') !== false; },
  get dtls() { return false; },
  get quic() { return false; },
  get typescript() {
    const { getOptionValue } = require('internal/options');
    return getOptionValue('--strip-types') && getOptionValue('--experimental-strip-types') ? 'strip' : false;
  },
};

/** Loaders of prebuilt programs ask here whether they need those for glibc or for musl. */
function libc() {
  const version = binding.glibcVersion();
  return version === null ? {} : { glibcVersionRuntime: version, glibcVersionCompiler: version };
}

function interfaces(byName) {
  return Object.entries(byName).flatMap(([name, addresses]) => addresses.map(({ address, netmask, family, mac, internal, scopeid }) => (
    { name, internal, mac, address, netmask, family, ...(scopeid !== undefined && { scopeid }) })));
}

function getReport(error) {
  const os = require('os');
  const cause = error ?? new Error('JavaScript Callstack');
  const [message, ...stack] = String(cause.stack).split('\n');
  const now = new Date();
  const result = {
    header: {
      reportVersion: 5, event: 'JavaScript API', trigger: 'GetReport', filename: null, dumpEventTime: now.toISOString().replace(/\.\d+/, ''),
      dumpEventTimeStamp: String(now.getTime()), processId: process.pid, threadId: 0, cwd: process.cwd(), commandLine: process.argv,
      nodejsVersion: process.version, ...libc(), wordSize: 64, arch: process.arch, platform: process.platform, componentVersions: process.versions,
      release: process.release, osName: os.type(), osRelease: os.release(), osVersion: os.version(), osMachine: os.machine(),
      cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
      ...(!settings.excludeNetwork && { networkInterfaces: interfaces(os.networkInterfaces()) }), host: os.hostname(),
    },
    javascriptStack: { message, stack: stack.map((line) => line.trim()), errorProperties: {} },
    javascriptHeap: process.memoryUsage(),
    nativeStack: [],
    resourceUsage: process.resourceUsage(),
    libuv: [],
    workers: [],
    userLimits: {},
    sharedObjects: [],
  };
  if (!settings.excludeEnv) result.environmentVariables = { ...process.env };
  return result;
}

const report = {
  writeReport: function writeReport(file, error) {
    if (typeof file === 'object' && file !== null) {
      error = file;
      file = undefined;
    } else if (file !== undefined && typeof file !== 'string') {
      throw new (require('internal/errors').codes.ERR_INVALID_ARG_TYPE)('file', 'string', file);
    }
    const path = require('path');
    const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '.').slice(0, 15);
    const name = file ?? (settings.filename || `report.${stamp}.${process.pid}.0.001.json`);
    const target = path.resolve(settings.directory, name);
    const content = getReport(error);
    content.header.trigger = 'API';
    content.header.filename = name;
    runtime.writeStdio(2, `\nWriting Node.js report to file: ${name}\n`);
    require('fs').writeFileSync(target, JSON.stringify(content, null, settings.compact ? 0 : 2));
    runtime.writeStdio(2, 'Node.js report completed\n');
    return name;
  },
  getReport: function(error) {
    if (error === undefined) return getReport();
    if (typeof error !== 'object' || error === null) throw new (require('internal/errors').codes.ERR_INVALID_ARG_TYPE)('err', 'Object', error);
    return getReport(error);
  },
};
Object.defineProperty(report.getReport, 'name', { __proto__: null, value: 'getReport' });
for (const name of ['directory', 'filename', 'compact', 'excludeNetwork', 'signal', 'reportOnFatalError', 'reportOnSignal',
  'reportOnUncaughtException', 'excludeEnv']) {
  Object.defineProperty(report, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return settings[name]; },
    set(value) {
      if (name === 'signal') {
        validateString(value, 'signal');
        require('internal/util').convertToValidSignal(value);
      } else if (typeof settings[name] === 'boolean') {
        validateBoolean(value, name === 'compact' ? 'compact' : name);
      } else {
        validateString(value, name);
      }
      settings[name] = value;
    },
  });
}

/** Of the last option that names one. */
function debugPortOfOptions() {
  const { getOptionValue } = require('internal/options');
  let port = 9229;
  for (const option of ['--inspect-port', '--inspect', '--inspect-wait', '--inspect-brk']) {
    const digits = /(?:^|:)(\d+)$/.exec(getOptionValue(option) || '');
    if (digits !== null) port = Number(digits[1]);
  }
  return port;
}

module.exports = {
  release,
  config,
  features,
  report,
  get moduleLoadList() { return []; },
  get debugPort() { return state.debugPort ??= debugPortOfOptions(); },
  set debugPort(value) {
    const port = +value | 0;
    if (port !== 0 && (port < 1024 || port > 65535)) throw new RangeError('process.debugPort must be 0 or in range 1024 to 65535');
    state.debugPort = port;
  },
  get title() { return state.title; },
  set title(value) {
    state.title = `${value}`;
    binding.setTitle(state.title);
  },
  get sourceMapsEnabled() { return require('module').getSourceMapsSupport().enabled; },
};
