'use strict';

// Whether input is read in sloppy or in strict mode.

module.exports = { REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict') };
