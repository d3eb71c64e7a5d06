'use strict';

// nodule without a program on a terminal, and nodule -i.

const { getOptionValue } = require('internal/options');

function start() {
  const { env } = process;
  const repl = require('repl');
  const options = {
    ignoreUndefined: false,
    useGlobal: true,
    breakEvalOnSigint: true,
    isStandalone: true,
  };
  if (Number.parseInt(env.NODE_NO_READLINE, 10)) options.terminal = false;
  if (env.TERM === 'dumb') options.terminal = false;
  const mode = { strict: repl.REPL_MODE_STRICT, sloppy: repl.REPL_MODE_SLOPPY }[env.NODE_REPL_MODE?.trim().toLowerCase()];
  if (mode !== undefined) options.replMode = mode;
  options.replMode ??= repl.REPL_MODE_SLOPPY;
  const size = Number(env.NODE_REPL_HISTORY_SIZE);
  options.historySize = Number.isFinite(size) && size > 0 ? size : 1000;
  const server = repl.start(options);
  server.on('exit', () => {
    if (server.historyPending) server.once('flushHistory', () => process.exit());
    else process.exit();
  });
  if (server.terminal) server.setupHistory({ filePath: env.NODE_REPL_HISTORY });
  return server;
}

function run() {
  const welcome = `Welcome to Node.js ${process.version}.\nType ".help" for more information.`;
  if (!getOptionValue('--eval')) process.stdout.write(`${welcome}\n`);
  start();
}

module.exports = { run };
