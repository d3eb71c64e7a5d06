'use strict';

// Interface: lines from a stream, and on a terminal a line editor with history, completion and undo.

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE } } = require('internal/errors');
const { inspect, getStringWidth, stripVTControlCharacters } = require('internal/util/inspect');
const { stateSymbol } = require('internal/symbols');
const {
  validateAbortSignal, validateArray, validateNumber, validateString, validateUint32,
} = require('internal/validators');
const { ESCAPE_CODE_TIMEOUT, emitKeypressEvents, kSawKeyPress } = require('internal/readline/emit-keypress');
const { charLengthAt, charLengthLeft } = require('internal/readline/keys');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');

const HISTORY_SIZE = 30;
const MIN_CRLF_DELAY = 100;
const MAX_UNDO = 2048;
const MAX_KILLED = 32;
const LINE_ENDING = /\r\n|[\n\r\u2028\u2029]/g;

// The events module's own: the iterator gives lines, not arrays of one.
const kFirstEventParam = stateSymbol('events.kFirstEventParam');
// Whether completers give promises, as those of readline/promises.
const kAwaitsCompletion = stateSymbol('readline.awaitsCompletion');
const kQuestion = stateSymbol('readline.question');
const kState = stateSymbol('readline.interface');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  this[kSawKeyPress] = false;
  // Ctrl+C twice, a question under way, killed text, and the like.
  this[kState] = {
    decoder: undefined,
    lineBuffer: null,
    sawReturnAt: 0,
    questionCallback: null,
    oldPrompt: undefined,
    previousKey: null,
    previousCursorColumns: -1,
    substringSearch: null,
    undo: [],
    redo: [],
    killed: [],
    killIndex: 0,
    yanking: false,
    lines: undefined,
  };
  this.isCompletionEnabled = true;
  this.escapeCodeTimeout = ESCAPE_CODE_TIMEOUT;
  this.tabSize = 8;
  EventEmitter.call(this);

  let history;
  let historySize;
  let removeHistoryDuplicates = false;
  let crlfDelay;
  let prompt = '> ';
  let signal;
  if (input?.input) {
    const options = input;
    validateAbortSignal(options.signal, 'options.signal');
    ({ signal, output, completer, terminal, history, historySize } = options);
    if (options.tabSize !== undefined) {
      validateUint32(options.tabSize, 'tabSize', true);
      this.tabSize = options.tabSize;
    }
    removeHistoryDuplicates = options.removeHistoryDuplicates;
    if (options.prompt !== undefined) ({ prompt } = options);
    if (options.escapeCodeTimeout !== undefined) {
      if (!Number.isFinite(options.escapeCodeTimeout)) {
        throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', options.escapeCodeTimeout);
      }
      this.escapeCodeTimeout = options.escapeCodeTimeout;
    }
    ({ crlfDelay } = options);
    ({ input } = options);
  }
  if (completer !== undefined && typeof completer !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('completer', completer);
  }
  if (history === undefined) history = [];
  else validateArray(history, 'history');
  if (historySize === undefined) historySize = HISTORY_SIZE;
  validateNumber(historySize, 'historySize', 0);
  if (terminal === undefined && output !== null && output !== undefined) terminal = output.isTTY;

  this.line = '';
  this.cursor = 0;
  this.output = output;
  this.input = input;
  this.history = history;
  this.historySize = historySize;
  this.historyIndex = -1;
  this.prevRows = 0;
  this.removeHistoryDuplicates = !!removeHistoryDuplicates;
  this.crlfDelay = crlfDelay ? Math.max(MIN_CRLF_DELAY, crlfDelay) : MIN_CRLF_DELAY;
  this.completer = completer;
  this.terminal = !!terminal;
  this.closed = false;
  this.paused = false;
  this.setPrompt(prompt);

  if (this.terminal) connectTerminal(this);
  else connectStream(this);

  if (signal) {
    const onAborted = () => this.close();
    if (signal.aborted) {
      process.nextTick(onAborted);
    } else {
      const listener = EventEmitter.addAbortListener(signal, onAborted);
      this.once('close', listener[Symbol.dispose]);
    }
  }
  // A line that is being typed when the input ends.
  this.line = '';
  input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function connectStream(rl) {
  const { input } = rl;
  const state = rl[kState];
  state.decoder = new StringDecoder('utf8');
  const onError = (error) => rl.emit('error', error);
  const onData = (data) => rl._normalWrite(data);
  const onEnd = () => {
    if (typeof state.lineBuffer === 'string' && state.lineBuffer.length > 0) rl.emit('line', state.lineBuffer);
    rl.close();
  };
  input.on('error', onError);
  input.on('data', onData);
  input.on('end', onEnd);
  rl.once('close', () => {
    input.removeListener('data', onData);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
  });
}

function connectTerminal(rl) {
  const { input, output } = rl;
  const onError = (error) => rl.emit('error', error);
  const onKeypress = (text, key) => {
    rl._ttyWrite(text, key);
    if (key?.sequence) {
      // Half of a surrogate pair: the other half changes how it is shown.
      const code = key.sequence.codePointAt(0);
      if (code >= 0xd800 && code <= 0xdfff) rl._refreshLine();
    }
  };
  const onEnd = () => {
    if (typeof rl.line === 'string' && rl.line.length > 0) rl.emit('line', rl.line);
    rl.close();
  };
  const onResize = () => rl._refreshLine();

  input.on('error', onError);
  emitKeypressEvents(input, rl);
  input.on('keypress', onKeypress);
  input.on('end', onEnd);
  rl._setRawMode(true);
  if (output !== null && output !== undefined) output.on('resize', onResize);
  rl.once('close', () => {
    input.removeListener('keypress', onKeypress);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
    if (output !== null && output !== undefined) output.removeListener('resize', onResize);
  });
}

Object.defineProperty(Interface.prototype, 'columns', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return this.output?.columns || Infinity; },
});

Interface.prototype.getPrompt = function() {
  return this._prompt;
};

Interface.prototype.setPrompt = function(prompt) {
  this._prompt = prompt;
};

Interface.prototype._setRawMode = function(mode) {
  const wasRaw = this.input.isRaw;
  if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
  return wasRaw;
};

Interface.prototype.prompt = function(preserveCursor) {
  if (this.paused) this.resume();
  if (this.terminal && process.env.TERM !== 'dumb') {
    if (!preserveCursor) this.cursor = 0;
    this._refreshLine();
  } else {
    this._writeToOutput(this._prompt);
  }
};

/** Asks, and calls back with the answer; promises' question() shares this. */
Interface.prototype[kQuestion] = function(query, callback) {
  if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
  const state = this[kState];
  if (state.questionCallback) {
    this.prompt();
    return;
  }
  state.oldPrompt = this._prompt;
  this.setPrompt(query);
  state.questionCallback = callback;
  this.prompt();
};

function cancelQuestion(rl) {
  const state = rl[kState];
  if (!state.questionCallback) return;
  state.questionCallback = null;
  rl.setPrompt(state.oldPrompt);
  rl.clearLine();
}

Interface.prototype.clearLine = function() {
  this._moveCursor(+Infinity);
  this._writeToOutput('\r\n');
  this.line = '';
  this.cursor = 0;
  this.prevRows = 0;
};

Interface.prototype._onLine = function(line) {
  const state = this[kState];
  if (state.questionCallback) {
    const callback = state.questionCallback;
    state.questionCallback = null;
    this.setPrompt(state.oldPrompt);
    callback(line);
  } else {
    this.emit('line', line);
  }
};

Interface.prototype._writeToOutput = function(text) {
  validateString(text, 'stringToWrite');
  if (this.output !== null && this.output !== undefined) this.output.write(text);
};

Interface.prototype.close = function() {
  if (this.closed) return;
  this.pause();
  if (this.terminal) this._setRawMode(false);
  this.closed = true;
  this.emit('close');
};

Interface.prototype[Symbol.dispose] = function() {
  this.close();
};

Interface.prototype.pause = function() {
  if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
  if (this.paused) return;
  this.input.pause();
  this.paused = true;
  this.emit('pause');
  return this;
};

Interface.prototype.resume = function() {
  if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
  if (!this.paused) return;
  this.input.resume();
  this.paused = false;
  this.emit('resume');
  return this;
};

Interface.prototype.write = function(data, key) {
  if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
  if (this.paused) this.resume();
  if (this.terminal) this._ttyWrite(data, key);
  else this._normalWrite(data);
};

// ---- Lines of a stream

Interface.prototype._normalWrite = function(data) {
  if (data === undefined) return;
  const state = this[kState];
  let text = state.decoder.write(data);
  // "\r" at the end of the last piece and "\n" at the start of this one are one line ending.
  if (state.sawReturnAt && Date.now() - state.sawReturnAt <= this.crlfDelay) {
    if (text.codePointAt(0) === 10) text = text.slice(1);
    state.sawReturnAt = 0;
  }
  LINE_ENDING.lastIndex = 0;
  let match = LINE_ENDING.exec(text);
  if (match === null) {
    if (text) state.lineBuffer = state.lineBuffer === null ? text : state.lineBuffer + text;
    return;
  }
  const before = state.lineBuffer ?? '';
  state.lineBuffer = null;
  const lines = [];
  let start = 0;
  do {
    lines.push(text.slice(start, match.index));
    start = match.index + match[0].length;
    match = LINE_ENDING.exec(text);
  } while (match !== null);
  lines[0] = before + lines[0];
  state.sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
  if (start < text.length) state.lineBuffer = text.slice(start);
  for (const line of lines) this._onLine(line);
};

Interface.prototype[Symbol.asyncIterator] = function() {
  // One for all loops over this interface: a loop within a loop goes on where the outer one is.
  const state = this[kState];
  state.lines ??= EventEmitter.on(
    this, 'line', { close: ['close'], highWaterMark: 1024, [kFirstEventParam]: true });
  return state.lines;
};

// ---- What the terminal shows

Interface.prototype._getDisplayPos = function(text) {
  let offset = 0;
  let rows = 0;
  const { columns } = this;
  for (const character of stripVTControlCharacters(text)) {
    if (character === '\n') {
      // A line that just fills the width ends there, and its ending is not shown again.
      rows += Math.ceil(offset / columns) || 1;
      offset = 0;
      continue;
    }
    if (character === '\t') {
      offset += this.tabSize - (offset % this.tabSize);
      continue;
    }
    const width = getStringWidth(character, false);
    if (width === 0 || width === 1) {
      offset += width;
    } else {
      // A wide character does not fit into the last column.
      if ((offset + 1) % columns === 0) offset++;
      offset += 2;
    }
  }
  const cols = offset % columns;
  rows += (offset - cols) / columns || 0;
  return { cols, rows };
};

Interface.prototype.getCursorPos = function() {
  return this._getDisplayPos(this._prompt + this.line.slice(0, this.cursor));
};
Interface.prototype._getCursorPos = Interface.prototype.getCursorPos;

Interface.prototype._refreshLine = function() {
  const line = this._prompt + this.line;
  const display = this._getDisplayPos(line);
  const cursor = this.getCursorPos();
  if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
  cursorTo(this.output, 0);
  clearScreenDown(this.output);
  this._writeToOutput(line);
  // The terminal wraps only with the next character.
  if (display.cols === 0) this._writeToOutput(' ');
  cursorTo(this.output, cursor.cols);
  const up = display.rows - cursor.rows;
  if (up > 0) moveCursor(this.output, 0, -up);
  this.prevRows = cursor.rows;
};

Interface.prototype._moveCursor = function(delta) {
  if (delta === 0) return;
  const before = this.getCursorPos();
  this.cursor = Math.max(0, Math.min(this.line.length, this.cursor + delta));
  const after = this.getCursorPos();
  if (before.rows === after.rows) {
    moveCursor(this.output, after.cols - before.cols, 0);
  } else {
    this._refreshLine();
  }
};

// ---- Editing

Interface.prototype._insertString = function(text) {
  beforeEdit(this, this.line, this.cursor);
  if (this.cursor < this.line.length) {
    this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
    this.cursor += text.length;
    this._refreshLine();
    return;
  }
  const before = this.getCursorPos();
  this.line += text;
  this.cursor += text.length;
  const after = this.getCursorPos();
  if (before.rows < after.rows || after.cols === 0) {
    this._refreshLine();
  } else {
    this._writeToOutput(text);
  }
};

/** Replaces the line and shows it; `isEdit` makes it undoable. */
function setLine(rl, line, cursor, isEdit = true) {
  if (isEdit) beforeEdit(rl, rl.line, rl.cursor);
  rl.line = line;
  rl.cursor = cursor;
  rl._refreshLine();
}

function beforeEdit(rl, line, cursor) {
  const { undo } = rl[kState];
  undo.push({ line, cursor });
  if (undo.length > MAX_UNDO) undo.shift();
}

function undo(rl, from, to) {
  if (from.length === 0) return;
  to.push({ line: rl.line, cursor: rl.cursor });
  const { line, cursor } = from.pop();
  setLine(rl, line, cursor, false);
}

function remember(rl, killed) {
  if (!killed) return;
  const state = rl[kState];
  if (state.killed[0] !== killed) state.killed.unshift(killed);
  state.killIndex = 0;
  if (state.killed.length > MAX_KILLED) state.killed.pop();
}

function yank(rl) {
  const state = rl[kState];
  if (state.killed.length === 0) return;
  state.yanking = true;
  rl._insertString(state.killed[state.killIndex]);
}

function yankPop(rl) {
  const state = rl[kState];
  if (!state.yanking || state.killed.length < 2) return;
  const last = state.killed[state.killIndex];
  state.killIndex = (state.killIndex + 1) % state.killed.length;
  const start = rl.line.slice(0, rl.cursor - last.length);
  const next = state.killed[state.killIndex];
  setLine(rl, start + next + rl.line.slice(rl.cursor), start.length + next.length);
}

/** Where the word before the cursor begins. */
function wordStart(rl) {
  const before = [...rl.line.slice(0, rl.cursor)].reverse().join('');
  return rl.cursor - /^\s*(?:[^\w\s]+|\w+)?/.exec(before)[0].length;
}

/** Where the word after the cursor ends. */
function wordEnd(rl) {
  return rl.cursor + /^(?:\s+|[^\w\s]+|\w+)\s*/.exec(rl.line.slice(rl.cursor))[0].length;
}

Interface.prototype._wordLeft = function() {
  if (this.cursor > 0) this._moveCursor(wordStart(this) - this.cursor);
};

Interface.prototype._wordRight = function() {
  if (this.cursor < this.line.length) this._moveCursor(wordEnd(this) - this.cursor);
};

Interface.prototype._deleteLeft = function() {
  if (this.cursor === 0 || this.line.length === 0) return;
  const start = this.cursor - charLengthLeft(this.line, this.cursor);
  setLine(this, this.line.slice(0, start) + this.line.slice(this.cursor), start);
};

Interface.prototype._deleteRight = function() {
  if (this.cursor >= this.line.length) return;
  const end = this.cursor + charLengthAt(this.line, this.cursor);
  setLine(this, this.line.slice(0, this.cursor) + this.line.slice(end), this.cursor);
};

Interface.prototype._deleteWordLeft = function() {
  if (this.cursor === 0) return;
  const start = wordStart(this);
  setLine(this, this.line.slice(0, start) + this.line.slice(this.cursor), start);
};

Interface.prototype._deleteWordRight = function() {
  if (this.cursor >= this.line.length) return;
  setLine(this, this.line.slice(0, this.cursor) + this.line.slice(wordEnd(this)), this.cursor);
};

Interface.prototype._deleteLineLeft = function() {
  const killed = this.line.slice(0, this.cursor);
  setLine(this, this.line.slice(this.cursor), 0);
  remember(this, killed);
};

Interface.prototype._deleteLineRight = function() {
  const killed = this.line.slice(this.cursor);
  setLine(this, this.line.slice(0, this.cursor), this.cursor);
  remember(this, killed);
};

Interface.prototype._line = function() {
  const line = this._addHistory();
  this[kState].undo = [];
  this[kState].redo = [];
  this.clearLine();
  this._onLine(line);
};

// ---- History

Interface.prototype._addHistory = function() {
  if (this.line.length === 0) return '';
  if (this.history === undefined || this.historySize === 0) return this.line;
  if (this.line.trim().length === 0) return this.line;
  const normalized = this.line.replace(/\n/g, '\r');
  if (this.history.length === 0 || this.history[0] !== normalized) {
    if (this.removeHistoryDuplicates) {
      const index = this.history.indexOf(this.line);
      if (index !== -1) this.history.splice(index, 1);
    }
    this.history.unshift(this.line);
    if (this.history.length > this.historySize) this.history.pop();
  }
  this.historyIndex = -1;
  const line = this.history[0];
  this.emit('history', this.history);
  return line;
};

/** Goes to the next entry in `direction` that begins with what was typed; -1 is the typed text itself. */
function moveInHistory(rl, direction) {
  if (rl.historyIndex + direction < -1 && direction < 0) return;
  const state = rl[kState];
  const search = state.substringSearch || '';
  let index = rl.historyIndex + direction;
  while (index >= 0 && index < rl.history.length &&
         (!rl.history[index].startsWith(search) || rl.line === rl.history[index])) {
    index += direction;
  }
  if (direction > 0 && index >= rl.history.length) {
    if (rl.historyIndex === rl.history.length) return;
    rl.historyIndex = rl.history.length;
    setLine(rl, search, search.length);
    return;
  }
  rl.historyIndex = Math.max(index, -1);
  const line = index < 0 ? search : rl.history[index];
  setLine(rl, line, line.length);
}

Interface.prototype._historyPrev = function() {
  if (this.historyIndex < this.history.length && this.history.length > 0) moveInHistory(this, 1);
};

Interface.prototype._historyNext = function() {
  if (this.historyIndex >= 0) moveInHistory(this, -1);
};

// ---- Completion

Interface.prototype._tabComplete = function(lastKeypressWasTab) {
  this.pause();
  const line = this.line.slice(0, this.cursor);
  const done = (error, value) => {
    this.resume();
    if (error) {
      this._writeToOutput(`Tab completion error: ${inspect(error)}`);
      return;
    }
    showCompletions(this, lastKeypressWasTab, value);
  };
  if (this.completer.length >= 2) {
    this.completer(line, done);
    return;
  }
  let result;
  try {
    result = this.completer(line);
  } catch (error) {
    done(error);
    return;
  }
  if (this[kAwaitsCompletion]) Promise.resolve(result).then((value) => done(null, value), done);
  else done(null, result);
};

function commonPrefix(words) {
  if (words.length === 0) return '';
  const sorted = [...words].sort();
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}

function showCompletions(rl, lastKeypressWasTab, [completions, completeOn]) {
  if (!completions || completions.length === 0) return;
  const prefix = commonPrefix(completions.filter((each) => each !== ''));
  if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
    rl._insertString(prefix.slice(completeOn.length));
    return;
  }
  if (!completeOn.startsWith(prefix)) {
    // The completion corrects what was typed, its case for instance.
    const start = rl.cursor - completeOn.length;
    setLine(rl, rl.line.slice(0, start) + prefix + rl.line.slice(rl.cursor), start + prefix.length);
    return;
  }
  if (!lastKeypressWasTab) return;

  beforeEdit(rl, rl.line, rl.cursor);
  const widths = completions.map((each) => getStringWidth(each));
  const width = Math.max(...widths) + 2;
  let columns = Math.floor(rl.columns / width) || 1;
  if (columns === Infinity) columns = 1;
  let output = '\r\n';
  let inRow = 0;
  let padding = 0;
  for (let i = 0; i < completions.length; i++) {
    if (completions[i] === '' || inRow === columns) {
      output += completions[i] === '' ? '\r\n\r\n' : '\r\n'; // An empty one parts groups.
      inRow = 0;
      padding = 0;
      if (completions[i] === '') continue;
    } else {
      output += ' '.repeat(padding);
    }
    output += completions[i];
    padding = width - widths[i];
    inRow++;
  }
  if (inRow !== 0) output += '\r\n\r\n';
  rl._writeToOutput(output);
  rl._refreshLine();
}

// ---- Keys

Interface.prototype._ttyWrite = function(text, key) {
  key ||= {};
  const state = this[kState];
  const previousKey = state.previousKey;
  state.previousKey = key;
  if (!key.meta || key.name !== 'y') state.yanking = false;
  if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
    if (state.substringSearch === null) state.substringSearch = this.line.slice(0, this.cursor);
  } else if (state.substringSearch !== null) {
    state.substringSearch = null;
    // Another key ends the search.
    if (this.history.length === this.historyIndex) this.historyIndex = -1;
  }

  // ESC alone does nothing.
  if (key.name === 'escape') return;
  if (typeof key.sequence === 'string') {
    switch (key.sequence.codePointAt(0)) {
      case 0x1f: // Ctrl+_ and Ctrl+-
        undo(this, state.undo, state.redo);
        return;
      case 0x1e: // Ctrl+^
        undo(this, state.redo, state.undo);
        return;
      default:
    }
  }
  if (key.ctrl && key.shift) {
    if (key.name === 'backspace') this._deleteLineLeft();
    else if (key.name === 'delete') this._deleteLineRight();
  } else if (key.ctrl) {
    controlKey(this, key);
  } else if (key.meta) {
    metaKey(this, key);
  } else {
    plainKey(this, text, key, previousKey);
  }
};

function controlKey(rl, key) {
  switch (key.name) {
    case 'c':
      if (rl.listenerCount('SIGINT') > 0) rl.emit('SIGINT');
      else rl.close(); // This input is finished.
      break;
    case 'h': rl._deleteLeft(); break;
    case 'd':
      if (rl.cursor === 0 && rl.line.length === 0) rl.close();
      else if (rl.cursor < rl.line.length) rl._deleteRight();
      break;
    case 'u': rl._deleteLineLeft(); break;
    case 'k': rl._deleteLineRight(); break;
    case 'a': rl._moveCursor(-Infinity); break;
    case 'e': rl._moveCursor(+Infinity); break;
    case 'b': rl._moveCursor(-charLengthLeft(rl.line, rl.cursor)); break;
    case 'f': rl._moveCursor(+charLengthAt(rl.line, rl.cursor)); break;
    case 'l':
      cursorTo(rl.output, 0, 0);
      clearScreenDown(rl.output);
      rl._refreshLine();
      break;
    case 'n': rl._historyNext(); break;
    case 'p': rl._historyPrev(); break;
    case 'y': yank(rl); break;
    case 'z': suspend(rl); break;
    case 'w':
    case 'backspace': rl._deleteWordLeft(); break;
    case 'delete': rl._deleteWordRight(); break;
    case 'left': rl._wordLeft(); break;
    case 'right': rl._wordRight(); break;
    default:
  }
}

function suspend(rl) {
  if (process.platform === 'win32') return;
  if (rl.listenerCount('SIGTSTP') > 0) {
    rl.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    // Not if the program's own pause() stands.
    if (!rl.paused) {
      rl.pause();
      rl.emit('SIGCONT');
    }
    rl._setRawMode(true);
    rl._refreshLine();
  });
  rl._setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

function metaKey(rl, key) {
  switch (key.name) {
    case 'b': rl._wordLeft(); break;
    case 'f': rl._wordRight(); break;
    case 'd':
    case 'delete': rl._deleteWordRight(); break;
    case 'backspace': rl._deleteWordLeft(); break;
    case 'y': yankPop(rl); break;
    default:
  }
}

function plainKey(rl, text, key, previousKey) {
  const state = rl[kState];
  // "\r" and "\n" soon after each other are one.
  if (state.sawReturnAt && key.name !== 'enter') state.sawReturnAt = 0;
  switch (key.name) {
    case 'return':
      state.sawReturnAt = Date.now();
      rl._line();
      break;
    case 'enter':
      if (state.sawReturnAt === 0 || Date.now() - state.sawReturnAt > rl.crlfDelay) rl._line();
      state.sawReturnAt = 0;
      break;
    case 'backspace': rl._deleteLeft(); break;
    case 'delete': rl._deleteRight(); break;
    case 'left': rl._moveCursor(-charLengthLeft(rl.line, rl.cursor)); break;
    case 'right': rl._moveCursor(+charLengthAt(rl.line, rl.cursor)); break;
    case 'home': rl._moveCursor(-Infinity); break;
    case 'end': rl._moveCursor(+Infinity); break;
    case 'up': rl._historyPrev(); break;
    case 'down': rl._historyNext(); break;
    case 'tab':
      if (typeof rl.completer === 'function' && rl.isCompletionEnabled) {
        rl._tabComplete(previousKey && previousKey.name === 'tab');
        break;
      }
      insertText(rl, text);
      break;
    default:
      insertText(rl, text);
  }
}

function insertText(rl, text) {
  if (typeof text !== 'string' || !text) return;
  // A pasted text, or one of write(), may hold lines.
  LINE_ENDING.lastIndex = 0;
  let start = 0;
  let match;
  while ((match = LINE_ENDING.exec(text)) !== null) {
    const { lastIndex } = LINE_ENDING;
    rl._insertString(text.slice(start, match.index));
    rl._line();
    // Listeners may have used the expression.
    LINE_ENDING.lastIndex = lastIndex;
    start = lastIndex;
  }
  if (start < text.length) rl._insertString(start === 0 ? text : text.slice(start));
}

module.exports = { Interface, cancelQuestion, kAwaitsCompletion, kQuestion };
