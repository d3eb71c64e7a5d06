'use strict';

const path = require('path');
const win32 = module.exports = require('internal/path/win32');

if (win32 !== path) {
  win32.win32 = win32;
  require('internal/path/linked').link(win32, 'posix', 'path');
  win32._makeLong = win32.toNamespacedPath;
}
