'use strict';

// The history of the REPL on a file, so that the next session knows it.

const DELAY = 15; // Milliseconds in which lines are gathered.

function say(server, text) {
  const isTerminal = server.output?.isTTY !== false;
  server._writeToOutput?.(text);
  if (isTerminal) server._refreshLine();
}

function defaultFile(server) {
  const os = require('os');
  try {
    return require('path').join(os.homedir(), '.node_repl_history');
  } catch {
    say(server, '\nError: Could not get the home directory.\nREPL session history will not be persisted.\n');
    return undefined;
  }
}

/** Reads the history of `file` and keeps it there; calls back when it is read. */
function setup(server, file, ready) {
  if (file === '' || (typeof file === 'string' && file.trim() === '')) {
    say(server, '\nPersistent history support disabled. Set the NODE_REPL_HISTORY environment\nvariable to a valid, user-writable path to enable.\n');
    ready(null, server);
    return;
  }
  const path = file ?? defaultFile(server);
  if (path === undefined) {
    ready(null, server);
    return;
  }
  const fs = require('fs');
  server.pause();
  const failed = () => {
    say(server, '\nError: Could not open history file.\nREPL session history will not be persisted.\n');
    server.resume();
    ready(null, server);
  };
  fs.open(path, 'a+', 0o600, (error, fd) => {
    if (error) {
      failed();
      return;
    }
    fs.close(fd, () => {
      fs.readFile(path, 'utf8', (readError, text) => {
        if (readError) {
          failed();
          return;
        }
        if (text) server.history = text.split(/[\n\r]+/, server.historySize).filter(Boolean);
        keep(server, path);
        server.resume();
        ready(null, server);
      });
    });
  });
}

function keep(server, path) {
  const fs = require('fs');
  let timer;
  let isWriting = false;
  let isPending = false;
  const write = () => {
    timer = undefined;
    if (isWriting) {
      isPending = true;
      return;
    }
    isWriting = true;
    server.historyPending = true;
    fs.writeFile(path, server.history.join('\n'), { mode: 0o600 }, () => {
      isWriting = false;
      if (isPending) {
        isPending = false;
        write();
        return;
      }
      server.historyPending = timer !== undefined;
      if (!server.historyPending) server.emit('flushHistory');
    });
  };
  server.on('line', () => {
    server.historyPending = true;
    clearTimeout(timer);
    timer = setTimeout(write, DELAY);
  });
  server.once('exit', () => {
    if (timer !== undefined) {
      clearTimeout(timer);
      write();
    }
  });
}

module.exports = { setup };
