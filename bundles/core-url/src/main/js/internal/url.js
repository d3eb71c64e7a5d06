'use strict';

// The URL class and what turns URLs into paths and options. Java parses; here is its result: the href, and where its parts are.
//
//   https://user:pass@example.com:1234/foo/bar?baz#quux
//         |     |    |          |     |       |   |
//         |     |    |          |     |       |   hash (-1: none)
//         |     |    |          |     |       search (-1: none)
//         |     |    |          |     pathname
//         |     |    |          hostEnd
//         |     |    hostStart (at the '@', if there is one)
//         |     usernameEnd
//         protocolEnd

const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH,
    ERR_INVALID_URL_SCHEME, ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { kValidateObjectAllowObjects, validateObject, validateString } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

const kContext = stateSymbol('url.context');

const offsets = new Int32Array(8);

// The numbers by which the binding knows the parts.
const PARTS = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

class Context {
  constructor(href) {
    this.searchParams = undefined;
    this.update(href);
  }

  // Takes over what the binding has just left in `offsets`.
  update(href) {
    this.href = href;
    this.protocolEnd = offsets[0];
    this.usernameEnd = offsets[1];
    this.hostStart = offsets[2];
    this.hostEnd = offsets[3];
    this.port = offsets[4];
    this.pathname = offsets[5];
    this.search = offsets[6];
    this.hash = offsets[7];
  }
}

function contextOf(url) {
  const context = url?.[kContext];
  if (context === undefined) {
    throw new TypeError('Cannot read private member #context from an object whose class did not declare it');
  }
  return context;
}

// Some members say it in V8's other words.
function checkReceiver(url) {
  if (url?.[kContext] === undefined) throw new TypeError('Receiver must be an instance of class URL');
}

function isURL(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true });
}

// The hash starts after everything else, the search before it.
function endOfSearch({ hash, href }) {
  return hash === -1 ? href.length : hash;
}

function endOfPathname(context) {
  return context.search === -1 ? endOfSearch(context) : context.search;
}

function hostnameOf(context) {
  const { href, hostStart, hostEnd } = context;
  return href.slice(href[hostStart] === '@' ? hostStart + 1 : hostStart, hostEnd);
}

function searchOf(context) {
  if (context.search === -1) return '';
  const end = endOfSearch(context);
  return end - context.search <= 1 ? '' : context.href.slice(context.search, end);
}

// Node.js makes this one where it parses, and so without the code in its name.
function invalidUrl(input, base) {
  const error = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
  if (base !== undefined) error.base = base;
  return error;
}

class URL {
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = binding.parse(input, base, offsets);
    if (href === undefined) throw invalidUrl(input, base);
    hide(this, kContext, new Context(href));
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = binding.parse(input, base, offsets);
    if (href === undefined) return null;
    const url = Object.create(URL.prototype);
    hide(url, kContext, new Context(href));
    return url;
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    return binding.canParse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static createObjectURL(object) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('obj');
    return require('internal/blob').createObjectURL(object);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(`${url}`);
  }

  [customInspectSymbol](depth, options) {
    contextOf(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create({ constructor: this.constructor === URL || this.constructor === undefined ?
      URL : this.constructor });
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
                        'search', 'searchParams', 'hash']) {
      shown[name] = this[name];
    }
    return `${this.constructor.name} ${require('internal/util/inspect').inspect({ ...shown }, options)}`;
  }

  toString() {
    checkReceiver(this);
    return contextOf(this).href;
  }

  get href() {
    checkReceiver(this);
    return contextOf(this).href;
  }

  set href(value) {
    const context = contextOf(this);
    value = `${value}`;
    const href = binding.parse(value, undefined, offsets);
    if (href === undefined) throw invalidUrl(value, undefined);
    context.update(href);
    refreshSearchParams(this);
  }

  get origin() {
    const context = contextOf(this);
    const protocol = context.href.slice(0, context.protocolEnd);
    switch (protocol) {
      case 'http:': case 'https:': case 'ws:': case 'wss:': case 'ftp:':
        return `${protocol}//${this.host}`;
      case 'blob:': {
        const inner = URL.parse(this.pathname);
        return inner !== null && (inner.protocol === 'http:' || inner.protocol === 'https:') ? inner.origin : 'null';
      }
      default:
        return 'null';
    }
  }

  get protocol() {
    const context = contextOf(this);
    return context.href.slice(0, context.protocolEnd);
  }

  set protocol(value) {
    change(this, 0, value);
  }

  get username() {
    const { href, protocolEnd, usernameEnd } = contextOf(this);
    return protocolEnd + 2 < usernameEnd ? href.slice(protocolEnd + 2, usernameEnd) : '';
  }

  set username(value) {
    change(this, 1, value);
  }

  get password() {
    const { href, usernameEnd, hostStart } = contextOf(this);
    return hostStart > usernameEnd ? href.slice(usernameEnd + 1, hostStart) : '';
  }

  set password(value) {
    change(this, 2, value);
  }

  get host() {
    const context = contextOf(this);
    const hostname = hostnameOf(context);
    return context.port === -1 ? hostname : `${hostname}:${context.port}`;
  }

  set host(value) {
    change(this, 3, value);
  }

  get hostname() {
    return hostnameOf(contextOf(this));
  }

  set hostname(value) {
    change(this, 4, value);
  }

  get port() {
    const { port } = contextOf(this);
    return port === -1 ? '' : `${port}`;
  }

  set port(value) {
    change(this, 5, value);
  }

  get pathname() {
    const context = contextOf(this);
    return context.href.slice(context.pathname, endOfPathname(context));
  }

  set pathname(value) {
    change(this, 6, value);
  }

  get search() {
    checkReceiver(this);
    return searchOf(contextOf(this));
  }

  set search(value) {
    change(this, 7, value);
    refreshSearchParams(this);
  }

  get searchParams() {
    const context = contextOf(this);
    return context.searchParams ??= require('internal/url/search_params').ofUrl(this, searchOf(context));
  }

  get hash() {
    const { href, hash } = contextOf(this);
    return hash === -1 || href.length - hash <= 1 ? '' : href.slice(hash);
  }

  set hash(value) {
    change(this, 8, value);
  }

  toJSON() {
    checkReceiver(this);
    return contextOf(this).href;
  }
}

function change(url, part, value) {
  const context = contextOf(url);
  const href = binding.change(context.href, part, `${value}`.toWellFormed(), offsets);
  if (href !== undefined) context.update(href);
}

function refreshSearchParams(url) {
  const context = url[kContext];
  const { searchParams } = context;
  if (searchParams !== undefined) require('internal/url/search_params').refresh(searchParams, searchOf(context));
}

// How a search-params object tells its URL that it has changed.
function setSearch(url, text) {
  change(url, 7, text);
}

Object.defineProperties(URL.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URL' },
  ...Object.fromEntries(['toString', 'href', 'origin', ...PARTS, 'searchParams', 'toJSON']
    .map((name) => [name, { __proto__: null, enumerable: true }])),
});
Object.defineProperties(URL, Object.fromEntries(['parse', 'canParse', 'createObjectURL', 'revokeObjectURL']
  .map((name) => [name, { __proto__: null, configurable: true, enumerable: true, writable: true }])));

function urlToHttpOptions(url) {
  validateObject(url, 'url', kValidateObjectAllowObjects);
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

const WINDOWS_ENCODED_SEPARATOR = /%(?:2f|5c)/i;
const POSIX_ENCODED_SEPARATOR = /%2f/i;

// The pathname of a file URL, checked and decoded by `decode`.
function windowsPath(url, decode) {
  const { hostname } = url;
  let { pathname } = url;
  if (WINDOWS_ENCODED_SEPARATOR.test(pathname)) {
    throw new ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters', url);
  }
  pathname = decode(pathname.replaceAll('/', '\\'));
  if (hostname !== '') return [`\\\\${domainToUnicode(hostname)}`, pathname];
  const drive = String.fromCharCode(pathname.at(1).charCodeAt?.(0) ?? pathname.at(1));
  if (!/[a-z]/i.test(drive) || String.fromCharCode(pathname.at(2)?.charCodeAt?.(0) ?? pathname.at(2)) !== ':') {
    throw new ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  }
  return ['', pathname.slice(1)];
}

function posixPath(url, decode) {
  if (url.hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
  if (POSIX_ENCODED_SEPARATOR.test(url.pathname)) {
    throw new ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', url);
  }
  return decode(url.pathname);
}

function fileUrl(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  return path;
}

function fileURLToPath(path, options = undefined) {
  const url = fileUrl(path);
  if (!(options?.windows ?? process.platform === 'win32')) return posixPath(url, decodeURIComponent);
  return windowsPath(url, decodeURIComponent).join('');
}

function fileURLToPathBuffer(path, options = undefined) {
  const { Buffer } = require('buffer');
  const decode = (text) => require('querystring').unescapeBuffer(text, false);
  const url = fileUrl(path);
  if (!(options?.windows ?? process.platform === 'win32')) return posixPath(url, decode);
  const [host, rest] = windowsPath(url, (text) => text);
  return Buffer.concat([Buffer.from(host), decode(rest)]);
}

const ENCODED_IN_PATH = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23', '[': '%5B', ']': '%5D', '^': '%5E',
  '|': '%7C', '~': '%7E' };

function pathToFileURL(filepath, options = undefined) {
  validateString(filepath, 'path');
  const windows = options?.windows ?? process.platform === 'win32';
  if (windows && filepath.startsWith('\\\\') && !/^\\\\\?\\[a-z]:/i.test(filepath)) return uncUrl(filepath);
  const path = require('path');
  let resolved = windows ? path.win32.resolve(filepath).replace(/^\\\\\?\\/, '') : path.posix.resolve(filepath);
  // resolve() takes a trailing separator off.
  const last = filepath.at(-1);
  const separator = windows ? '\\' : '/';
  if ((last === '/' || windows && last === '\\') && resolved.at(-1) !== separator) resolved += '/';
  return fromPath(resolved, windows);
}

function fromPath(path, windows, host = '') {
  const encoded = path.replace(/[%\\\n\r\t?#[\]^|~]/g, (char) => windows && char === '\\' ? '/' : ENCODED_IN_PATH[char]);
  return new URL(`file://${host}${encoded[0] === '/' ? '' : '/'}${encoded}`);
}

function uncUrl(filepath) {
  // A path in the form of devices names its drive or server after four characters.
  const isExtended = filepath.startsWith('\\\\?\\UNC\\');
  const start = isExtended ? 8 : 2;
  const hostEnd = filepath.indexOf('\\', start);
  if (hostEnd === -1) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Missing UNC resource path');
  if (hostEnd === 2) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Empty UNC servername');
  return fromPath(filepath.slice(hostEnd), true, domainToASCII(filepath.slice(start, hostEnd)));
}

function toPathIfFileURL(value) {
  return isURL(value) ? fileURLToPath(value) : value;
}

function domainToASCII(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return binding.domainToASCII(`${domain}`);
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return binding.domainToUnicode(`${domain}`);
}

// Not there yet; an import of this module reads every export, so it is the use that fails.
class URLPattern {
  constructor() {
    throw new (require('internal/errors').codes.ERR_METHOD_NOT_IMPLEMENTED)('URLPattern');
  }
}

module.exports = {
  URL, isURL, setSearch, urlToHttpOptions, fileURLToPath, fileURLToPathBuffer, pathToFileURL, toPathIfFileURL,
  domainToASCII, domainToUnicode,
  get URLSearchParams() {
    return require('internal/url/search_params').URLSearchParams;
  },
  URLPattern,
};
