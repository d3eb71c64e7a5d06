'use strict';

// Native addons: machine code for Node.js's own binary interface, which is not here. The error says so, and names what does the same in JavaScript.

const runtime = require('internal/runtime');

// Packages whose addon is their whole purpose, and what does their work without one.
const ALTERNATIVES = {
  __proto__: null,
  argon2: 'argon2 of node:crypto',
  bcrypt: 'bcryptjs',
  'better-sqlite3': 'sql.js',
  canvas: 'pureimage',
  esbuild: 'esbuild-wasm',
  iconv: 'iconv-lite',
  lightningcss: 'lightningcss-wasm',
  'node-sass': 'sass',
  re2: 're2-wasm',
  rolldown: 'rollup as npm:@rollup/wasm-node (that is vite@7 for vite)',
  rollup: 'the same in WebAssembly, "rollup": "npm:@rollup/wasm-node" in dependencies or overrides',
  scrypt: 'scrypt of node:crypto',
  sharp: 'jimp',
  'sodium-native': 'libsodium-wrappers',
  sqlite3: 'sql.js',
  'unrs-resolver': 'jest@29 for jest',
  xxhash: 'xxhash-wasm',
  zeromq: 'jszmq',
};

// Where a package keeps its addons in packages of their own, one for each kind of machine.
const PARTS = [
  [/^@rollup\/rollup-/, 'rollup'], [/^@rolldown\/binding-/, 'rolldown'], [/^@img\/sharp-/, 'sharp'], [/^lightningcss-/, 'lightningcss'],
  [/^@unrs\/resolver-binding-/, 'unrs-resolver'], [/^@node-rs\/(bcrypt|argon2)/, undefined], [/^@esbuild\//, 'esbuild'],
];

/** The package that a file in node_modules is for. */
function packageOf(filename) {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(filename) ?? [];
  if (name === undefined) return undefined;
  for (const [pattern, whole] of PARTS) {
    const found = pattern.exec(name);
    if (found !== null) return whole ?? found[1];
  }
  return name;
}

function alternativeTo(name) {
  if ((name === 'better-sqlite3' || name === 'sqlite3') && runtime.isBuiltin('sqlite')) return 'node:sqlite';
  return ALTERNATIVES[name];
}

/** What `require` and `process.dlopen` throw for a file of machine code. */
function addonError(filename) {
  const name = packageOf(filename);
  const alternative = alternativeTo(name);
  const advice = alternative === undefined ? 'Look for a package of the same purpose in plain JavaScript or WebAssembly.' : `Instead of ${name}, use ${alternative}.`;
  const error = new Error(`Nodule cannot load native addons: ${filename}. ${advice}`);
  error.code = 'ERR_DLOPEN_FAILED';
  return error;
}

module.exports = { addonError };
