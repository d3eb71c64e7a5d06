'use strict';

// Errors whose message or properties depend on their arguments: code without its 'ERR_' -> [base class, function].
// The function is called with the error as `this`, so that it can add properties, and returns the message.

const capitalized = /^[A-Z][a-zA-Z0-9]*$/;
const typeNames = new Set(
  ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol']);

function inspect(value, options) {
  return require('internal/util/inspect').inspect(value, options);
}

function formatList(list, word = 'and') {
  if (list.length === 0) return '';
  if (list.length === 1) return `${list[0]}`;
  if (list.length === 2) return `${list[0]} ${word} ${list[1]}`;
  return `${list.slice(0, -1).join(', ')}, ${word} ${list[list.length - 1]}`;
}

// What 'Received ...' says about a value.
function determineSpecificType(value) {
  if (value === null || value === undefined) return `${value}`;
  const type = typeof value;
  if (type === 'function') return `function ${value.name}`;
  if (type === 'object') {
    if (value.constructor?.name) return `an instance of ${value.constructor.name}`;
    return `${inspect(value, { depth: -1 })}`;
  }
  if (type === 'string') {
    if (value.length > 28) value = `${value.slice(0, 25)}...`;
    return `type string (${value.includes("'") ? JSON.stringify(value) : `'${value}'`})`;
  }
  if (type === 'bigint') return `type bigint (${value}n)`;
  if (type === 'symbol') return `type symbol (${Symbol.prototype.toString.call(value)})`;
  if (type === 'number' && value === 0) return `type number (${1 / value < 0 ? '-0' : '0'})`;
  return `type ${type} (${value})`;
}

function describeExpected(expected) {
  const list = Array.isArray(expected) ? expected : [expected];
  const types = [];
  const instances = [];
  const others = [];
  for (const name of list) {
    if (typeNames.has(name)) types.push(name.toLowerCase());
    else if (capitalized.test(name)) instances.push(name);
    else others.push(name);
  }
  // 'object' reads better as one more class where there are classes.
  const object = types.indexOf('object');
  if (instances.length > 0 && object !== -1) {
    types.splice(object, 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${formatList(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${formatList(others, 'or')}`);
  else if (others.length === 1) parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  return parts.join(' or ');
}

function invalidArgType(name, expected, actual) {
  const subject = name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return `The ${subject} must be ${describeExpected(expected)}. Received ${determineSpecificType(actual)}`;
}

function invalidArgValue(name, value, reason = 'is invalid') {
  name = String(name);
  let shown = inspect(value);
  if (shown.length > 128) shown = `${shown.slice(0, 128)}...`;
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`;
}

function addNumericalSeparator(text) {
  let grouped = '';
  let end = text.length;
  const start = text[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) grouped = `_${text.slice(end - 3, end)}${grouped}`;
  return text.slice(0, end) + grouped;
}

function outOfRange(name, range, input, replaceDefault = false) {
  let received;
  if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) {
    received = addNumericalSeparator(String(input));
  } else if (typeof input === 'bigint') {
    const large = input > 2n ** 32n || input < -(2n ** 32n);
    received = `${large ? addNumericalSeparator(String(input)) : input}n`;
  } else {
    received = inspect(input);
  }
  return `${replaceDefault ? name : `The value of "${name}" is out of range.`} It must be ${range}. Received ${received}`;
}

function missingArgs(...args) {
  const quoted = args.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
  return `The ${formatList(quoted)} ${args.length > 1 ? 'arguments' : 'argument'} must be specified`;
}

function invalidPackageTarget(packagePath, key, target, isImport = false, base = undefined) {
  const relative = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
  const from = `in the package config ${packagePath}package.json${base ? ` imported from ${base}` : ''}`;
  const tail = relative ? '; targets must start with "./"' : '';
  if (key === '.') return `Invalid "exports" main target ${JSON.stringify(target)} defined ${from}${tail}`;
  return `Invalid "${isImport ? 'imports' : 'exports'}" target ${JSON.stringify(target)} defined for '${key}' ${from}${tail}`;
}

// Users' accessors on Error.prototype are not run.
function setOwn(error, key, value) {
  Object.defineProperty(error, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

function requireEsm(filename, hasEsmSyntax, parentPath = null, packageJsonPath = null) {
  let message = `require() of ES Module ${filename}${parentPath ? ` from ${parentPath}` : ''} not supported.`;
  const slash = filename.lastIndexOf('/') + 1;
  const name = parentPath && filename.slice(slash) !== parentPath.slice(parentPath.lastIndexOf('/') + 1) ?
    filename.slice(slash) : filename;
  const dynamic = 'dynamic import() which is available in all CommonJS modules';
  if (!packageJsonPath || hasEsmSyntax) {
    const shown = packageJsonPath ? name : filename;
    return `${message}\nInstead change the require of ${shown}${parentPath && packageJsonPath ? ` in ${parentPath}` : ''} to a ${dynamic}.`;
  }
  message += `\n${name} is treated as an ES module file as it is a .js file whose nearest parent package.json ` +
    'contains "type": "module" which declares all .js files in that package scope as ES modules.' +
    `\nInstead either rename ${name} to end in .cjs, change the requiring code to use ${dynamic}, ` +
    `or change "type": "module" to "type": "commonjs" in ${packageJsonPath} to treat all .js files as CommonJS ` +
    '(using .mjs for all ES modules instead).\n';
  return message;
}

function withProperties(error, properties, message) {
  Object.assign(error, properties);
  return message;
}

const importedFrom = (base) => (base ? ` imported from ${base}` : '');

module.exports = {
  formatList,
  determineSpecificType,
  computed: {
    __proto__: null,
    ACCESS_DENIED: ['Error', function(message, permission = '', resource = '') {
      return withProperties(this, { permission, resource }, message);
    }],
    BUFFER_OUT_OF_BOUNDS: ['RangeError', (name) => (name ? `"${name}" is outside of buffer bounds` :
      'Attempt to access memory outside buffer bounds')],
    ENCODING_INVALID_ENCODED_DATA: ['TypeError', function(encoding, errno) {
      return withProperties(this, { errno }, `The encoded data was not valid for encoding ${encoding}`);
    }],
    FALSY_VALUE_REJECTION: ['Error', function(reason) {
      return withProperties(this, { reason }, 'Promise was rejected with falsy value');
    }],
    HTTP2_INVALID_SETTING_VALUE: ['TypeError', function(name, actual, min, max) {
      const limits = min === undefined ? { actual } : { actual, min, max };
      return withProperties(this, limits, `Invalid value for setting "${name}": ${actual}`);
    }, 'RangeError'],
    HTTP2_STREAM_CANCEL: ['Error', function(cause) {
      if (cause) this.cause = cause;
      const reason = typeof cause?.message === 'string' ? ` (caused by: ${cause.message})` : '';
      return `The pending stream has been canceled${reason}`;
    }],
    IMPORT_ATTRIBUTE_UNSUPPORTED: ['TypeError', (key, value, url) =>
      `Import attribute "${key}" with value "${value}" is not supported${url === undefined ? '' : ` in ${url}`}`],
    INSPECTOR_COMMAND: ['Error', (code, message) => `Inspector error ${+code}: ${message}`],
    INTERNAL_ASSERTION: ['Error', (message) => `${message === undefined ? '' : `${message}\n`}` +
      'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
      'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n'],
    INVALID_ADDRESS_FAMILY: ['RangeError', function(type, host, port) {
      return withProperties(this, { host, port }, `Invalid address family: ${type} ${host}:${port}`);
    }],
    INVALID_ARG_TYPE: ['TypeError', invalidArgType],
    INVALID_ARG_VALUE: ['TypeError', invalidArgValue, 'RangeError'],
    INVALID_CHAR: ['TypeError', (name, field) =>
      `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`],
    INVALID_FILE_URL_PATH: ['TypeError', function(reason, input) {
      return withProperties(this, { input }, `File URL path ${reason}`);
    }],
    INVALID_MIME_SYNTAX: ['TypeError', (production, text, position) =>
      `The MIME syntax for a ${production} in "${text}" is invalid${position !== -1 ? ` at ${position}` : ''}`],
    INVALID_MODULE_SPECIFIER: ['TypeError', (request, reason, base) =>
      `Invalid module "${request}" ${reason}${importedFrom(base)}`],
    INVALID_PACKAGE_CONFIG: ['Error', (path, base, message) =>
      `Invalid package config ${path}${base ? ` while importing ${base}` : ''}${message ? `. ${message}` : ''}`],
    INVALID_PACKAGE_TARGET: ['Error', invalidPackageTarget],
    INVALID_RETURN_PROPERTY: ['TypeError', (type, hook, property, value) =>
      `Expected a valid ${type} to be returned for the "${property}" from the "${hook}" hook` +
      ` but got ${determineSpecificType(value)}.`],
    INVALID_RETURN_PROPERTY_VALUE: ['TypeError', (type, hook, property, value) =>
      `Expected ${type} to be returned for the "${property}" from the "${hook}" hook` +
      ` but got ${determineSpecificType(value)}.`],
    INVALID_RETURN_VALUE: ['TypeError', (type, name, value) =>
      `Expected ${type} to be returned from the "${name}" function but got ${determineSpecificType(value)}.`,
    'RangeError'],
    INVALID_STATE: ['Error', (state) => `Invalid state: ${typeof state === 'string' ? state : inspect(state)}`, 'TypeError', 'RangeError'],
    INVALID_URL: ['TypeError', function(input, base = null) {
      this.input = input;
      if (base != null) this.base = base;
      return 'Invalid URL';
    }],
    INVALID_URL_SCHEME: ['TypeError', (expected) => {
      const list = typeof expected === 'string' ? [expected] : expected;
      return `The URL must be ${list.length === 2 ? 'one of' : 'of'} scheme ${formatList(list, 'or')}`;
    }],
    MISSING_ARGS: ['TypeError', missingArgs],
    MODULE_NOT_FOUND: ['Error', function(path, base, exactUrl) {
      if (exactUrl) setOwn(this, 'url', `${exactUrl}`);
      return `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`;
    }],
    OPERATION_FAILED: ['Error', (reason) => `Operation failed: ${reason}`, 'TypeError'],
    OUT_OF_RANGE: ['RangeError', outOfRange],
    PACKAGE_IMPORT_NOT_DEFINED: ['TypeError', (specifier, packagePath, base) =>
      `Package import specifier "${specifier}" is not defined` +
      `${packagePath ? ` in package ${packagePath}package.json` : ''}${importedFrom(base)}`],
    PACKAGE_PATH_NOT_EXPORTED: ['Error', (packagePath, subpath, base = undefined) => (subpath === '.' ?
      `No "exports" main defined in ${packagePath}package.json${importedFrom(base)}` :
      `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json${importedFrom(base)}`)],
    PARSE_ARGS_UNKNOWN_OPTION: ['TypeError', (option, allowPositionals) => `Unknown option '${option}'` +
      `${allowPositionals ? '. To specify a positional argument starting with a \'-\', ' +
      `place it at the end of the command after '--', as in '-- "${option}"` : ''}`],
    REQUIRE_ASYNC_MODULE: ['Error', function(filename, parent) {
      let message = 'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
        'To see where the top-level await comes from, use --experimental-print-required-tla.';
      if (filename) message += `\nRequired module: ${filename}`;
      if (parent) {
        const value = [parent.filename ?? parent];
        Object.defineProperty(this, 'requireStack', { __proto__: null, value, writable: true, configurable: true });
        message += `\nRequire stack:\n- ${this.requireStack.join('\n- ')}`;
      }
      return message;
    }],
    REQUIRE_ESM: ['Error', requireEsm],
    REQUIRE_ESM_RACE_CONDITION: ['Error', (filename, parent, inHooks) =>
      `Cannot require() ES Module ${filename} because it is not yet fully loaded.\n` +
      'This may be caused by a race condition if the module is simultaneously dynamically import()-ed via Promise.all().\n' +
      'Try await-ing the import() sequentially in a loop instead.\n' +
      ` (From ${parent ? `${parent} in ` : ''}${inHooks ? 'loader hook worker thread' : 'non-loader-hook thread'})`],
    SOCKET_BAD_PORT: ['RangeError', (name, port, allowZero = true) =>
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${determineSpecificType(port)}.`],
    TEST_FAILURE: ['Error', function(error, failureType) {
      const message = error?.message ?? error;
      const properties = { failureType, cause: error };
      return withProperties(this, properties, typeof message === 'string' ? message : inspect(message));
    }],
    TLS_ALPN_CALLBACK_INVALID_RESULT: ['TypeError', (value, protocols) => `ALPN callback returned a value (${value}) ` +
      `that did not match any of the client's offered protocols (${protocols.join(', ')})`],
    TLS_CERT_ALTNAME_INVALID: ['Error', function(reason, host, cert) {
      return withProperties(this, { reason, host, cert },
                            `Hostname/IP does not match certificate's altnames: ${reason}`);
    }],
    UNHANDLED_ERROR: ['Error', (error) => (error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`)],
    UNSUPPORTED_DIR_IMPORT: ['Error', function(path, base, exactUrl) {
      if (exactUrl) setOwn(this, 'url', `${exactUrl}`);
      return `Directory import '${path}' is not supported resolving ES modules imported from ${base}`;
    }],
    UNSUPPORTED_ESM_URL_SCHEME: ['Error', (url, supported) => 'Only URLs with a scheme in: ' +
      `${formatList(supported)} are supported by the default ESM loader. Received protocol '${url.protocol}'`],
    VM_MODULE_LINK_FAILURE: ['Error', function(message, cause) {
      return withProperties(this, { cause }, message);
    }],
    WORKER_INVALID_EXEC_ARGV: ['Error', (flags, text = 'invalid execArgv flags') =>
      `Initiated Worker with ${text}: ${flags.join(', ')}`],
    WORKER_PATH: ['TypeError', (filename) => 'The worker script or module filename must be an absolute path or a ' +
      "relative path starting with './' or '../'." +
      `${filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : ''} Received "${filename}"`],
  },
};
