'use strict';

// The global navigator, https://nodejs.org/api/globals.html#navigator

const { codes } = require('internal/errors');

const kCreate = Symbol('create');
const PLATFORMS = { __proto__: null, darwin: 'MacIntel', win32: 'Win32', freebsd: 'FreeBSD', openbsd: 'OpenBSD', sunos: 'SunOS', aix: 'AIX' };

function platform() {
  if (process.platform !== 'linux') return PLATFORMS[process.platform] ?? process.platform;
  const names = { __proto__: null, x64: 'x86_64', ia32: 'i686', arm64: 'aarch64' };
  return `Linux ${names[process.arch] ?? process.arch}`;
}

class Navigator {
  #languages;

  constructor(key = undefined) {
    if (key !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get hardwareConcurrency() {
    return require('os').availableParallelism();
  }

  get language() {
    return this.languages[0];
  }

  get languages() {
    return (this.#languages ??= Object.freeze([Intl.DateTimeFormat().resolvedOptions().locale || 'en-US']));
  }

  get userAgent() {
    return `Node.js/${process.version.slice(1).split('.')[0]}`;
  }

  get locks() {
    if (!(#languages in this)) throw new codes.ERR_INVALID_THIS('Navigator');
    return require('worker_threads').locks;
  }

  get platform() {
    return platform();
  }
}
for (const name of ['hardwareConcurrency', 'language', 'languages', 'locks', 'userAgent', 'platform']) {
  Object.defineProperty(Navigator.prototype, name, { __proto__: null, enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kCreate) };
