'use strict';

// Test files run anew when they, or what they load, change; each time is a run with totals of its own.

const DELAY = 200; // Milliseconds in which changes count as one.

function watch({ stream, config, settings, files, patterns, isFixed, finish }) {
  const fs = require('fs');
  const path = require('path');
  const { createHarness } = require('internal/test/harness');
  const { findFiles } = require('internal/test/files');
  const { runFile } = require('internal/test/file_process');
  const { setTimeout, clearTimeout } = require('internal/test/originals');
  const { cwd, signal } = settings;
  const users = new Map(); // by file: the test files that load it
  // The stream goes on when a run has ended.
  const sink = { tell: (type, data) => { if (type !== null) stream.tell(type, data); } };
  const changed = new Set();
  let timer;
  let running = Promise.resolve();

  const use = (file, test) => {
    if (!users.has(file)) users.set(file, new Set());
    users.get(file).add(test);
  };

  const runAll = async (list) => {
    const harness = createHarness({ ...config, __proto__: null, isWatching: true, isApi: true }, sink);
    harness.onChild = (child, test) => child.on('message', (message) => {
      for (const each of [...(message?.['watch:require'] ?? []), ...(message?.['watch:import'] ?? [])]) {
        use(each.startsWith('file:') ? require('url').fileURLToPath(each) : each, test);
      }
    });
    harness.isLoading = true;
    for (const each of list) use(path.resolve(cwd, each), path.resolve(cwd, each));
    await Promise.all(list.map((file) => runFile(harness, file, settings)));
    harness.isLoading = false;
    await finish(harness);
  };

  const onChange = () => {
    const names = [...changed];
    changed.clear();
    const known = new Set(isFixed ? files.map((file) => path.resolve(cwd, file)) : findFiles(patterns, cwd));
    const affected = new Set();
    for (const name of names) {
      if (known.has(name)) affected.add(name);
      for (const test of users.get(name) ?? []) if (known.has(test) || fs.existsSync(test)) affected.add(test);
    }
    if (affected.size === 0) return;
    running = running.then(() => {
      stream.tell('test:watch:restarted');
      return runAll([...affected]);
    }).then(() => stream.tell('test:watch:drained'));
  };

  const watcher = fs.watch(cwd, { recursive: true, signal }, (kind, name) => {
    if (name === null || /(^|\/)node_modules\//.test(name)) return;
    changed.add(path.resolve(cwd, name));
    clearTimeout(timer);
    timer = setTimeout(onChange, DELAY);
  });
  watcher.on('error', (error) => { if (error.name !== 'AbortError') stream.destroy(error); });
  signal?.addEventListener('abort', () => running.then(() => stream.tell(null)), { __proto__: null, once: true });
  running = runAll(files).then(() => stream.tell('test:watch:drained'));
}

module.exports = { watch };
