'use strict';

// Names outside ASCII travel in their ASCII form.
function toASCII(name) {
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) > 126) return require('url').domainToASCII(name) || name;
  }
  return name;
}

module.exports = { toASCII };
