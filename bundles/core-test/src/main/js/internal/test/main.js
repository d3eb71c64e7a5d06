'use strict';

// nodule --test [files]: runs what run() gives and reports it as the command line says.

const { commandLine } = require('internal/test/config');
const { getOptionValue } = require('internal/options');

function main(patterns) {
  const config = commandLine();
  const watch = getOptionValue('--watch') === true;
  const { run } = require('internal/test/run');
  const cwd = process.cwd();
  const files = require('internal/test/files').findFiles(patterns, cwd);
  if (files.length === 0 && patterns.length > 0 && !watch) {
    process.stderr.write(`Could not find '${patterns.join(', ')}'\n`);
    process.exitCode = 1;
    return;
  }
  const shard = config.shard;
  const stream = run({
    concurrency: config.concurrency ?? true,
    cwd,
    files,
    forceExit: config.forceExit,
    isolation: config.isolation,
    shard,
    watch,
    setup(stream) {
      return require('internal/test/reporting').connect(stream, config);
    },
  });
  stream.on('test:summary', (data) => {
    if (data.file === undefined && !data.success) process.exitCode = 1;
  });
}

module.exports = { main };
