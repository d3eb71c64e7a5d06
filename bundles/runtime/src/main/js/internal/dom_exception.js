'use strict';

// DOMException (Web IDL, section 3.14.1).

const CODES = {
  __proto__: null,
  IndexSizeError: ['INDEX_SIZE_ERR', 1],
  HierarchyRequestError: ['HIERARCHY_REQUEST_ERR', 3],
  WrongDocumentError: ['WRONG_DOCUMENT_ERR', 4],
  InvalidCharacterError: ['INVALID_CHARACTER_ERR', 5],
  NoModificationAllowedError: ['NO_MODIFICATION_ALLOWED_ERR', 7],
  NotFoundError: ['NOT_FOUND_ERR', 8],
  NotSupportedError: ['NOT_SUPPORTED_ERR', 9],
  InUseAttributeError: ['INUSE_ATTRIBUTE_ERR', 10],
  InvalidStateError: ['INVALID_STATE_ERR', 11],
  SyntaxError: ['SYNTAX_ERR', 12],
  InvalidModificationError: ['INVALID_MODIFICATION_ERR', 13],
  NamespaceError: ['NAMESPACE_ERR', 14],
  InvalidAccessError: ['INVALID_ACCESS_ERR', 15],
  TypeMismatchError: ['TYPE_MISMATCH_ERR', 17],
  SecurityError: ['SECURITY_ERR', 18],
  NetworkError: ['NETWORK_ERR', 19],
  AbortError: ['ABORT_ERR', 20],
  URLMismatchError: ['URL_MISMATCH_ERR', 21],
  QuotaExceededError: ['QUOTA_EXCEEDED_ERR', 22],
  TimeoutError: ['TIMEOUT_ERR', 23],
  InvalidNodeTypeError: ['INVALID_NODE_TYPE_ERR', 24],
  DataCloneError: ['DATA_CLONE_ERR', 25],
};
// Codes without an exception of that name any more.
const LEGACY = { DOMSTRING_SIZE_ERR: 2, NO_DATA_ALLOWED_ERR: 6, VALIDATION_ERR: 16 };

const kName = Symbol('name');
const kMessage = Symbol('message');
const kQuota = Symbol('quota');
const kRequested = Symbol('requested');

function DOMException(message = '', options = 'Error') {
  if (new.target === undefined) throw new TypeError("Class constructor DOMException cannot be invoked without 'new'");
  const self = Reflect.construct(Error, [`${message}`], new.target);
  delete self.message;
  const isObject = options !== null && typeof options === 'object';
  const name = isObject && 'name' in options ? `${options.name}` : isObject ? 'Error' : `${options}`;
  Object.defineProperty(self, kMessage, { __proto__: null, value: `${message}` });
  Object.defineProperty(self, kName, { __proto__: null, value: name });
  if (isObject && 'cause' in options) {
    Object.defineProperty(self, 'cause', { __proto__: null, value: options.cause, configurable: true, writable: true });
  }
  return self;
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperty(DOMException, 'length', { __proto__: null, value: 0, configurable: true });
Object.defineProperty(DOMException, 'prototype', { __proto__: null, writable: false });

function accessor(name, get) {
  Object.defineProperty(DOMException.prototype, name, { __proto__: null, get, enumerable: true, configurable: true });
}

function own(self, key) {
  if (self === null || typeof self !== 'object' || !Object.hasOwn(self, key)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_THIS('DOMException');
  }
  return self[key];
}

accessor('name', function() {
  return own(this, kName);
});
accessor('message', function() {
  return own(this, kMessage);
});
accessor('code', function() {
  return CODES[own(this, kName)]?.[1] ?? 0;
});
Object.defineProperty(DOMException.prototype, require('internal/symbols').kClone, {
  __proto__: null,
  configurable: true,
  value() {
    const copy = new DOMException(this.message, { name: this.name });
    Object.defineProperty(copy, 'stack', { __proto__: null, value: this.stack, writable: true, configurable: true });
    return copy;
  },
});
// To another thread
Object.defineProperty(DOMException.prototype, require('internal/symbols').kPack, {
  __proto__: null,
  configurable: true,
  value() {
    return { id: 'internal/dom_exception', name: 'DOMException', data: { message: this.message, name: this.name, stack: this.stack } };
  },
});
Object.defineProperty(DOMException, require('internal/symbols').kUnpack, {
  __proto__: null,
  configurable: true,
  value({ message, name, stack }) {
    const copy = new DOMException(message, { name });
    Object.defineProperty(copy, 'stack', { __proto__: null, value: stack, writable: true, configurable: true });
    return copy;
  },
});
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { __proto__: null, value: 'DOMException', configurable: true });

for (const [name, value] of [...Object.values(CODES), ...Object.entries(LEGACY)]) {
  const descriptor = { __proto__: null, value, enumerable: true };
  Object.defineProperty(DOMException, name, descriptor);
  Object.defineProperty(DOMException.prototype, name, descriptor);
}

/** What a quota of the Web's standards was exceeded by: https://webidl.spec.whatwg.org/#quotaexceedederror */
class QuotaExceededError extends DOMException {
  constructor(message = '', options = { __proto__: null }) {
    super(message, 'QuotaExceededError');
    const { quota = null, requested = null } = options ?? {};
    for (const [name, value] of [['quota', quota], ['requested', requested]]) {
      if (value !== null && !(Number.isFinite(Number(value)))) throw new TypeError(`${name} must be a finite number`);
      if (value !== null && Number(value) < 0) throw new RangeError(`${name} must not be negative`);
    }
    if (quota !== null && requested !== null && Number(requested) < Number(quota)) {
      throw new RangeError('requested must not be less than quota');
    }
    Object.defineProperty(this, kQuota, { __proto__: null, value: quota === null ? null : Number(quota) });
    Object.defineProperty(this, kRequested, { __proto__: null, value: requested === null ? null : Number(requested) });
  }

  get quota() {
    return own(this, kQuota);
  }

  get requested() {
    return own(this, kRequested);
  }
}
Object.defineProperties(QuotaExceededError.prototype, {
  quota: { __proto__: null, enumerable: true },
  requested: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, value: 'QuotaExceededError', configurable: true },
});

module.exports = { DOMException, QuotaExceededError };
