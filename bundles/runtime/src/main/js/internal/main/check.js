'use strict';

// --check: parse the script, run nothing.

const runtime = require('internal/runtime');

function check(source, name) {
  const { stripBom, stripShebang } = require('internal/modules/commonjs');
  const code = stripShebang(stripBom(source));
  if (name.endsWith('.mjs') || require('internal/modules/run_main').isEsModule(name)) {
    require('internal/modules/esm').check(code, name);
    return;
  }
  try {
    runtime.compileFunction(code, name, 'exports, require, module, __filename, __dirname');
  } catch (error) {
    const { hasModuleSyntax, check: checkModule } = require('internal/modules/esm');
    if (error?.name !== 'SyntaxError' || !hasModuleSyntax(code)) throw error;
    checkModule(code, name);
  }
}

function run() {
  if (runtime.script === undefined || runtime.script === '-') {
    const chunks = [];
    process.stdin.on('data', (chunk) => chunks.push(chunk));
    process.stdin.on('end', () => check(require('buffer').Buffer.concat(chunks).toString(), '[stdin]'));
    return;
  }
  const path = require('path');
  const { Module } = require('internal/modules/commonjs');
  const file = Module._resolveFilename(path.resolve(runtime.script), null, true);
  check(require('fs').readFileSync(file, 'utf8'), file);
}

module.exports = { run };
