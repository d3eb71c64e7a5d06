'use strict';

const path = require('path');
const win32 = require('internal/path/win32');

if (win32 !== path) {
  win32.win32 = win32;
  win32.posix = path;
  win32._makeLong = win32.toNamespacedPath;
}

module.exports = win32;
