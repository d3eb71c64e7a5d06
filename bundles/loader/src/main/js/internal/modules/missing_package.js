'use strict';

// A package that the application names and nobody installed. With --install=auto and without a package.json it is installed
// at the first miss, where `nodule install` in the program's folder would put it; otherwise one line names the command.

const path = require('path');
const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');
const { sharedState } = require('internal/symbols');

const DIRECTORY = 1;
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

// Node.js's own modules. Those that Nodule lacks are not to be had from a registry: a package of that name is something else.
const CORE = new Set([
  'assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel',
  'dns', 'domain', 'events', 'fs', 'http', 'http2', 'https', 'inspector', 'module', 'net', 'os', 'path', 'perf_hooks', 'process',
  'punycode', 'querystring', 'readline', 'repl', 'stream', 'string_decoder', 'sys', 'timers', 'tls', 'trace_events', 'tty', 'url',
  'util', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib',
]);
const tried = sharedState('module.tried_packages', () => new Set());

/** The package that a specifier asks for; undefined for paths, URLs, core modules and what no package can be called. */
function packageName(specifier) {
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? [];
  return name !== undefined && NAME.test(name) && !CORE.has(name) ? name : undefined;
}

function parentsOf(folder) {
  const parents = [folder];
  while (folder !== '/') parents.push(folder = path.dirname(folder));
  return parents;
}

/** The nearest package.json from a folder upwards: { folder, data }, or undefined. */
function manifestAbove(start) {
  for (const folder of parentsOf(start)) {
    const text = binding.readTextOrUndefined(path.join(folder, 'package.json'));
    if (text === undefined) continue;
    try {
      return { folder, data: Object(JSON.parse(text)) };
    } catch {
      return { folder, data: {} };
    }
  }
  return undefined;
}

/** Whether a package.json says nothing but dependencies, as one does that an install without any has written. */
function isBare({ data }) {
  const keys = Object.keys(data);
  return keys.length === 1 && keys[0] === 'dependencies';
}

function programFolder() {
  if (runtime.script === undefined || runtime.script === '-') return process.cwd();
  let file = path.resolve(runtime.script);
  try {
    file = binding.realpath(file);
  } catch {
    // named without its extension
  }
  return binding.stat(file) === DIRECTORY ? file : path.dirname(file);
}

/** Where packages go that the files of a folder miss, if no package.json is there. */
function folderWithoutManifest(from) {
  const program = programFolder();
  return parentsOf(from).includes(program) ? program : from;
}

/**
 * Installs the package that `specifier` in `file` misses. False, and nothing happens, without --install=auto, for files of packages
 * (what these may lack is their own decision), in a project with a package.json of its own, and after a failure.
 */
function install(specifier, file) {
  if (getOptionValue('--install') !== 'auto') return false;
  const name = packageName(specifier);
  const from = path.dirname(file);
  if (name === undefined || tried.has(name) || `${from}/`.includes('/node_modules/')) return false;
  const manifest = manifestAbove(from);
  if (manifest !== undefined && !isBare(manifest)) return false;
  tried.add(name);
  const folder = manifest?.folder ?? folderWithoutManifest(from);
  const { spawnSync } = require('child_process');
  // Standard output belongs to the program.
  return spawnSync(runtime.execPath, ['install', name, '--prefix', folder], { cwd: folder, stdio: ['ignore', 2, 2] }).status === 0;
}

/** The command that installs what an error misses, as a line to print; undefined for every other error. */
function advice(error) {
  const [, specifier, importer] = /^Cannot find (?:module|package) '([^']+)'(?: imported from (.+))?/.exec(error.message) ?? [];
  const name = specifier === undefined ? undefined : packageName(specifier);
  if (name === undefined) return undefined;
  const cwd = process.cwd();
  const [file] = `${importer ?? error.requireStack?.[0]}`.split('/node_modules/');
  const from = path.isAbsolute(file) ? path.dirname(file) : cwd;
  const manifest = manifestAbove(from);
  const folder = manifest?.folder ?? folderWithoutManifest(from);
  const named = KINDS.some((kind) => Object.hasOwn(Object(manifest?.data[kind]), name));
  const here = folder === cwd || folder === manifestAbove(cwd)?.folder;
  return `nodule: '${name}' is not installed; this does it: nodule install${named ? '' : ` ${name}`}${here ? '' : ` --prefix ${folder}`}`;
}

module.exports = { advice, install };
