'use strict';

// The functions that a module of WASI preview 1 imports (https://github.com/WebAssembly/WASI, "wasi_snapshot_preview1"): each checks what
// it was called with, and answers with an error number.

const { errno, numberOf } = require('internal/wasi/errno');

/** By name, the parameters: n is a number, b a BigInt. */
const signatures = {
  args_get: 'nn', args_sizes_get: 'nn', clock_res_get: 'nn', clock_time_get: 'nbn', environ_get: 'nn', environ_sizes_get: 'nn',
  fd_advise: 'nbbn', fd_allocate: 'nbb', fd_close: 'n', fd_datasync: 'n', fd_fdstat_get: 'nn', fd_fdstat_set_flags: 'nn',
  fd_fdstat_set_rights: 'nbb', fd_filestat_get: 'nn', fd_filestat_set_size: 'nb', fd_filestat_set_times: 'nbbn', fd_pread: 'nnnbn',
  fd_prestat_get: 'nn', fd_prestat_dir_name: 'nnn', fd_pwrite: 'nnnbn', fd_read: 'nnnn', fd_readdir: 'nnnbn', fd_renumber: 'nn',
  fd_seek: 'nbnn', fd_sync: 'n', fd_tell: 'nn', fd_write: 'nnnn', path_create_directory: 'nnn', path_filestat_get: 'nnnnn',
  path_filestat_set_times: 'nnnnbbn', path_link: 'nnnnnnn', path_open: 'nnnnnbbnn', path_readlink: 'nnnnnn',
  path_remove_directory: 'nnn', path_rename: 'nnnnnn', path_symlink: 'nnnnn', path_unlink_file: 'nnn', poll_oneoff: 'nnnn',
  proc_exit: 'n', proc_raise: 'n', random_get: 'nn', sched_yield: '', sock_accept: 'nnn', sock_recv: 'nnnnnn', sock_send: 'nnnnn',
  sock_shutdown: 'nn',
};

const families = [
  'internal/wasi/environment', 'internal/wasi/clock', 'internal/wasi/files', 'internal/wasi/folders',
];
const implementations = { __proto__: null };

function implementationOf(name) {
  for (const id of families) implementations[name] ??= require(id)[name];
  return implementations[name];
}

/** Pointers and numbers of 32 bits come signed. */
function convert(values, signature) {
  if (values.length !== signature.length) return false;
  for (let i = 0; i < values.length; i++) {
    if (signature[i] === 'n') {
      if (typeof values[i] !== 'number') return false;
      values[i] >>>= 0;
    } else {
      if (typeof values[i] !== 'bigint') return false;
      values[i] = BigInt.asUintN(64, values[i]);
    }
  }
  return true;
}

function notStarted() {
  const error = new Error('wasi.start() has not been called');
  error.code = 'ERR_WASI_NOT_STARTED';
  return error;
}

function newImport(name, guest) {
  const signature = signatures[name];
  const call = function(...values) {
    if (!convert(values, signature)) return errno.INVAL;
    if (guest.memory === undefined) throw notStarted();
    try {
      implementationOf(name)(guest, ...values);
      return errno.SUCCESS;
    } catch (error) {
      const number = numberOf(error);
      if (number === undefined) throw error;
      return number;
    }
  };
  Object.defineProperty(call, 'name', { __proto__: null, value: `bound ${name}`, configurable: true });
  return Object.defineProperty(call, 'length', { __proto__: null, value: signature.length, configurable: true });
}

/** All of them; a guest is { args, env, fds, memory }, its memory comes when it is started. */
function newImports(guest, exit) {
  const imports = {};
  for (const name of Object.keys(signatures)) imports[name] = name === 'proc_exit' ? exit : newImport(name, guest);
  return imports;
}

module.exports = { newImports };
