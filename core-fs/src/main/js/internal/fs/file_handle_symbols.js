'use strict';
// How streams know a FileHandle, without loading the promises they may never need.
const { stateSymbol } = require('internal/symbols');

module.exports = {
  kHandleIsFor: stateSymbol('fs.handle'),
  kFd: stateSymbol('fs.handle.fd'),
  kRefs: stateSymbol('fs.handle.refs'),
  kClosing: stateSymbol('fs.handle.closing'),
  kLocked: stateSymbol('fs.handle.locked'),
  kRef: stateSymbol('fs.handle.ref'),
  kUnref: stateSymbol('fs.handle.unref'),
};
