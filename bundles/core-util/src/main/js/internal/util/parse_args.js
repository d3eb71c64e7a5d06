'use strict';

// util.parseArgs: a command line into options and positionals, by way of tokens.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_PARSE_ARGS_INVALID_OPTION_VALUE, ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL,
           ERR_PARSE_ARGS_UNKNOWN_OPTION },
} = require('internal/errors');
const {
  validateArray, validateBoolean, validateBooleanArray, validateObject, validateString, validateStringArray,
  validateUnion,
} = require('internal/validators');

const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

function mainArguments() {
  const { execArgv, argv } = process;
  const evaluates = execArgv.some((flag) => /^(-e|-p|-pe|--eval(=.*)?|--print(=.*)?)$/s.test(flag));
  return argv.slice(evaluates ? 1 : 2);
}

const startsLikeOption = (value) => value.length > 1 && value[0] === '-';

function findByShort(short, options) {
  for (const name of Object.keys(options)) if (own(options[name], 'short') === short) return name;
  return short;
}

const typeOf = (options, name) => (Object.hasOwn(options, name) ? own(options[name], 'type') : undefined);

// Tokens of kind option, positional and option-terminator, in the order of the arguments.
function tokenize(args, options) {
  const tokens = [];
  let index = -1;
  let groups = 0; // of short options, which count as one argument
  const remaining = [...args];
  while (remaining.length > 0) {
    const arg = remaining.shift();
    const next = remaining[0];
    if (groups > 0) groups--;
    else index++;

    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of remaining) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    if (arg.length === 2 && arg[0] === '-' && arg[1] !== '-') { // -f
      const name = findByShort(arg[1], options);
      let value;
      let inlineValue;
      if (typeOf(options, name) === 'string' && next != null) {
        value = remaining.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value != null) index++;
      continue;
    }
    if (arg.length > 2 && arg[0] === '-' && arg[1] !== '-') {
      const first = findByShort(arg[1], options);
      if (typeOf(options, first) !== 'string') { // -abc
        const expanded = [];
        for (let i = 1; i < arg.length; i++) {
          const name = findByShort(arg[i], options);
          if (typeOf(options, name) !== 'string' || i === arg.length - 1) {
            expanded.push(`-${arg[i]}`);
          } else {
            expanded.push(`-${arg.slice(i)}`);
            break;
          }
        }
        remaining.unshift(...expanded);
        groups = expanded.length;
        continue;
      }
      // -fVALUE
      tokens.push({
        kind: 'option', name: first, rawName: `-${arg[1]}`, index, value: arg.slice(2), inlineValue: true,
      });
      continue;
    }
    if (arg.startsWith('--') && arg.length > 2 && !arg.includes('=', 3)) { // --flag
      const name = arg.slice(2);
      let value;
      let inlineValue;
      if (typeOf(options, name) === 'string' && next != null) {
        value = remaining.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value != null) index++;
      continue;
    }
    if (arg.startsWith('--') && arg.length > 2) { // --flag=value
      const equals = arg.indexOf('=', 3);
      const name = arg.slice(2, equals);
      tokens.push({
        kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(equals + 1), inlineValue: true,
      });
      continue;
    }
    tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
}

function displayName(token, options) {
  const short = Object.hasOwn(options, token.name) ? own(options[token.name], 'short') : undefined;
  return short ? `-${short}, --${token.name}` : `--${token.name}`;
}

function checkStrict(token, options, allowPositionals, allowNegative) {
  let { name } = token;
  if (!Object.hasOwn(options, name) &&
      !(allowNegative && name.startsWith('no-') && typeOf(options, name.slice(3)) === 'boolean')) {
    throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  }
  if (!Object.hasOwn(options, name)) name = name.slice(3);
  const type = typeOf(options, name);
  const shown = displayName({ name }, options);
  if (type === 'string' && typeof token.value !== 'string') {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value != null) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
}

function checkUsage(token) {
  // `--foo --bar` may be a forgotten value.
  if (token.inlineValue || token.value == null || !startsLikeOption(token.value)) return;
  const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` :
    `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
  throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${token.rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${token.rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store(name, value, options, values, allowNegative) {
  if (name === '__proto__') return;
  if (allowNegative && value === undefined && name.startsWith('no-')) {
    const positive = name.slice(3);
    if (typeOf(options, positive) === 'boolean' || !Object.hasOwn(options, name)) {
      name = positive;
      value = false;
    }
  }
  const stored = value ?? true;
  if (Object.hasOwn(options, name) && own(options[name], 'multiple')) {
    (values[name] ??= []).push(stored);
  } else {
    values[name] = stored;
  }
}

function checkConfig(options) {
  validateObject(options, 'options');
  for (const name of Object.keys(options)) {
    const option = options[name];
    validateObject(option, `options.${name}`);
    validateUnion(own(option, 'type'), `options.${name}.type`, ['string', 'boolean']);
    if (Object.hasOwn(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) {
        throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
      }
    }
    const multiple = own(option, 'multiple');
    if (Object.hasOwn(option, 'multiple')) validateBoolean(multiple, `options.${name}.multiple`);
    const byDefault = own(option, 'default');
    if (byDefault !== undefined) {
      const label = `options.${name}.default`;
      if (option.type === 'string') (multiple ? validateStringArray : validateString)(byDefault, label);
      else (multiple ? validateBooleanArray : validateBoolean)(byDefault, label);
    }
  }
}

const parseArgs = (config = { __proto__: null }) => {
  validateObject(config, 'config');
  const args = own(config, 'args') ?? mainArguments();
  const strict = own(config, 'strict') ?? true;
  const allowPositionals = own(config, 'allowPositionals') ?? !strict;
  const returnTokens = own(config, 'tokens') ?? false;
  const allowNegative = own(config, 'allowNegative') ?? false;
  const options = own(config, 'options') ?? { __proto__: null };
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  checkConfig(options);

  const tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) {
        checkStrict(token, options, allowPositionals, allowNegative);
        checkUsage(token);
      }
      store(token.name, token.value, options, result.values, allowNegative);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    const byDefault = own(options[name], 'default');
    if (byDefault !== undefined && name !== '__proto__' && !Object.hasOwn(result.values, name)) result.values[name] = byDefault;
  }
  return result;
};

module.exports = { parseArgs };
