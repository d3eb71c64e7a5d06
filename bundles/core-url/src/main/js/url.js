'use strict';

// The legacy API (https://nodejs.org/api/url.html#legacy-url-api), and the names of the one of the WHATWG, which is loaded when
// it is asked for.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_URL },
} = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');

const whatwg = () => require('internal/url');
const querystring = () => require('querystring');

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

const PROTOCOL = /^[a-z0-9.+-]+:/i;
const PORT = /:[0-9]*$/;
const SIMPLE_PATH = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
const AUTHORITY_WITH_USER = /^\/\/[^@/]+@[^@/]+/;
const NO_HOST_CHARACTER = /[ "%';<>\\^`{|}]/;
const FORBIDDEN_IN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_IPV6 = /[\0\t\n\r #%/<>?@\\^|]/;
const MAX_HOSTNAME = 255;

const isHostless = (protocol) => protocol === 'javascript' || protocol === 'javascript:';

function isSlashed(protocol) {
  switch (protocol) {
    case 'http': case 'http:': case 'https': case 'https:': case 'ftp': case 'ftp:': case 'gopher': case 'gopher:':
    case 'file': case 'file:': case 'ws': case 'ws:': case 'wss': case 'wss:':
      return true;
    default:
      return false;
  }
}

const ESCAPES = {
  '__proto__': null, '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E',
  '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D',
};

let checksLeft = 16;

// An application is told, a dependency is not; after some calls from dependencies nobody asks any more, for asking is slow.
function warnOfParse() {
  if (checksLeft === 0) return;
  checksLeft--;
  if (require('internal/util').isInsideNodeModules(10)) return;
  checksLeft = 0;
  process.emitWarning('`url.parse()` behavior is not standardized and prone to errors that have security implications. ' +
    'Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
                      'DeprecationWarning', 'DEP0169');
}

function urlParse(url, parseQueryString, slashesDenoteHost) {
  warnOfParse();
  if (url instanceof Url) return url;
  const parsed = new Url();
  parsed.parse(url, parseQueryString, slashesDenoteHost);
  return parsed;
}

// Without the white space around it, and with slashes for backslashes before the query.
function tidy(url) {
  url = url.replace(/^[\0-\x20\xa0\ufeff]+|[\0-\x20\xa0\ufeff]+$/g, '');
  if (!url.includes('\\')) return url;
  const end = url.search(/[?#]/);
  return end === -1 ? url.replaceAll('\\', '/') : url.slice(0, end).replaceAll('\\', '/') + url.slice(end);
}

Url.prototype.parse = function parse(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = tidy(url);
  if (!slashesDenoteHost && !rest.includes('#') && !rest.includes('@')) {
    const simple = SIMPLE_PATH.exec(rest);
    if (simple !== null) return this.setSimple(rest, simple, parseQueryString);
  }

  const found = PROTOCOL.exec(rest);
  const protocol = found === null ? undefined : found[0];
  const lowerProtocol = protocol?.toLowerCase();
  if (protocol !== undefined) {
    this.protocol = lowerProtocol;
    rest = rest.slice(protocol.length);
  }

  let slashes = false;
  if (slashesDenoteHost || protocol || AUTHORITY_WITH_USER.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !(protocol && isHostless(lowerProtocol))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!isHostless(lowerProtocol) && (slashes || protocol && !isSlashed(protocol))) rest = takeHost(this, url, rest);

  if (!isHostless(lowerProtocol)) rest = rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (char) => ESCAPES[char]);
  takePath(this, rest, parseQueryString);
  if (isSlashed(lowerProtocol) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = `${this.pathname || ''}${this.search || ''}`;
  this.href = this.format();
  return this;
};

// A path and perhaps a query, nothing else.
Object.defineProperty(Url.prototype, 'setSimple', {
  __proto__: null,
  value: function(href, [, pathname, search], parseQueryString) {
    this.path = href;
    this.href = href;
    this.pathname = pathname;
    if (search) {
      this.search = search;
      this.query = parseQueryString ? querystring().parse(search.slice(1)) : search.slice(1);
    } else if (parseQueryString) {
      this.search = null;
      this.query = { __proto__: null };
    }
    return this;
  },
});

// Reads user and host from the front of `rest`; what is left is the path. The host ends at the first character that none has,
// except that the last @ before the path starts it anew.
function takeHost(target, url, rest) {
  let end = -1;
  let at = -1;
  for (let i = 0; i < rest.length; i++) {
    const char = rest[i];
    if (char === '\t' || char === '\n' || char === '\r') {
      rest = rest.slice(0, i) + rest.slice(i + 1);
      i--;
    } else if (char === '@') {
      at = i;
      end = -1;
    } else if (char === '/' || char === '?' || char === '#') {
      if (end === -1) end = i;
      break;
    } else if (end === -1 && NO_HOST_CHARACTER.test(char)) {
      end = i;
    }
  }
  if (at !== -1) target.auth = decodeURIComponent(rest.slice(0, at));
  target.host = rest.slice(at + 1, end === -1 ? rest.length : end);
  rest = end === -1 ? '' : rest.slice(end);

  target.parseHost();
  target.hostname ??= '';
  let { hostname } = target;
  const isIpv6 = hostname.startsWith('[') && hostname.endsWith(']');
  if (!isIpv6) {
    const colon = hostname.indexOf(':');
    if (colon !== -1) throw new ERR_INVALID_ARG_VALUE('url', url, 'Invalid port in url');
  }
  hostname = hostname.length > MAX_HOSTNAME ? '' : hostname.toLowerCase();
  if (hostname !== '') {
    if (isIpv6) {
      if (FORBIDDEN_IN_IPV6.test(hostname)) throw new ERR_INVALID_URL(url);
    } else {
      hostname = binding.toASCII(hostname);
      // What is empty or forbidden now could be taken for something else by whoever parses the result.
      if (hostname === '' || FORBIDDEN_IN_HOST.test(hostname)) throw new ERR_INVALID_URL(url);
    }
  }
  target.host = `${hostname}${target.port ? `:${target.port}` : ''}`;
  if (isIpv6) {
    target.hostname = hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  } else {
    target.hostname = hostname;
  }
  return rest;
}

function takePath(target, rest, parseQueryString) {
  const hash = rest.indexOf('#');
  if (hash !== -1) target.hash = rest.slice(hash);
  const beforeHash = hash === -1 ? rest : rest.slice(0, hash);
  const question = beforeHash.indexOf('?');
  if (question !== -1) {
    target.search = beforeHash.slice(question);
    target.query = beforeHash.slice(question + 1);
    if (parseQueryString) target.query = querystring().parse(target.query);
  } else if (parseQueryString) {
    target.search = null;
    target.query = { __proto__: null };
  }
  const pathname = question === -1 ? beforeHash : beforeHash.slice(0, question);
  if (pathname !== '') target.pathname = pathname;
}

function urlFormat(urlObject, options) {
  if (typeof urlObject === 'string') {
    urlObject = urlParse(urlObject);
  } else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  } else if (urlObject instanceof whatwg().URL) {
    return formatWhatwg(urlObject, options);
  }
  return Url.prototype.format.call(urlObject);
}

function formatWhatwg(url, options) {
  let fragment = true;
  let unicode = false;
  let search = true;
  let auth = true;
  if (options) {
    validateObject(options, 'options');
    if (options.fragment != null) fragment = Boolean(options.fragment);
    if (options.unicode != null) unicode = Boolean(options.unicode);
    if (options.search != null) search = Boolean(options.search);
    if (options.auth != null) auth = Boolean(options.auth);
  }
  const { protocol, username, password, hostname, port } = url;
  let text = protocol;
  if (url.href.startsWith('//', protocol.length)) {
    text += '//';
    if (auth && (username !== '' || password !== '')) text += `${username}${password === '' ? '' : `:${password}`}@`;
    text += unicode ? whatwg().domainToUnicode(hostname) || hostname : hostname;
    if (port !== '') text += `:${port}`;
  }
  text += url.pathname;
  if (search) text += url.search;
  if (fragment) text += url.hash;
  return text;
}

function encodeAuth(auth) {
  // These stand for themselves in user information, though not in a component.
  return encodeURIComponent(auth).replace(/%3A/gi, ':');
}

Url.prototype.format = function format() {
  let auth = this.auth || '';
  if (auth) auth = `${encodeAuth(auth)}@`;
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  let query = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    const isBareIpv6 = this.hostname.includes(':') && !/^\[.*\]$/.test(this.hostname);
    host = auth + (isBareIpv6 ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += `:${this.port}`;
  }
  if (this.query !== null && typeof this.query === 'object') query = querystring().stringify(this.query);
  let search = this.search || query && `?${query}` || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[#?]/g, (char) => char === '#' ? '%23' : '%3F');
  if (this.slashes || isSlashed(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  search = search.replace(/#/g, '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

function urlResolve(source, relative) {
  return urlParse(source, false, true).resolve(relative);
}

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(urlParse(relative, false, true)).format();
};

function urlResolveObject(source, relative) {
  return source ? urlParse(source, false, true).resolveObject(relative) : relative;
}

function copyOf(url) {
  return Object.assign(new Url(), url);
}

function setPath(target) {
  if (target.pathname !== null || target.search !== null) {
    target.path = (target.pathname ? target.pathname : '') + (target.search ? target.search : '');
  }
}

function finish(target) {
  target.href = target.format();
  return target;
}

// A relative URL with a protocol of its own.
function withProtocol(result, relative) {
  if (!isSlashed(relative.protocol)) return finish(Object.assign(result, relative));
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !isHostless(relative.protocol)) {
    // The first names of the path are the host.
    const names = (relative.pathname || '').split('/');
    while (names.length > 0 && !(relative.host = names.shift()));
    relative.host ||= '';
    relative.hostname ||= '';
    if (names[0] !== '') names.unshift('');
    if (names.length < 2) names.unshift('');
    result.pathname = names.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = `${result.pathname || ''}${result.search || ''}`;
  result.slashes ||= relative.slashes;
  return finish(result);
}

// A host that a protocol without slashes has as the first name of its path; mail addresses have their user there.
function hostFrom(result, name) {
  result.hostname = result.host = name;
  const at = result.host && result.host.indexOf('@') > 0 && result.host.split('@');
  if (at) {
    result.auth = at.shift();
    result.host = result.hostname = at.shift();
  }
}

Url.prototype.resolveObject = function resolveObject(relative) {
  if (typeof relative === 'string') relative = urlParse(relative, false, true);
  const result = copyOf(this);
  // A hash is never inherited.
  result.hash = relative.hash;
  if (relative.href === '') return finish(result);

  if (relative.slashes && !relative.protocol) {
    const { protocol } = result;
    Object.assign(result, relative, { protocol });
    if (isSlashed(protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    return finish(result);
  }
  if (relative.protocol && relative.protocol !== result.protocol) return withProtocol(result, relative);

  const sourceIsAbsolute = Boolean(result.pathname && result.pathname[0] === '/');
  const relativeIsAbsolute = Boolean(relative.host || relative.pathname && relative.pathname[0] === '/');
  let mustEndAbsolute = relativeIsAbsolute || sourceIsAbsolute || Boolean(result.host && relative.pathname);
  const removesAllDots = mustEndAbsolute;
  let names = result.pathname ? result.pathname.split('/') : [];
  const relativeNames = relative.pathname ? relative.pathname.split('/') : [];
  const noSlashes = result.protocol && !isSlashed(result.protocol);

  if (noSlashes) {
    // Hosts are taken for names of the path, and given back at the end.
    result.hostname = '';
    result.port = null;
    if (result.host) {
      if (names[0] === '') names[0] = result.host;
      else names.unshift(result.host);
    }
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) {
        if (relativeNames[0] === '') relativeNames[0] = relative.host;
        else relativeNames.unshift(relative.host);
      }
      relative.host = null;
    }
    mustEndAbsolute &&= relativeNames[0] === '' || names[0] === '';
  }

  if (relativeIsAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    names = relativeNames;
  } else if (relativeNames.length > 0) {
    // Takes the place of the last name.
    names.pop();
    names = names.concat(relativeNames);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    // Only the query changes.
    if (noSlashes) hostFrom(result, names.shift());
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    return finish(result);
  }

  if (names.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return finish(result);
  }

  const last = names.at(-1);
  const hasTrailingSlash = (result.host || relative.host || names.length > 1) && (last === '.' || last === '..') ||
    last === '';
  let up = 0;
  for (let i = names.length - 1; i >= 0; i--) {
    if (names[i] === '.') {
      names.splice(i, 1);
    } else if (names[i] === '..') {
      names.splice(i, 1);
      up++;
    } else if (up > 0) {
      names.splice(i, 1);
      up--;
    }
  }
  // What leads above the start stays, unless the result is absolute.
  if (!mustEndAbsolute && !removesAllDots) {
    while (up-- > 0) names.unshift('..');
  }
  if (mustEndAbsolute && names[0] !== '' && (!names[0] || names[0][0] !== '/')) names.unshift('');
  if (hasTrailingSlash && names.join('/').at(-1) !== '/') names.push('');

  const isAbsolute = names[0] === '' || names[0] && names[0][0] === '/';
  if (noSlashes) hostFrom(result, isAbsolute ? '' : names.length ? names.shift() : '');
  mustEndAbsolute ||= Boolean(result.host && names.length);
  if (mustEndAbsolute && !isAbsolute) names.unshift('');
  if (names.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = names.join('/');
  }
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  return finish(result);
};

Url.prototype.parseHost = function parseHost() {
  let { host } = this;
  const port = PORT.exec(host);
  if (port !== null) {
    if (port[0] !== ':') this.port = port[0].slice(1);
    host = host.slice(0, host.length - port[0].length);
  }
  if (host) this.hostname = host;
};

module.exports = {
  Url,
  parse: urlParse,
  resolve: urlResolve,
  resolveObject: urlResolveObject,
  format: urlFormat,
};

function lazily(name) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = whatwg()[name];
      Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
    },
  });
}

['URL', 'URLPattern', 'URLSearchParams', 'domainToASCII', 'domainToUnicode', 'pathToFileURL', 'fileURLToPath',
 'fileURLToPathBuffer', 'urlToHttpOptions'].forEach(lazily);
