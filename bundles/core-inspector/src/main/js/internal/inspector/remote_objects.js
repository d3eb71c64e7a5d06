'use strict';

// Values as clients see them (Runtime.RemoteObject), and the objects that each client may ask for again.

const { ProtocolError } = require('internal/inspector/connection');
const { details, types } = require('internal/runtime');
const { describe, entriesOf, subtypeOf } = require('internal/inspector/descriptions');

const PREVIEW_PROPERTIES = 5;
const PREVIEW_ELEMENTS = 100;
const PREVIEW_TEXT = 100;

/** The objects that one client knows, by identifiers and in groups. */
class RemoteObjects {
  constructor() {
    this.byId = new Map();
    this.groups = new Map();
    this.last = 0;
  }

  register(value, group = '') {
    const id = `1.1.${++this.last}`;
    this.byId.set(id, { value, group });
    if (group !== '') {
      if (!this.groups.has(group)) this.groups.set(group, new Set());
      this.groups.get(group).add(id);
    }
    return id;
  }

  entry(id) {
    if (typeof id !== 'string') throw new ProtocolError('Invalid parameters', -32602);
    const found = this.byId.get(id);
    if (found === undefined) throw new ProtocolError('Could not find object with given id');
    return found;
  }

  get(id) {
    const { value } = this.entry(id);
    return typeof value === 'object' && value !== null && value instanceof LazyObject ? value.get() : value;
  }

  release(id) {
    this.byId.delete(id);
  }

  releaseGroup(group) {
    for (const id of this.groups.get(group) ?? []) this.byId.delete(id);
    this.groups.delete(group);
  }
}

/** An object that is made when a client asks for its properties, as the variables of a scope. */
class LazyObject {
  constructor(make) {
    this.make = make;
  }

  get() {
    this.object ??= this.make();
    return this.object;
  }
}

function unserializable(value) {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'bigint' ? `${value}n` : `${value}`;
}

/** What needs no identifier. */
function primitive(value) {
  switch (typeof value) {
    case 'undefined':
      return { type: 'undefined' };
    case 'boolean':
    case 'string':
      return { type: typeof value, value };
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? { type: 'number', value, description: `${value}` }
        : { type: 'number', unserializableValue: unserializable(value), description: unserializable(value) };
    case 'bigint':
      return { type: 'bigint', unserializableValue: unserializable(value), description: unserializable(value) };
    default:
      return value === null ? { type: 'object', subtype: 'null', value: null } : undefined;
  }
}

/** `{ group, preview, byValue }` are a command's wishes. */
function remoteObject(objects, value, { group = '', preview = false, byValue = false } = {}) {
  const plain = primitive(value);
  if (plain !== undefined) return plain;
  if (typeof value === 'symbol') {
    if (byValue) throw new ProtocolError('Object couldn\'t be returned by value');
    return { type: 'symbol', description: value.toString(), objectId: objects.register(value, group) };
  }
  const type = typeof value;
  if (byValue) return { type, ...(type === 'object' && subtypeOf(value) && { subtype: subtypeOf(value) }), value: copy(value) };
  const subtype = type === 'object' ? subtypeOf(value) : undefined;
  const { className, description } = describe(value, subtype);
  const result = { type, ...(subtype !== undefined && { subtype }), className, description, objectId: objects.register(value, group) };
  if (preview) result.preview = previewOf(value, type, subtype, description);
  return result;
}

/** An object as JSON would have it, without asking its own toJSON. */
function copy(value, seen = []) {
  if (typeof value === 'bigint' || typeof value === 'symbol') throw new ProtocolError('Object couldn\'t be returned by value');
  if (typeof value === 'function') return {};
  if (typeof value !== 'object' || value === null) return value;
  if (seen.includes(value)) throw new ProtocolError('Object reference chain is too long');
  const inner = [...seen, value];
  if (inner.length > 1000) throw new ProtocolError('Object reference chain is too long');
  if (Array.isArray(value)) return Array.from(value, (each) => copy(each, inner) ?? null);
  const result = {};
  for (const key of Object.keys(value)) {
    const each = copy(value[key], inner);
    if (each !== undefined) result[key] = each;
  }
  return result;
}

function shorten(text) {
  return text.length > PREVIEW_TEXT ? `${text.slice(0, PREVIEW_TEXT - 1)}\u2026` : text;
}

function previewOfValue(value) {
  const type = typeof value;
  if (type === 'object' && value !== null) {
    const subtype = subtypeOf(value);
    return { type, ...(subtype && { subtype }), value: shorten(describe(value, subtype).description) };
  }
  if (type === 'function') return { type, value: '' };
  if (value === null) return { type: 'object', subtype: 'null', value: 'null' };
  return { type, value: shorten(type === 'bigint' ? `${value}n` : typeof value === 'symbol' ? value.toString() : Object.is(value, -0) ? '-0' : `${value}`) };
}

function previewOf(value, type, subtype, description) {
  const preview = { type, ...(subtype !== undefined && { subtype }), description, overflow: false, properties: [] };
  if (type === 'function' || subtype === 'proxy') return preview;
  const isList = subtype === 'array' || subtype === 'typedarray';
  const limit = isList ? PREVIEW_ELEMENTS : PREVIEW_PROPERTIES;
  let count = 0;
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'symbol') continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    if (count++ >= limit) {
      preview.overflow = true;
      break;
    }
    preview.properties.push('value' in descriptor ? { name: key, ...previewOfValue(descriptor.value) } : { name: key, type: 'accessor' });
  }
  const entries = entriesOf(value, subtype);
  if (entries !== undefined) {
    preview.overflow ||= entries.length > PREVIEW_PROPERTIES;
    preview.entries = entries.slice(0, PREVIEW_PROPERTIES).map(({ key, value: held }) => ({
      ...(key !== undefined && { key: nested(key.value) }), value: nested(held),
    }));
  }
  return preview;
}

function nested(value) {
  const { type, subtype, value: text } = previewOfValue(value);
  return { type, ...(subtype && { subtype }), description: text, overflow: false, properties: [] };
}

/** The value that a client gives as the argument of a call. */
function argumentValue(objects, argument) {
  if (argument.objectId !== undefined) return objects.get(argument.objectId);
  if (argument.unserializableValue !== undefined) {
    const text = argument.unserializableValue;
    return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
  }
  return argument.value;
}

/** Runtime.getProperties */
function propertiesOf(objects, object, { ownProperties, accessorPropertiesOnly, generatePreview, nonIndexedPropertiesOnly }, group) {
  const result = [];
  const wishes = { group, preview: generatePreview };
  const seen = new Set();
  for (let holder = object; holder !== null && holder !== undefined; holder = ownProperties ? null : Reflect.getPrototypeOf(holder)) {
    for (const key of Reflect.ownKeys(holder)) {
      if (seen.has(key)) continue;
      seen.add(key);
      if (nonIndexedPropertiesOnly && typeof key === 'string' && /^\d+$/.test(key)) continue;
      const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
      if (descriptor === undefined) continue;
      const isAccessor = !('value' in descriptor);
      if (accessorPropertiesOnly && !isAccessor) continue;
      result.push({
        name: typeof key === 'symbol' ? key.toString() : key,
        ...(isAccessor ? {
          get: remoteObject(objects, descriptor.get, { group }), set: remoteObject(objects, descriptor.set, { group }),
        } : { value: remoteObject(objects, descriptor.value, wishes), writable: descriptor.writable }),
        configurable: descriptor.configurable,
        enumerable: descriptor.enumerable,
        isOwn: holder === object,
        ...(typeof key === 'symbol' && { symbol: remoteObject(objects, key, { group }) }),
      });
    }
    if (types.isProxy(holder)) break;
  }
  return result;
}

/** What has no name in the language: prototypes, targets, states, entries. */
function internalPropertiesOf(objects, object, group) {
  const result = [];
  const add = (name, value) => result.push({ name, value: remoteObject(objects, value, { group }) });
  if (types.isProxy(object)) {
    const [target, handler] = details.getProxyDetails(object);
    add('[[Handler]]', handler);
    add('[[Target]]', target);
    add('[[IsRevoked]]', target === null);
    return result;
  }
  if (types.isPromise(object)) {
    const [status, value] = details.getPromiseDetails(object);
    add('[[PromiseState]]', ['pending', 'fulfilled', 'rejected'][status]);
    add('[[PromiseResult]]', value);
  }
  if (typeof object === 'function') {
    const place = require('internal/inspector/state').engine().functionPlace(object);
    if (place !== undefined) {
      const [script, lineNumber, columnNumber] = place;
      result.push({
        name: '[[FunctionLocation]]',
        value: { type: 'object', subtype: 'internal#location', value: { scriptId: `${script}`, lineNumber, columnNumber }, description: 'Object' },
      });
    }
  }
  const entries = entriesOf(object, subtypeOf(object));
  if (entries !== undefined) {
    add('[[Entries]]', entries.map(({ key, value }) => (key === undefined ? { value } : { key: key.value, value })));
  }
  const prototype = Reflect.getPrototypeOf(object);
  if (prototype !== null) add('[[Prototype]]', prototype);
  return result;
}

module.exports = { LazyObject, RemoteObjects, argumentValue, internalPropertiesOf, propertiesOf, remoteObject };
