'use strict';

// --watch: runs the program in a process of its own, and anew when one of its files, or something under --watch-path, changes.

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');

const DELAY = 200; // Milliseconds in which changes count as one.
const OWN_OPTIONS = new Set(['--watch', '--watch-preserve-output']);
const OWN_WITH_VALUE = new Set(['--watch-path', '--watch-kill-signal']);

function optionsOfProgram() {
  const options = [];
  for (let i = 0; i < process.execArgv.length; i++) {
    const name = process.execArgv[i].split('=', 1)[0];
    if (OWN_OPTIONS.has(name)) continue;
    if (OWN_WITH_VALUE.has(name)) {
      if (!process.execArgv[i].includes('=')) i++;
      continue;
    }
    options.push(process.execArgv[i]);
  }
  return options;
}

/** Tells of changes in files and folders, several of them as one. */
function createWatcher(onChange) {
  const fs = require('fs');
  const path = require('path');
  const folders = new Map(); // by path: its watcher, and the files in it that count (none: all)
  let timer;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, DELAY);
  };
  const watch = (folder, options) => {
    const entry = { files: new Set(), isWhole: false };
    try {
      entry.watcher = fs.watch(folder, options, (kind, name) => {
        if (entry.isWhole || name === null || entry.files.has(path.join(folder, String(name)))) changed();
      });
    } catch {
      return undefined; // It is gone.
    }
    folders.set(folder, entry);
    return entry;
  };
  return {
    addFile(file) {
      const folder = path.dirname(file);
      (folders.get(folder) ?? watch(folder, {}))?.files.add(file);
    },
    addFolder(folder) {
      const entry = folders.get(folder) ?? watch(folder, { recursive: true });
      if (entry !== undefined) entry.isWhole = true;
    },
  };
}

function run() {
  const path = require('path');
  const fs = require('fs');
  const { spawn } = require('child_process');
  const paths = getOptionValue('--watch-path').map((each) => path.resolve(each));
  const signal = getOptionValue('--watch-kill-signal') || 'SIGTERM';
  const clear = getOptionValue('--watch-preserve-output') || !process.stdout.isTTY ? '' : '\u001bc';
  const { script } = runtime;
  if (script === undefined && paths.length === 0) {
    fs.writeSync(2, `${process.execPath}: --watch requires specifying a file\n`);
    process.reallyExit(9);
  }
  const words = [...optionsOfProgram(), ...(script === undefined ? [] : [script]), ...runtime.argv];
  const shown = [script, ...runtime.argv].map((word) => `'${word}'`).join(' ');
  let child;
  let isRestarting = false;

  const watcher = createWatcher(() => restart());
  for (const each of paths) {
    if (fs.statSync(each, { throwIfNoEntry: false })?.isDirectory()) watcher.addFolder(each);
    else watcher.addFile(each);
  }
  if (paths.length === 0) watcher.addFile(path.resolve(script));

  const start = () => {
    const own = spawn(process.execPath, words, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' },
    });
    child = own;
    own.on('message', (message) => {
      if (paths.length > 0) return;
      for (const file of [...(message?.['watch:require'] ?? []), ...(message?.['watch:import'] ?? [])]) {
        watcher.addFile(file.startsWith('file:') ? require('url').fileURLToPath(file) : file);
      }
    });
    own.on('exit', (code) => {
      if (own !== child) return;
      child = undefined;
      if (isRestarting) return;
      if (code === 0) fs.writeSync(1, `Completed running ${shown}. Waiting for file changes before restarting...\n`);
      else fs.writeSync(1, `Failed running ${shown}. Waiting for file changes before restarting...\n`);
    });
  };
  const restart = async () => {
    if (isRestarting) return;
    isRestarting = true;
    if (child !== undefined) {
      const ended = require('events').once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    fs.writeSync(1, `${clear}Restarting ${shown}\n`);
    isRestarting = false;
    start();
  };
  for (const each of ['SIGINT', 'SIGTERM']) {
    process.on(each, () => {
      child?.kill(each);
      process.exit(each === 'SIGINT' ? 130 : 0);
    });
  }
  // The program's process may come and go; this one stays.
  setInterval(() => {}, 2 ** 31 - 1);
  start();
}

module.exports = { run };
