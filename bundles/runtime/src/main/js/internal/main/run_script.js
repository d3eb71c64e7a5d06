'use strict';

// --run NAME: a script of the nearest package.json, with node_modules/.bin in the path, by the shell.

const runtime = require('internal/runtime');

function nearestPackage() {
  const path = require('path');
  const fs = require('fs');
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (fs.existsSync(file)) return { file, folder };
    if (path.dirname(folder) === folder) return undefined;
  }
}

function fail(text) {
  require('fs').writeSync(2, text);
  process.exitCode = 1;
}

/** Folders of commands, the nearest first. */
function commandFolders(folder) {
  const path = require('path');
  const folders = [];
  for (let each = folder; ; each = path.dirname(each)) {
    folders.push(path.join(each, 'node_modules', '.bin'));
    if (path.dirname(each) === each) return folders;
  }
}

function quote(word) {
  return word === '' ? "''" : /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function run(name) {
  const found = nearestPackage();
  if (found === undefined) {
    fail(`Can't find package.json for directory ${process.cwd()}\n\n`);
    return;
  }
  let scripts;
  try {
    ({ scripts } = JSON.parse(require('fs').readFileSync(found.file, 'utf8')));
  } catch {
    fail(`Can't parse ${found.file}\n\n`);
    return;
  }
  if (scripts === null || typeof scripts !== 'object') {
    fail(`Can't find "scripts" field in ${found.file}\n\n`);
    return;
  }
  const script = scripts[name];
  if (script === undefined) {
    const names = Object.keys(scripts).map((each) => `  ${each}: ${scripts[each]}\n`).join('');
    fail(`Missing script: "${name}" for ${found.file}\n\nAvailable scripts are:\n${names}`);
    return;
  }
  if (typeof script !== 'string') {
    fail(`Script "${name}" is unexpectedly malformed for ${found.file}\n\n`);
    return;
  }
  const given = runtime.script === undefined ? runtime.argv : [runtime.script, ...runtime.argv];
  const command = [script, ...given.map(quote)].join(' ');
  const { PATH = '' } = process.env;
  const { status, signal, error } = require('child_process').spawnSync('/bin/sh', ['-c', command], {
    cwd: found.folder,
    env: {
      ...process.env,
      PATH: [...commandFolders(found.folder), PATH].join(':'),
      NODE_RUN_SCRIPT_NAME: name,
      NODE_RUN_PACKAGE_JSON_PATH: found.file,
    },
    stdio: 'inherit',
  });
  if (error !== undefined) throw error;
  // As in Node.js, whatever the code was.
  process.exitCode = status === 0 && signal === null ? 0 : 1;
}

module.exports = { run };
