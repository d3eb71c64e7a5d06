'use strict';

// REPLServer: reads lines, lets them be evaluated, and shows the results.

const { Interface } = require('readline');
const { deprecate } = require('internal/util');
const { codes: { ERR_INVALID_REPL_EVAL_CONFIG, ERR_INVALID_REPL_INPUT } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { REPL_MODE_SLOPPY } = require('internal/repl/modes');
const { Recoverable } = require('internal/repl/syntax');
const { newWriter } = require('internal/repl/writer');
const { AsyncLocalStorage } = require('async_hooks');

const kState = stateSymbol('repl.server');

// The server whose input runs, or has started what runs.
const running = new AsyncLocalStorage();
let inputs = 0;
let isWatching = false;

function REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  if (!(this instanceof REPLServer)) return new REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  const options = prompt !== null && typeof prompt === 'object' ? { ...prompt } :
    { prompt, input: stream, output: stream, eval: eval_, useGlobal, ignoreUndefined, replMode };
  if (stream !== undefined && typeof stream === 'object' && stream !== null && stream.stdin !== undefined) {
    options.input = stream.stdin;
    options.output = stream.stdout;
  }
  if (options.eval && options.breakEvalOnSigint) throw new ERR_INVALID_REPL_EVAL_CONFIG();
  if (!options.input && !options.output) {
    options.input = process.stdin;
    options.output = process.stdout;
  }
  options.input ??= options.output;
  options.output ??= options.input;
  options.terminal ??= options.output.isTTY;
  options.terminal = !!options.terminal;
  if (options.terminal && options.useColors === undefined) {
    options.useColors = require('internal/util/colors').shouldColorize(options.output);
  }
  // A writer that is inspect's needs options of its own.
  if (options.writer === undefined) options.writer = newWriter({ colors: !!options.useColors });
  const self = this;
  Object.defineProperty(this, kState, {
    __proto__: null,
    value: {
      buffered: '',
      isSigintPending: false,
      editor: undefined,
      isClosing: false,
      initialPrompt: options.prompt ?? '> ',
      last: undefined,
      lastError: undefined,
      isUnderscoreAssigned: false,
      isErrorUnderscoreAssigned: false,
      lexical: new Set(),
      held: undefined, // Lines that came while something was awaited.
      isEnded: false,
    },
  });
  Reflect.apply(Interface, this, [{
    input: options.input,
    output: options.output,
    completer: options.completer ?? ((text, callback) => self.complete(text, callback)),
    terminal: options.terminal,
    historySize: options.historySize,
    prompt: options.prompt ?? '> ',
  }]);
  this.useGlobal = !!options.useGlobal;
  this.ignoreUndefined = !!options.ignoreUndefined;
  this.replMode = options.replMode || REPL_MODE_SLOPPY;
  this.useColors = !!options.useColors;
  this.breakEvalOnSigint = !!options.breakEvalOnSigint;
  this.editorMode = false;
  this.writer = options.writer;
  this.underscoreAssigned = false;
  this.last = undefined;
  this.underscoreErrAssigned = false;
  this.lastError = undefined;
  this.lines = [];
  this.lines.level = [];
  this.historyPending = false;
  this.isStandalone = !!options.isStandalone;
  const custom = options.eval;
  this.eval = (code, context, file, callback) => running.run(this, () => {
    if (custom) Reflect.apply(custom, this, [code, context, file, callback]);
    else require('internal/repl/evaluate').evaluate(this, code, context, file, callback);
  });
  this.commands = { __proto__: null };
  require('internal/repl/commands').defineDefaultCommands(this);
  this.resetContext();
  watchExceptions();
  this.on('line', (line) => onLine(this, line));
  this.on('SIGINT', () => onInterrupt(this));
  this.on('close', () => onClose(this));
  this.on('SIGCONT', () => {
    if (this.editorMode) {
      this.output.write(`${this[kState].initialPrompt}.editor\n`);
      this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
      this.output.write(`${this[kState].buffered}\n`);
      this.prompt(true);
    } else {
      this.displayPrompt(true);
    }
  });
  this.displayPrompt();
}
Object.setPrototypeOf(REPLServer.prototype, Interface.prototype);
Object.setPrototypeOf(REPLServer, Interface);

// ---- Lines

function onLine(server, line) {
  const state = server[kState];
  if (state.held !== undefined) {
    state.held.push(line);
    return;
  }
  state.isSigintPending = false;
  if (server.editorMode) {
    state.buffered += `${line}\n`;
    return;
  }
  const text = line || '';
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed[0] === '.' && trimmed[1] !== '.' && Number.isNaN(Number.parseFloat(trimmed))) {
    const [, keyword, rest] = /^\.([^\s]+)\s*(.*)$/.exec(trimmed) ?? [];
    const command = keyword === undefined ? undefined : server.commands[keyword];
    if (command !== undefined) {
      Reflect.apply(command.action, server, [rest]);
      return;
    }
    if (state.buffered === '') {
      server.output.write('Invalid REPL keyword\n');
      finish(server, text, null);
      return;
    }
  }
  const code = state.buffered === '' ? `${text}\n` : `${state.buffered}${text}\n`;
  server.eval(code, server.context, `REPL${++inputs}`, (...answer) => finish(server, text, ...answer));
}

function finish(server, line, error, ...result) {
  const state = server[kState];
  if (error && state.buffered === '' && line.trim().startsWith('npm ')) {
    server.output.write('npm should be run outside of the Node.js REPL, in your normal shell.\n(Press Ctrl+D to exit.)\n');
    server.displayPrompt();
    return;
  }
  if (error) {
    if (error instanceof Recoverable && !state.isInterrupted) {
      state.buffered += `${line}\n`;
      server.displayPrompt();
      return;
    }
    server._handleError(error instanceof Recoverable ? error.err : error);
    return;
  }
  noteLexical(state, state.buffered + line);
  server.clearBufferedCommand();
  if (error === undefined) error = null;
  if (result.length > 0 && (!server.ignoreUndefined || result[0] !== undefined)) {
    if (!server.underscoreAssigned) server.last = result[0];
    server.output.write(`${server.writer(result[0])}\n`);
  }
  if (!server.closed) server.displayPrompt();
}

/** Names of let, const and class are no properties of the global object: completion looks for them here. */
function noteLexical(state, code) {
  for (const [, name] of code.matchAll(/(?:^|[;\n])\s*(?:let|const|class)\s+([a-zA-Z_$][\w$]*)/g)) state.lexical.add(name);
}

function onInterrupt(server) {
  const state = server[kState];
  const isEmpty = server.line.length === 0;
  server.clearLine();
  if (server.editorMode) {
    server.editorMode = false;
    leaveEditor(server);
    server.clearBufferedCommand();
    server.displayPrompt();
    return;
  }
  if (state.buffered === '' && isEmpty) {
    if (state.isSigintPending) {
      server.close();
      state.isSigintPending = false;
      return;
    }
    server.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
    state.isSigintPending = true;
  } else {
    state.isSigintPending = false;
  }
  server.clearBufferedCommand();
  server.displayPrompt();
}

function onClose(server) {
  if (server.historyPending) server.once('flushHistory', () => server.emit('exit'));
  else process.nextTick(() => server.emit('exit'));
}

// ---- Errors that come later

function watchExceptions() {
  if (isWatching) return;
  isWatching = true;
  process.addUncaughtExceptionCaptureCallback((error) => {
    const server = running.getStore();
    if (server === undefined || server.closed) return false;
    // The program of a REPL on a terminal may listen for itself.
    if (server.isStandalone && process.listenerCount('uncaughtException') > 0) return false;
    server._handleError(error);
    return true;
  });
  process.prependListener('newListener', (event) => {
    const server = running.getStore();
    if (event === 'uncaughtException' && server !== undefined && !server.isStandalone && !server.closed) {
      throw new ERR_INVALID_REPL_INPUT('Listeners for `uncaughtException` cannot be used in the REPL');
    }
  });
}

// ---- The editor of several lines

function leaveEditor(server) {
  server.setPrompt(server[kState].initialPrompt);
}

// ---- Methods

const methods = {
  setupHistory(options = {}, ready = () => {}) {
    let path = options;
    if (typeof options === 'function') {
      ready = options;
      path = undefined;
    } else if (options !== null && typeof options === 'object') {
      path = options.filePath;
      if (options.size !== undefined) this.historySize = options.size;
      if (options.removeHistoryDuplicates !== undefined) this.removeHistoryDuplicates = options.removeHistoryDuplicates;
      if (typeof options.onHistoryFileLoaded === 'function') ready = options.onHistoryFileLoaded;
    }
    validateFunction(ready, 'onReadyCallback');
    require('internal/repl/history').setup(this, path, ready);
  },

  clearBufferedCommand() {
    this[kState].buffered = '';
  },

  _handleError(error) {
    const state = this[kState];
    if (!this.underscoreErrAssigned) this.lastError = error;
    const text = require('internal/repl/errors').describe(this, error);
    this.clearBufferedCommand();
    this.lines.level = [];
    state.isSigintPending = false;
    this.output.write(text);
    if (!this.closed) this.displayPrompt();
  },

  close() {
    // What is awaited, and the lines behind it, come first.
    if (this[kState].held !== undefined && !this.closed) {
      this[kState].isEnded = true;
      return;
    }
    if (this.terminal && this.historyPending && !this[kState].isClosing) {
      this[kState].isClosing = true;
      this.once('flushHistory', () => Reflect.apply(Interface.prototype.close, this, []));
      return;
    }
    Reflect.apply(Interface.prototype.close, this, []);
  },

  createContext() {
    let context;
    if (this.useGlobal) {
      context = globalThis;
    } else {
      context = require('vm').createContext();
      const own = new Set(require('vm').runInContext('Object.getOwnPropertyNames(globalThis)', context));
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        if (own.has(name)) continue;
        Object.defineProperty(context, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(globalThis, name) });
      }
      context.global = context;
      const { Console } = require('console');
      Object.defineProperty(context, 'console', {
        __proto__: null, configurable: true, writable: true, value: new Console(this.output),
      });
    }
    const { module, require: userRequire } = moduleOf();
    for (const [name, value] of [['module', module], ['require', userRequire]]) {
      Object.defineProperty(context, name, { __proto__: null, configurable: true, writable: true, enumerable: false, value });
    }
    defineCoreModules(context);
    return context;
  },

  resetContext() {
    this.context = this.createContext();
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.lines = [];
    this.lines.level = [];
    this[kState].lexical.clear();
    const special = (name, key, flag) => Object.defineProperty(this.context, name, {
      __proto__: null,
      configurable: true,
      get: () => this[key],
      set: (value) => {
        this[key] = value;
        if (this[flag]) return;
        this[flag] = true;
        this.output.write(`Expression assignment to ${name} now disabled.\n`);
      },
    });
    special('_', 'last', 'underscoreAssigned');
    special('_error', 'lastError', 'underscoreErrAssigned');
    this.emit('reset', this.context);
  },

  displayPrompt(preserveCursor) {
    const state = this[kState];
    const { initialPrompt } = state;
    const prompt = state.buffered === '' ? initialPrompt : '| ';
    Reflect.apply(Interface.prototype.setPrompt, this, [prompt]);
    this.prompt(preserveCursor);
  },

  setPrompt(prompt) {
    this[kState].initialPrompt = prompt;
    Reflect.apply(Interface.prototype.setPrompt, this, [prompt]);
  },

  complete(line, callback) {
    if (this.editorMode) {
      this.completeOnEditorMode(callback)(null, [[], line]);
      return;
    }
    let result;
    try {
      result = require('internal/repl/complete').complete(this, line);
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, result);
  },

  completeOnEditorMode(callback) {
    return (error, results) => {
      if (error) {
        callback(error);
        return;
      }
      const [completions, completeOn = ''] = results;
      const names = completions.filter(Boolean);
      if (completeOn && names.length > 0) {
        callback(null, [[commonPrefix(names)], completeOn]);
        return;
      }
      callback(null, [[`${completeOn}${' '.repeat(4 - (completeOn.length % 4))}`], completeOn]);
    };
  },

  defineCommand(keyword, command) {
    if (typeof command === 'function') command = { action: command };
    else validateFunction(command.action, 'cmd.action');
    this.commands[keyword] = command;
  },
};
Object.defineProperty(methods.setupHistory, 'length', { __proto__: null, value: 0 });
Object.defineProperty(methods.complete, 'length', { __proto__: null, value: 0 });

const hidden = {
  startEditor(isInteractive) {
    this.editorMode = true;
    if (isInteractive) Reflect.apply(Interface.prototype.setPrompt, this, ['']);
    this[kState].isLoading = !isInteractive;
    if (!isInteractive) this[kState].isTerminalBefore = this.terminal;
  },

  finishEditor() {
    this.editorMode = false;
    leaveEditor(this);
    const code = this[kState].buffered;
    this.clearBufferedCommand();
    this[kState].isLoading = false;
    const file = `REPL${++inputs}`;
    this.eval(code, this.context, file, (...answer) => {
      if (answer[0] instanceof Recoverable) answer[0] = answer[0].err;
      finish(this, '', ...answer);
    });
  },

  /** Lines wait until releaseLines(). */
  holdLines() {
    this[kState].held ??= [];
  },

  releaseLines() {
    const state = this[kState];
    const lines = state.held ?? [];
    state.held = undefined;
    while (lines.length > 0) {
      onLine(this, lines.shift());
      if (state.held !== undefined) {
        state.held.push(...lines);
        return;
      }
    }
    if (state.isEnded) this.close();
  },

  /** What an identifier means here. */
  lookup(name) {
    const context = this.useGlobal ? globalThis : this.context;
    if (name in context) return context[name];
    if (this[kState].lexical.has(name)) {
      const vm = require('vm');
      return this.useGlobal ? vm.runInThisContext(name) : vm.runInContext(name, this.context);
    }
    return name in globalThis ? globalThis[name] : undefined;
  },

  lexicalNames() {
    return [...this[kState].lexical];
  },

  _ttyWrite(text, key) {
    key ||= {};
    if (!this.editorMode || !this.terminal) {
      // Ctrl+D on an empty line ends; what was begun is kept.
      Reflect.apply(Interface.prototype._ttyWrite, this, [text, key]);
      return;
    }
    if (key.ctrl && !key.shift && key.name === 'd') {
      this.turnOffEditor();
      return;
    }
    Reflect.apply(Interface.prototype._ttyWrite, this, [text, key]);
  },

  turnOffEditor() {
    this[kState].buffered += this.line;
    this.clearLine();
    this.finishEditor();
  },
};

for (const [table, enumerable] of [[methods, false], [hidden, false]]) {
  for (const name of Object.keys(table)) {
    Object.defineProperty(REPLServer.prototype, name, {
      __proto__: null, value: table[name], writable: true, enumerable, configurable: true,
    });
  }
}
for (const name of ['input', 'output']) {
  const message = 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead';
  Object.defineProperty(REPLServer.prototype, `${name}Stream`, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: deprecate(function() { return this[name]; }, message, 'DEP0141'),
    set: deprecate(function(value) { this[name] = value; }, message, 'DEP0141'),
  });
}

function commonPrefix(words) {
  let prefix = words[0];
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

// ---- What the context has

function moduleOf() {
  const { Module, makeRequire } = require('internal/modules/commonjs');
  const module = new Module('<repl>');
  const path = require('path');
  let directory;
  try {
    directory = process.cwd();
  } catch {
    directory = '/';
  }
  module.paths = [
    path.resolve(directory, 'repl', 'node_modules'),
    ...Module._nodeModulePaths(directory),
    ...Module.globalPaths,
  ];
  module.filename = path.join(directory, '<repl>');
  module.loaded = false;
  const userRequire = makeRequire(module);
  module.filename = null;
  return { module, require: userRequire };
}

/** Core modules are variables: loaded when they are first used. */
function defineCoreModules(context) {
  const runtime = require('internal/runtime');
  for (const id of runtime.builtinIds()) {
    if (id.includes('/') || id.startsWith('_') || ['sqlite', 'sea', 'test', 'constants'].includes(id) || id in context) continue;
    const set = (value) => Object.defineProperty(context, id, {
      __proto__: null, value, writable: true, enumerable: false, configurable: true,
    });
    Object.defineProperty(context, id, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = runtime.requireBuiltin(id);
        set(value);
        return value;
      },
      set,
    });
  }
}

module.exports = { REPLServer };
