'use strict';

// ESM_RESOLVE of the Node.js documentation (Modules: ECMAScript modules, Resolution algorithm specification).

const runtime = require('internal/runtime');
const packageJson = require('internal/modules/package_json');
const { resolveExports, resolveImports } = require('internal/modules/package_target');
const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { URL, fileURLToPath, pathToFileURL } = require('url');

const FILE = 0;
const DIRECTORY = 1;

let hookConditions;
let esmConditions;

function conditions() {
  return hookConditions ?? (esmConditions ??= new Set(['node', 'import', 'module-sync', 'node-addons', ...getOptionValue('--conditions')]));
}

function notFound(path, base, url) {
  return new codes.ERR_MODULE_NOT_FOUND(path, base, url);
}

function finish(url, base) {
  if (/%2f|%5c/i.test(url.pathname)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(url.pathname, 'must not include encoded "/" or "\\" characters', basePath(base));
  }
  let path;
  try {
    path = fileURLToPath(url);
  } catch (error) {
    error.input = String(url);
    error.module = base;
    throw error;
  }
  const kind = binding.stat(path.endsWith('/') ? path.slice(0, -1) : path);
  if (kind === DIRECTORY) throw new codes.ERR_UNSUPPORTED_DIR_IMPORT(path, basePath(base), String(url));
  if (kind !== FILE || path.endsWith('/')) throw notFound(path, base && basePath(base), String(url));
  if (!getOptionValue('--preserve-symlinks')) {
    const real = binding.realpath(path);
    const exact = pathToFileURL(real);
    // Two spellings of one file, a link or an encoded character, are one module.
    if (exact.pathname !== url.pathname) {
      exact.search = url.search;
      exact.hash = url.hash;
      return exact;
    }
  }
  return url;
}

function basePath(base) {
  return base?.startsWith('file:') ? fileURLToPath(base) : base;
}

function fileUrl(path) {
  return pathToFileURL(path);
}

const PACKAGE_NAME = /^((?:@[^/\\%]+\/)?[^./\\%@][^/\\%]*)(\/.*)?$/;

function parsePackageName(specifier, base) {
  const match = PACKAGE_NAME.exec(specifier);
  if (match === null) throw new codes.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', basePath(base));
  return { name: match[1], subpath: `.${match[2] ?? ''}` };
}

function warnOfLegacyMain(folder, main, file, base) {
  const isEsModule = file.endsWith('.mjs') || (file.endsWith('.js') && packageJson.nearest(file)?.config.type === 'module');
  if (process.noDeprecation || !isEsModule) return;
  const where = `imported from ${basePath(base)}.`;
  const name = file.slice(folder.length + 1);
  const text = main === undefined
    ? `No "main" or "exports" field defined in the package.json for ${folder}/ resolving the main entry point "${name}", ${where}\n` +
      'Default "index" lookups for the main are deprecated for ES modules.'
    : `Package ${folder}/ has a "main" field set to "${main}", excluding the full filename and extension to the resolved file at ` +
      `"${name}", ${where}\n Automatic extension resolution of the "main" field is deprecated for ES modules.`;
  process.emitWarning(text, 'DeprecationWarning', 'DEP0151');
}

function legacyMain(folder, config, base) {
  const tries = [];
  if (config?.main !== undefined) {
    const main = `${folder}/${config.main}`;
    tries.push(main, `${main}.js`, `${main}.json`, `${main}.node`, `${main}/index.js`, `${main}/index.json`, `${main}/index.node`);
  }
  tries.push(`${folder}/index.js`, `${folder}/index.json`, `${folder}/index.node`);
  for (const file of tries) {
    if (binding.stat(file) !== FILE) continue;
    const found = require('path').normalize(file);
    if (file !== tries[0] || config?.main === undefined) warnOfLegacyMain(folder, config?.main, found, base);
    return fileUrl(found);
  }
  throw notFound(folder, basePath(base), undefined);
}

function resolvePackage(specifier, base) {
  if (runtime.isBuiltin(specifier)) return new URL(`node:${specifier}`);
  const { name, subpath } = parsePackageName(specifier, base);
  const from = basePath(base);
  const scope = packageJson.nearest(from);
  if (scope !== undefined && scope.config.name === name && scope.config.exports !== undefined && scope.config.exports !== null) {
    return fileUrl(resolveExports(scope.folder, subpath, scope.config, from, conditions()));
  }
  for (let folder = from.endsWith('/') ? from.slice(0, -1) : require('path').dirname(from); ; folder = require('path').dirname(folder)) {
    const candidate = `${folder === '/' ? '' : folder}/node_modules/${name}`;
    if (binding.stat(candidate) === DIRECTORY) {
      const config = packageJson.read(candidate, `"${specifier}" from ${from}`);
      if (config?.exports !== undefined && config.exports !== null) {
        return fileUrl(resolveExports(candidate, subpath, config, from, conditions()));
      }
      if (subpath === '.') return legacyMain(candidate, config, base);
      return new URL(subpath, `${fileUrl(candidate)}/`);
    }
    if (folder === '/') break;
  }
  if (getOptionValue('--install') === 'auto' && require('internal/modules/missing_package').install(name, from)) {
    return resolvePackage(specifier, base);
  }
  throw new codes.ERR_MODULE_NOT_FOUND(name, from);
}

function resolveImport(specifier, base) {
  const from = basePath(base);
  const target = resolveImports(specifier, packageJson.nearest(from), from, conditions());
  return target.path !== undefined ? fileUrl(target.path) : resolvePackage(target.specifier, base);
}

/** The URL that a specifier stands for in the module at `base`, a URL string. */
function resolve(specifier, base) {
  try {
    return resolveUrl(specifier, base);
  } catch (error) {
    const { code } = error;
    if (base !== undefined && (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT')) {
      require('internal/modules/hints').addHint(error, specifier, base);
    }
    throw error;
  }
}

function resolveUrl(specifier, base) {
  if (specifier.startsWith('osgi:')) return specifier;
  let url;
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(specifier)) {
    try {
      url = new URL(specifier, base);
    } catch (cause) {
      const error = new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
      error.cause = cause;
      throw error;
    }
  } else if (specifier[0] === '#') {
    url = resolveImport(specifier, base);
  } else {
    url = URL.parse(specifier);
    if (url === null) {
      if (base.startsWith('data:')) {
        if (!runtime.isBuiltin(specifier)) throw new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
        return `node:${specifier}`;
      }
      if (!base.startsWith('file:') && !runtime.isBuiltin(specifier)) throw new codes.ERR_INVALID_URL_SCHEME('file');
      url = resolvePackage(specifier, base);
    } else if (url.protocol !== 'node:' && runtime.isBuiltin(specifier)) {
      return `node:${specifier}`; // acme:gpio, nodule:modules
    }
  }
  if (url.protocol === 'node:') {
    if (!runtime.isBuiltin(url.pathname)) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(url.href);
    return url.href;
  }
  if (url.protocol !== 'file:') return url.href;
  return finish(url, base).href;
}

/** Resolves with other conditions than the usual ones, undefined for these. */
function resolveWith(specifier, base, wanted) {
  hookConditions = wanted;
  try {
    return resolve(specifier, base);
  } finally {
    hookConditions = undefined;
  }
}

module.exports = { resolve, resolveWith, conditions };
