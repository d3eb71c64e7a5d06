'use strict';

const path = require('path');
const posix = require('internal/path/posix');

if (posix !== path) {
  posix.win32 = path;
  posix.posix = posix;
  posix._makeLong = posix.toNamespacedPath;
}

module.exports = posix;
