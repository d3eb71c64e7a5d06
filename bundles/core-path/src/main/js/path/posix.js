'use strict';

const path = require('path');
const posix = module.exports = require('internal/path/posix');

if (posix !== path) {
  posix.posix = posix;
  require('internal/path/linked').link(posix, 'win32', 'path');
  posix._makeLong = posix.toNamespacedPath;
}
