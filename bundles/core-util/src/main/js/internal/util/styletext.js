'use strict';

// util.styleText: a text between the sequences of terminal styles.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

const sequence = (code) => `\u001b[${code}m`;
const hexColor = /^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/;

function styleOf(name) {
  if (typeof name === 'string' && hexColor.test(name)) {
    const digits = name.length === 4 ? [...name.slice(1)].map((d) => d + d).join('') : name.slice(1);
    const rgb = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
    return { open: sequence(`38;2;${rgb.join(';')}`), close: sequence(39), sharesClose: false };
  }
  const style = typeof name === 'string' ? inspect.colors[name] : undefined;
  if (style === undefined) validateOneOf(name, 'format', Object.keys(inspect.colors));
  // Bold and dim end with the same code, so that the end of one must not lose the other.
  return { open: sequence(style[0]), close: sequence(style[1]), sharesClose: style[1] === 22 };
}

function isStream(value) {
  return value !== null && typeof value === 'object' &&
    (typeof value.pipe === 'function' || typeof value.write === 'function' || typeof value.getReader === 'function' ||
     typeof value.getWriter === 'function');
}

function styleText(format, text, options) {
  validateString(text, 'text');
  if (options !== undefined) validateObject(options, 'options');
  const validateStream = options?.validateStream ?? true;
  let plain = false;
  if (validateStream !== true) validateBoolean(validateStream, 'options.validateStream');
  if (validateStream) {
    const stream = options?.stream ?? process.stdout;
    if (!isStream(stream)) {
      throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    plain = !require('internal/util/colors').shouldColorize(stream);
  }
  let open = '';
  let close = '';
  let styled = text;
  for (const name of Array.isArray(format) ? format : [format]) {
    if (name === 'none') continue;
    const style = styleOf(name);
    open += style.open;
    close = style.close + close;
    // The end of a style within the text must not end this one.
    const reopen = style.sharesClose ? style.close + style.open : style.open;
    styled = styled.endsWith(style.close) ?
      styled.slice(0, -style.close.length).replaceAll(style.close, reopen) + style.close :
      styled.replaceAll(style.close, reopen);
  }
  return plain ? text : `${open}${styled}${close}`;
}

module.exports = { styleText };
