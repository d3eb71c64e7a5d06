'use strict';

const windows = process.platform === 'win32';
const path = module.exports = require(windows ? 'internal/path/win32' : 'internal/path/posix');

path[windows ? 'win32' : 'posix'] = path;
// The other system's half is loaded when somebody asks for it, as the object that its own id gives.
require('internal/path/linked').link(path, windows ? 'posix' : 'win32', windows ? 'path/posix' : 'path/win32');
// As Node.js has had it from before path.toNamespacedPath.
path._makeLong = path.toNamespacedPath;
