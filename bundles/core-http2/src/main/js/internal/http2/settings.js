'use strict';

// Settings of a session: their names, ranges, and packed form (RFC 9113, section 6.5).

const { Buffer } = require('buffer');
const {
  codes: { ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH, ERR_HTTP2_INVALID_SETTING_VALUE, ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { assertIsObject } = require('internal/http2/headers');

const LARGEST = 2 ** 32 - 1;
const MAX_CUSTOM = 10;

// name, number, kind or range
const SETTINGS = [
  ['headerTableSize', 1, [0, LARGEST]],
  ['enablePush', 2, 'boolean'],
  ['maxConcurrentStreams', 3, [0, LARGEST]],
  ['initialWindowSize', 4, [0, LARGEST]],
  ['maxFrameSize', 5, [16384, 2 ** 24 - 1]],
  ['maxHeaderListSize', 6, [0, LARGEST]],
  ['enableConnectProtocol', 8, 'boolean'],
];
const ALIAS = 'maxHeaderSize'; // of maxHeaderListSize

function checkRange(name, value, min, max) {
  if (value !== undefined && (typeof value !== 'number' || value < min || value > max)) {
    throw new ERR_HTTP2_INVALID_SETTING_VALUE.RangeError(name, value, min, max);
  }
}

function validateSettings(settings) {
  if (settings === undefined) return;
  assertIsObject(settings.customSettings, 'customSettings', 'Number');
  if (settings.customSettings) {
    const entries = Object.entries(settings.customSettings);
    if (entries.length > MAX_CUSTOM) throw new ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS();
    for (const { 0: id, 1: value } of entries) {
      checkRange('customSettings:id', Number(id), 0, 0xffff);
      checkRange('customSettings:value', Number(value), 0, LARGEST);
    }
  }
  for (const { 0: name, 2: range } of SETTINGS) {
    if (range !== 'boolean') checkRange(name, settings[name], range[0], range[1]);
  }
  checkRange(ALIAS, settings[ALIAS], 0, LARGEST);
  for (const { 0: name, 2: range } of SETTINGS) {
    if (range !== 'boolean' || settings[name] === undefined || typeof settings[name] === 'boolean') continue;
    throw new ERR_HTTP2_INVALID_SETTING_VALUE(name, settings[name]);
  }
}

/** [number, value] of each setting given. */
function toPairs(settings) {
  const pairs = [];
  for (const { 0: name, 1: id, 2: range } of SETTINGS) {
    let value = settings[name];
    if (name === 'maxHeaderListSize' && settings[ALIAS] !== undefined) {
      if (value !== undefined && value !== settings[ALIAS]) {
        process.emitWarning('settings.maxHeaderSize overwrite settings.maxHeaderListSize');
      }
      value = settings[ALIAS];
    }
    if (value !== undefined) pairs.push([id, range === 'boolean' ? Number(value) : value]);
  }
  if (settings.customSettings) {
    for (const { 0: id, 1: value } of Object.entries(settings.customSettings)) pairs.push([Number(id), Number(value)]);
  }
  return pairs;
}

/** From the binding's numbers. */
function fromNumbers(numbers) {
  const settings = {
    headerTableSize: numbers[0],
    enablePush: Boolean(numbers[1]),
    initialWindowSize: numbers[3],
    maxFrameSize: numbers[4],
    maxConcurrentStreams: numbers[2],
    maxHeaderListSize: numbers[5],
    maxHeaderSize: numbers[5],
    enableConnectProtocol: Boolean(numbers[6]),
  };
  if (numbers.length > 7) {
    settings.customSettings = {};
    for (let i = 7; i < numbers.length; i += 2) settings.customSettings[numbers[i]] = numbers[i + 1];
  }
  return settings;
}

function getDefaultSettings() {
  return {
    __proto__: null,
    headerTableSize: 4096,
    enablePush: true,
    initialWindowSize: 65535,
    maxFrameSize: 16384,
    maxConcurrentStreams: LARGEST,
    maxHeaderSize: 65535,
    maxHeaderListSize: 65535,
    enableConnectProtocol: false,
  };
}

function getPackedSettings(settings = {}) {
  assertIsObject(settings, 'settings');
  validateSettings(settings);
  const pairs = toPairs(settings);
  const packed = Buffer.alloc(pairs.length * 6);
  pairs.forEach(({ 0: id, 1: value }, i) => {
    packed.writeUInt16BE(id, i * 6);
    packed.writeUInt32BE(value, i * 6 + 2);
  });
  return packed;
}

function getUnpackedSettings(packed, options = {}) {
  if (!isArrayBufferView(packed) || packed.length === undefined) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray'], packed);
  }
  if (packed.length % 6 !== 0) throw new ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH();
  const settings = {};
  const byNumber = new Map(SETTINGS.map((setting) => [setting[1], setting]));
  for (let at = 0; at < packed.length; at += 6) {
    const id = packed[at] << 8 | packed[at + 1];
    const value = (packed[at + 2] * 2 ** 24) + (packed[at + 3] << 16 | packed[at + 4] << 8 | packed[at + 5]);
    const known = byNumber.get(id);
    if (known === undefined) (settings.customSettings ??= {})[id] = value;
    else settings[known[0]] = known[2] === 'boolean' ? value !== 0 : value;
    if (id === 6) settings[ALIAS] = value;
  }
  if (options?.validate) validateSettings(settings);
  return settings;
}

module.exports = { fromNumbers, getDefaultSettings, getPackedSettings, getUnpackedSettings, toPairs, validateSettings };
