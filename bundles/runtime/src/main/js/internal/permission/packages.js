'use strict';

// Permissions of packages: `nodule.permissions` in the application's package.json says which package may use which core modules, hosts and
// paths. Java tells whose code is running (CallerAttribution); here is what that one may do. Loaded only by a process that uses it.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { resolve } = require('path'); // whatever the application makes of it later
const { GrantTable, HARMLESS, isBelow, moduleOf, parseHost } = require('internal/permission/grants');

/** Core modules whose functions are called for somebody: what they do later is done for the caller too. */
const ATTRIBUTED = [
  'child_process', 'cluster', 'dgram', 'dns', 'fetch', 'fs', 'http', 'http2', 'https', 'inspector', 'module', 'net', 'os', 'osgi', 'process', 'readline',
  'repl', 'sqlite', 'test', 'timers', 'tls', 'trace_events', 'tty', 'v8', 'vm', 'wasi', 'worker_threads',
];

/** What a permission of Node's model is granted by here: the modules that exist for it. */
const MODULES_OF = {
  __proto__: null,
  ChildProcess: ['child_process', 'cluster'],
  WorkerThreads: ['worker_threads'],
  WASI: ['wasi'],
  Addon: ['sqlite'],
  Inspector: ['inspector'],
};

const PERMISSION_OF = {
  __proto__: null,
  child_process: 'ChildProcess', cluster: 'ChildProcess', worker_threads: 'WorkerThreads', wasi: 'WASI', inspector: 'Inspector',
};

let given; // what it was started with
let root; // folder of the application
let configFile;
let table; // undefined in an audit that no entries limit
let audit; // collects what is used, and nothing is refused
let isBusy = false; // with work of its own
let workerOwner; // of code that a worker was given as text
const trusted = new Set(); // files that the command line names
const owners = new Map(); // by folder

/** { label, name, version, folder, grants }: grants are undefined for one that may do everything. */
let application;
/** Code of no file that anybody knows. */
let stranger;

function readJson(file) {
  const text = runtime.readFile(file);
  if (text === undefined) return undefined;
  try {
    const data = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return data !== null && typeof data === 'object' ? data : undefined;
  } catch {
    return undefined;
  }
}

function packageOwner(folder, name) {
  let owner = owners.get(folder);
  if (owner === undefined) {
    const data = readJson(`${folder}/package.json`);
    const version = typeof data?.version === 'string' ? data.version : '0.0.0';
    owner = { label: `${name}@${version}`, name, version, folder, grants: table?.of(name, version) };
    owners.set(folder, owner);
  }
  return owner;
}

const NODE_MODULES = '/node_modules/';

function ownerOfPath(file) {
  const at = file.lastIndexOf(NODE_MODULES);
  if (at !== -1) {
    const parts = file.slice(at + NODE_MODULES.length).split('/');
    const name = parts[0].startsWith('@') && parts.length > 1 ? `${parts[0]}/${parts[1]}` : parts[0];
    return packageOwner(file.slice(0, at + NODE_MODULES.length) + name, name);
  }
  if (isBelow(file, root) || trusted.has(file)) return application;
  // A package that is linked here from somewhere else.
  for (let folder = file; ;) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    if (folder === '') return stranger;
    const known = owners.get(folder);
    if (known !== undefined) return known;
    const data = readJson(`${folder}/package.json`);
    if (typeof data?.name === 'string') return packageOwner(folder, data.name);
  }
}

/** Of a source by its name; undefined for what has no name of its own, such as the text of eval. */
function ownerOfFile(name) {
  if (name.startsWith('file:')) {
    try {
      return ownerOfPath(require('url').fileURLToPath(name));
    } catch {
      return stranger;
    }
  }
  if (name.startsWith('/')) return ownerOfPath(name);
  if (name.startsWith('data:')) return stranger;
  if (name === '[worker eval]') return workerOwner ?? application;
  return name === '[eval]' || name === '[stdin]' || name.startsWith('REPL') ? application : undefined;
}

function isAllowed(owner, kind, value) {
  const { grants } = owner;
  if (grants === undefined) return true;
  switch (kind) {
    case 'modules': return grants.hasModule(value);
    case 'hosts': return grants.hasHost(value);
    case 'read': return grants.hasPath('read', value) || (owner.folder !== undefined && owner !== application && isBelow(value, owner.folder));
    default: return grants.hasPath(kind, value);
  }
}

/** Undefined if it is allowed. An audit takes a note of it. */
function refusal(owner, kind, value, permission, resource, entry) {
  if (isBusy) return undefined;
  if (audit !== undefined) {
    if (kind !== 'modules' || !HARMLESS.has(moduleOf(value))) audit.note(owner, kind, value);
    return undefined;
  }
  if (isAllowed(owner, kind, value)) return undefined;
  const who = owner === application ? 'the application' : owner === stranger ? 'code of no package' : `package '${owner.label}'`;
  const key = owner === application ? '.' : owner === stranger ? '*' : owner.name;
  const message = `Access to this API has been restricted for ${who}. Add ${JSON.stringify(entry)} to "${kind}" of "${key}" in nodule.permissions of ` +
    `${configFile} to allow it.`;
  const error = new Error(message);
  Error.captureStackTrace(error, refusal);
  return Object.assign(error, { code: 'ERR_ACCESS_DENIED', permission, resource, package: owner.label });
}

function moduleRefusal(owner, id) {
  const name = moduleOf(id);
  return refusal(owner, 'modules', name, PERMISSION_OF[name] ?? 'Module', id, name);
}

/** Called by Java when code of an owner calls a function of a core module that it may have got from anywhere. */
function demandModule(owner, id) {
  const error = moduleRefusal(owner, id);
  if (error !== undefined) throw error;
}

/** `host:port`, a name alone, or the path of a socket in the file system. */
function netRefusal(owner, resource) {
  if (resource.startsWith('/')) return refusal(owner, 'write', resource, 'Net', resource, resource);
  const asked = parseHost(resource.replace(/^(?:undefined|null):/, ':::').replace(/^((?:[^:\]]*:){2,}[^\]]*):(\d+)$/, '[$1]:$2'));
  if (asked.port === '*') asked.port = undefined;
  const text = `${asked.host.includes(':') ? `[${asked.host}]` : asked.host}${asked.port === undefined ? '' : `:${asked.port}`}`;
  return refusal(owner, 'hosts', asked, 'Net', resource, text);
}

function pathRefusal(owner, kind, permission, path) {
  return refusal(owner, kind, path, permission, path, path);
}

function ofPermission(owner, permission, resource) {
  switch (permission) {
    case 'FileSystemRead': return pathRefusal(owner, 'read', permission, resolve(resource));
    case 'FileSystemWrite': return pathRefusal(owner, 'write', permission, resolve(resource));
    case 'Net': return netRefusal(owner, resource);
    default: {
      const modules = MODULES_OF[permission];
      const granted = modules.find((name) => owner.grants === undefined || owner.grants.hasModule(name));
      return refusal(owner, 'modules', granted ?? modules[0], permission, resource, modules[0]);
    }
  }
}

/** The error of an access of Node's permission model that the code which is running must not have; undefined if it may. */
function denial(permission, resource) {
  if (isBusy) return undefined;
  const owner = runtime.currentOwner();
  return owner === undefined ? undefined : ofPermission(owner, permission, `${resource}`);
}

/** Whoever makes a link could reach through it what it leads to. */
function linkDenial(target, path) {
  const to = resolve(path, '..', target);
  return denial('FileSystemRead', to) ?? denial('FileSystemWrite', to) ?? denial('FileSystemWrite', path);
}

/**
 * When code asks for a module: the asking file, if the loader knows one, and the code that is running must both be allowed. An import is linked
 * while nothing runs; but a call that nobody makes is one of the engine, of a function that somebody has given it.
 */
function demandLoad(found, asking, isCall) {
  if (isBusy || found.startsWith('data:')) return;
  const running = runtime.nearestOwner();
  const file = asking === undefined ? undefined : ownerOfFile(asking);
  const isModule = !found.startsWith('/') && !found.startsWith('file:');
  const caller = running ?? (isCall && isModule ? stranger : file);
  for (const owner of new Set([caller, file ?? caller])) {
    const error = owner === undefined ? undefined : isModule ? moduleRefusal(owner, found) : fileRefusal(owner, found);
    if (error !== undefined) throw error;
  }
}

/** Code of packages and what is the asker's own can be loaded; another file is read by that. */
function fileRefusal(owner, found) {
  const path = found.startsWith('file:') ? require('url').fileURLToPath(found) : found;
  if (path.includes(NODE_MODULES) || ownerOfPath(path) === owner) return undefined;
  return pathRefusal(owner, 'read', 'FileSystemRead', path);
}

/** The package.json of the application of an audit, which may have no permissions yet; or the place for one. */
function nearestManifest() {
  let folder = runtime.script === undefined ? runtime.cwd() : runtime.realpath(resolve(runtime.script, '..'));
  const at = `${folder}/`.indexOf(NODE_MODULES);
  if (at !== -1) folder = folder.slice(0, at);
  for (let above = folder; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    if (readJson(`${above}/package.json`)?.name !== undefined) return `${above}/package.json`;
  }
  return `${folder}/package.json`;
}

/** Before anything of the application runs; `manifest` is the package.json that mentions permissions, if there is one. */
function startMain(manifest, auditFile, files) {
  const file = manifest ?? nearestManifest();
  const permissions = readJson(file)?.nodule?.permissions;
  if (permissions === undefined && auditFile === undefined) return;
  start({ file, permissions, auditFile, files: files.filter(Boolean).map((name) => runtime.realpath(resolve(name))) });
}

/** Starts it; a worker is given what its parent was. */
function start(settings) {
  given = settings;
  const { file, permissions, auditFile, files, worker } = settings;
  root = resolve(file, '..');
  configFile = file;
  for (const name of files) trusted.add(name);
  const places = { root, home: runtime.getEnv('HOME') ?? '/', temporary: runtime.getEnv('TMPDIR') ?? '/tmp' };
  const refuse = (text) => new codes.ERR_INVALID_PACKAGE_CONFIG(file, undefined, `"nodule.permissions" ${text}`);
  table = permissions === undefined || auditFile !== undefined ? undefined : new GrantTable(permissions, places, refuse);
  const isLimited = table !== undefined;
  application = { label: '.', name: '.', version: '', folder: root, grants: isLimited ? table.ofApplication() : undefined };
  stranger = { label: '*', name: '*', version: '', folder: undefined, grants: isLimited ? table.of('*', '') : undefined };
  if (worker !== undefined) workerOwner = worker === '*' ? stranger : ownerOfPath(worker);
  if (auditFile !== undefined) {
    const { Audit } = require('internal/permission/audit');
    audit = new Audit({ file: auditFile, ...places, alone });
    const { reallyExit } = runtime;
    runtime.reallyExit = (code) => {
      end();
      return reallyExit(code);
    };
  }
  runtime.isGuarded = runtime.hasPackagePermissions = true;
  runtime.demandLoad = demandLoad;
  runtime.startAttribution(ownerOfFile, demandModule, ATTRIBUTED.join(','));
}

/** Does something that is nobody's doing. */
function alone(work) {
  isBusy = true;
  try {
    return work();
  } finally {
    isBusy = false;
  }
}

/** What a worker is started with: the same, and who starts it. */
function ofWorker() {
  const owner = runtime.currentOwner();
  const worker = owner === undefined || owner === application ? undefined : owner.folder === undefined ? '*' : `${owner.folder}/worker`;
  return { ...given, worker };
}

function end() {
  audit?.write();
}

module.exports = { denial, end, linkDenial, ofWorker, start, startMain };
