'use strict';

// What could come next: names of commands, modules, files, variables and properties.

const KEYWORDS = [
  'async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export', 'false',
  'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this', 'throw', 'true',
  'try', 'typeof', 'var', 'void', 'while', 'with', 'yield',
];
const COMMAND = /^\s*\.(\w*)$/;
const FILE_COMMAND = /^\s*\.(?:load|save)\s+(.*)$/;
const REQUIRE = /\b(?:require|import)\s*\(\s*['"`](([\w@./:-]+\/)?(?:[\w@./:-]*))(?![^'"`])$/;
const FS_CALL = /\bfs(?:\.promises)?\s*\.\s*\w+\(\s*["'](.*)$/;
const EXPRESSION = /(?:[\w$'"`[{(](?:(\w| |\t)*?['"`]|\$|['"`\]})])*\??(?:\.|])?)*?(?:[a-zA-Z_$])?(?:\w|\$)*\??\.?$/;
const CHAIN = /((?:[a-zA-Z_$][\w$]*\s*(?:\?\.|\.)\s*)*)([\w$]*)$/;
const IDENTIFIER = /^[a-zA-Z_$][\w$]*$/;

function isIdentifier(name) {
  return IDENTIFIER.test(name);
}

/** Own names, and those of the prototypes, one group each. */
function groupsOf(object) {
  const groups = [];
  let depth = 0;
  for (let each = object; each !== null && each !== undefined && depth < 20; each = Object.getPrototypeOf(each), depth++) {
    let names;
    try {
      names = Object.getOwnPropertyNames(each).filter(isIdentifier);
    } catch {
      break;
    }
    groups.push(names);
  }
  return groups;
}

/** The value of `a.b.c` without calling a getter; undefined where that is not known. */
function valueOf(server, names) {
  let value;
  const [first, ...rest] = names;
  try {
    value = server.lookup(first);
  } catch {
    return undefined;
  }
  for (const name of rest) {
    if (value === null || value === undefined) return undefined;
    let descriptor;
    for (let each = Object(value); each !== null; each = Object.getPrototypeOf(each)) {
      if (require('internal/util/types').isProxy(each)) return undefined;
      descriptor = Object.getOwnPropertyDescriptor(each, name);
      if (descriptor !== undefined) break;
    }
    if (descriptor === undefined) return undefined;
    if ('value' in descriptor) value = descriptor.value;
    else if (value === globalThis || value === process || value === server.context) value = value[name];
    else return undefined;
  }
  return value;
}

function completeFile(prefix, options = {}) {
  const path = require('path');
  const fs = require('fs');
  const directory = prefix.endsWith('/') || prefix === '' ? prefix : path.dirname(prefix);
  const start = prefix.slice(prefix.lastIndexOf('/') + 1);
  const shownDirectory = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  let entries;
  try {
    entries = fs.readdirSync(path.resolve(directory || '.'), { withFileTypes: true });
  } catch {
    return [];
  }
  const names = [];
  for (const entry of entries) {
    if (!entry.name.startsWith(start)) continue;
    names.push(`${shownDirectory}${entry.name}${entry.isDirectory() && options.slashes ? '/' : ''}`);
  }
  return names;
}

function completeRequire(start) {
  const { builtinModules } = require('module');
  const path = require('path');
  const fs = require('fs');
  const groups = [];
  if (/^\.\.?\//.test(start) || start.startsWith('/')) {
    const found = new Set();
    for (const name of completeFile(start, { slashes: true })) {
      const extension = path.extname(name);
      if (extension === '.js' || extension === '.json' || extension === '.node') {
        found.add(path.basename(name, extension) === 'index' ? `${path.dirname(name)}/` : name.slice(0, -extension.length));
      } else if (name.endsWith('/') || ['.cjs', '.mjs'].includes(extension)) {
        found.add(name);
      }
    }
    groups.push([...found]);
    return groups;
  }
  const packages = new Set();
  for (const folder of require('internal/modules/commonjs').Module._nodeModulePaths(process.cwd())) {
    try {
      for (const name of fs.readdirSync(folder)) {
        if (name.startsWith('.')) continue;
        if (name.startsWith('@')) for (const inner of fs.readdirSync(path.join(folder, name))) packages.add(`${name}/${inner}`);
        else packages.add(name);
      }
    } catch {
      // No such folder.
    }
  }
  if (packages.size > 0) groups.push([...packages]);
  const publicNames = builtinModules.filter((id) => !id.startsWith('_'));
  groups.push(publicNames.map((id) => (id.startsWith('node:') ? id : `node:${id}`)), publicNames.filter((id) => !id.startsWith('node:')));
  return groups;
}

/** [completions, what they complete] */
function complete(server, line) {
  let groups = [];
  let completeOn;
  let filter = '';
  let match;
  line = line.trimStart();
  if ((match = FILE_COMMAND.exec(line)) !== null) {
    return [completeFile(match[1], { slashes: true }), match[1]];
  }
  if ((match = COMMAND.exec(line)) !== null && !/^\.\d/.test(line)) {
    groups = [Object.keys(server.commands)];
    completeOn = filter = match[1];
  } else if ((match = REQUIRE.exec(line)) !== null) {
    completeOn = filter = match[1];
    groups = completeRequire(match[1]);
  } else if ((match = FS_CALL.exec(line)) !== null) {
    return [completeFile(match[1], { slashes: true }), match[1]];
  } else if (line.length === 0 || /\w|\.|\$/.test(line[line.length - 1])) {
    if (line !== '' && !EXPRESSION.test(line)) return [[], line];
    [, completeOn, filter] = CHAIN.exec(line);
    const chain = completeOn;
    const at = line.length - chain.length - filter.length;
    const before = line[at - 1];
    completeOn = chain + filter;
    if (chain === '') {
      if (before === '.') return [[], completeOn]; // Of something that was called, or is in brackets.
      groups = globalGroups(server);
      groups.push(filter === '' ? [] : KEYWORDS);
    } else {
      if (before === '.') return [[], completeOn];
      const value = valueOf(server, chain.replaceAll('?.', '.').split('.').map((name) => name.trim()).filter(Boolean));
      if (value === undefined || value === null) return [[], completeOn];
      groups = groupsOf(Object(value)).map((names) => names.map((name) => chain + name));
      filter = completeOn;
    }
  } else {
    return [[], undefined];
  }
  return [arrange(groups, filter, completeOn), completeOn];
}

function globalGroups(server) {
  const names = server.lexicalNames();
  const groups = groupsOf(server.useGlobal ? globalThis : server.context);
  if (!server.useGlobal) groups.push(Object.getOwnPropertyNames(globalThis).filter(isIdentifier));
  return names.length > 0 ? [names, ...groups] : groups;
}

/** Groups are parted by an empty entry; a name is in one of them alone. */
function arrange(groups, filter) {
  const seen = new Set();
  const result = [];
  for (const group of groups.toReversed()) {
    const names = [...new Set(group)].filter((name) => name.startsWith(filter) && !seen.has(name)).sort();
    for (const name of names) seen.add(name);
    if (names.length === 0) continue;
    if (result.length > 0) result.unshift('');
    result.unshift(...names);
  }
  return result;
}

module.exports = { complete };
