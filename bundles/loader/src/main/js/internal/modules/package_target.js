'use strict';

// PACKAGE_EXPORTS_RESOLVE and PACKAGE_IMPORTS_RESOLVE of the Node.js documentation (Modules: ECMAScript modules, Resolution
// algorithm), on file paths. Both module systems use them; only the conditions differ.

const { codes } = require('internal/errors');

const PERCENT_ENCODED = /%[0-9a-f]{2}/gi;

/** Whether a path has a segment, however it is encoded, that leaves its folder or enters node_modules. */
function hasInvalidSegment(text) {
  return text.split(/[\\/]/).some((segment) => {
    const plain = segment.replace(PERCENT_ENCODED, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
    return plain === '.' || plain === '..' || plain.toLowerCase() === 'node_modules';
  });
}

function hasEmptySegment(text) {
  return /^[\\/]|[\\/]{2}|[\\/]$/.test(text);
}

// Empty segments still resolve.
function warnOfEmptySegment(target, match, patternMatch, { file, base, internal }) {
  if (process.noDeprecation) return;
  const request = patternMatch === undefined ? match : match.replace('*', () => patternMatch);
  if (request.endsWith('/')) return;
  const resolved = patternMatch === undefined ? target : target.replaceAll('*', () => patternMatch);
  const kind = /[\\/]{2}/.test(patternMatch === undefined ? target : request) ? 'double slash' : 'leading or trailing slash matching';
  process.emitWarning(
    `Use of deprecated ${kind} resolving "${resolved}" for module request "${request}" ` +
      `${request === match ? '' : `matched to "${match}" `}in the "${internal ? 'imports' : 'exports'}" field module resolution of the ` +
      `package at ${file}${base ? ` imported from ${base}` : ''}.`,
    'DeprecationWarning', 'DEP0166');
}

const warnedPatterns = new Set();

function warnOfTrailingSlash(match, { file, base }) {
  const id = `${file}|${match}`;
  if (process.noDeprecation || warnedPatterns.has(id)) return;
  warnedPatterns.add(id);
  process.emitWarning(
    `Use of deprecated trailing slash pattern mapping "${match}" in the "exports" field module resolution of the package at ` +
      `${file}${base ? ` imported from ${base}` : ''}. Mapping specifiers ending in "/" is no longer supported.`,
    'DeprecationWarning', 'DEP0155');
}

function join(folder, relative) {
  return require('path').posix.join(folder, relative);
}

function isConditionsObject(exports, file, base) {
  if (typeof exports === 'string' || Array.isArray(exports)) return true;
  if (typeof exports !== 'object' || exports === null) return false;
  let sugar;
  for (const key of Object.keys(exports)) {
    const condition = key === '' || key[0] !== '.';
    if (sugar === undefined) {
      sugar = condition;
    } else if (sugar !== condition) {
      throw new codes.ERR_INVALID_PACKAGE_CONFIG(file, base,
        '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object of ' +
        'package subpath keys or an object of main entry condition name keys only.');
    }
  }
  return sugar === true;
}

function compareKeys(a, b) {
  const starA = a.indexOf('*');
  const starB = b.indexOf('*');
  const baseA = starA === -1 ? a.length : starA + 1;
  const baseB = starB === -1 ? b.length : starB + 1;
  if (baseA !== baseB) return baseB - baseA;
  if (starA === -1) return 1;
  if (starB === -1) return -1;
  return b.length - a.length;
}

function invalidTarget(match, target, context) {
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  return new codes.ERR_INVALID_PACKAGE_TARGET(context.folder, match, shown, context.internal, context.base);
}

function resolveString(target, match, patternMatch, context) {
  if (patternMatch === undefined ? false : !target.includes('*') && target.endsWith('/')) {
    throw invalidTarget(match, target, context);
  }
  if (!target.startsWith('./')) {
    if (context.internal && !target.startsWith('../') && !target.startsWith('/')) {
      let url = false;
      try {
        new (require('url').URL)(target);
        url = true;
      } catch {
        // A bare name: another package or a core module.
      }
      if (!url) {
        const name = patternMatch === undefined ? target : target.replaceAll('*', () => patternMatch);
        return { specifier: name };
      }
    }
    throw invalidTarget(match, target, context);
  }
  if (hasInvalidSegment(target.slice(2))) throw invalidTarget(match, target, context);
  if (hasEmptySegment(target.slice(2)) || (patternMatch !== undefined && hasEmptySegment(patternMatch))) {
    warnOfEmptySegment(target, match, patternMatch, context);
  }
  const resolved = join(context.folder, target);
  if (resolved !== context.folder && !resolved.startsWith(`${context.folder}/`)) throw invalidTarget(match, target, context);
  if (patternMatch === undefined) return { path: decode(resolved, context) };
  if (hasInvalidSegment(patternMatch)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(match.replace('*', () => patternMatch),
      `request is not a valid match in pattern "${match}" for the "${context.internal ? 'imports' : 'exports'}" ` +
      `resolution of ${context.file}`, context.base);
  }
  return { path: decode(resolved.replaceAll('*', () => patternMatch), context) };
}

/** Targets are URLs relative to the package: %20 in one is a space in the file's name. */
function decode(path, context) {
  if (!path.includes('%')) return path;
  if (/%2f|%5c/i.test(path)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(path, 'must not include encoded "/" or "\\" characters', context.base);
  }
  return decodeURIComponent(path);
}

// undefined: no condition matched; null: explicitly closed.
function resolveTarget(target, match, patternMatch, context) {
  if (typeof target === 'string') return resolveString(target, match, patternMatch, context);
  if (Array.isArray(target)) {
    if (target.length === 0) return null;
    let last;
    for (const item of target) {
      let resolved;
      try {
        resolved = resolveTarget(item, match, patternMatch, context);
      } catch (error) {
        last = error;
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        continue;
      }
      if (resolved === undefined) continue;
      if (resolved === null) {
        last = null;
        continue;
      }
      return resolved;
    }
    if (last === undefined || last === null) return last;
    throw last;
  }
  if (typeof target === 'object' && target !== null) {
    const keys = Object.keys(target);
    for (const key of keys) {
      if (/^(0|[1-9][0-9]*)$/.test(key)) {
        throw new codes.ERR_INVALID_PACKAGE_CONFIG(context.file, context.base, '"exports" cannot contain numeric property keys.');
      }
    }
    for (const key of keys) {
      if (key === 'default' || context.conditions.has(key)) {
        const resolved = resolveTarget(target[key], match, patternMatch, context);
        if (resolved !== undefined) return resolved;
      }
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalidTarget(match, target, context);
}

function matchPattern(map, subpath) {
  let best = '';
  let bestMatch;
  for (const key of Object.keys(map)) {
    const star = key.indexOf('*');
    if (star === -1 || !subpath.startsWith(key.slice(0, star)) || subpath === key) continue;
    const tail = key.slice(star + 1);
    if (subpath.length > star + tail.length - 0 && subpath.length >= key.length && subpath.endsWith(tail) &&
        (best === '' || compareKeys(best, key) > 0) && key.lastIndexOf('*') === star) {
      best = key;
      bestMatch = subpath.slice(star, subpath.length - tail.length);
    }
  }
  return best === '' ? undefined : { key: best, match: bestMatch };
}

function notExported(folder, subpath, base) {
  return new codes.ERR_PACKAGE_PATH_NOT_EXPORTED(folder, subpath, base);
}

/** The file of `subpath` ('.' or './x') in a package that has "exports". */
function resolveExports(folder, subpath, config, base, conditions) {
  const context = { folder, file: config.file, base, conditions, internal: false };
  let map = config.exports;
  if (isConditionsObject(map, config.file, base)) map = { '.': map };
  if (Object.hasOwn(map, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    const resolved = resolveTarget(map[subpath], subpath, undefined, context);
    if (resolved === undefined || resolved === null) throw notExported(folder, subpath, base);
    return resolved.path;
  }
  const found = matchPattern(map, subpath);
  if (found !== undefined) {
    if (subpath.endsWith('/')) warnOfTrailingSlash(subpath, context);
    const resolved = resolveTarget(map[found.key], found.key, found.match, context);
    if (resolved === undefined || resolved === null) throw notExported(folder, subpath, base);
    return resolved.path;
  }
  throw notExported(folder, subpath, base);
}

/** What `#name` stands for: `{ path }` or `{ specifier }`. */
function resolveImports(name, scope, base, conditions) {
  if (name === '#' || name.endsWith('/')) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', base);
  }
  if (scope !== undefined && scope.config.imports !== undefined) {
    const map = scope.config.imports;
    const context = { folder: scope.folder, file: scope.config.file, base, conditions, internal: true };
    if (Object.hasOwn(map, name) && !name.includes('*')) {
      const resolved = resolveTarget(map[name], name, undefined, context);
      if (resolved !== undefined && resolved !== null) return resolved;
    } else {
      const found = matchPattern(map, name);
      if (found !== undefined) {
        const resolved = resolveTarget(map[found.key], found.key, found.match, context);
        if (resolved !== undefined && resolved !== null) return resolved;
      }
    }
  }
  throw new codes.ERR_PACKAGE_IMPORT_NOT_DEFINED(name, scope === undefined ? undefined : scope.folder, base);
}

module.exports = { resolveExports, resolveImports };
