'use strict';

// util.debuglog: output on standard error for the sections that NODE_DEBUG names, `*` standing for anything.

let pattern;

function isEnabled(section) {
  if (pattern === undefined) {
    const wanted = process.env.NODE_DEBUG;
    if (!wanted) {
      pattern = null;
    } else {
      const source = wanted.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^');
      pattern = new RegExp(`^${source}$`, 'i');
    }
  }
  return pattern !== null && pattern.test(section);
}

// What prints is decided at the first call, since the environment may still change before.
function debuglog(section, onFirstCall) {
  section = section.toUpperCase();
  let enabled;
  let print = (...args) => {
    print = isOn() ? write : () => {};
    if (typeof onFirstCall === 'function') onFirstCall(debug);
    print(...args);
  };
  function isOn() {
    return enabled ??= isEnabled(section);
  }
  function write(...args) {
    const { formatWithOptions } = require('internal/util/inspect');
    const colors = require('internal/util/colors').shouldColorize(process.stderr);
    const message = formatWithOptions({ colors }, ...args);
    process.stderr.write(formatWithOptions({ colors }, '%s %O: %s\n', section, process.pid, message));
  }
  const debug = (...args) => print(...args);
  Object.defineProperty(debug, 'name', { __proto__: null, value: 'logger', configurable: true });
  Object.defineProperty(debug, 'enabled', {
    __proto__: null, get() { return isOn(); }, configurable: true, enumerable: true,
  });
  return debug;
}

module.exports = { debuglog };
