'use strict';

/** How a client knows a script: files by their URLs, anything else by the name that it was compiled under. */
function urlOf(name) {
  if (name.startsWith('/')) return require('url').pathToFileURL(name).href;
  return name === '<eval>' ? '' : name;
}

module.exports = { urlOf };
