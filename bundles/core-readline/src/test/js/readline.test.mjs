import assert from 'node:assert';
import readline from 'node:readline';
import promises from 'node:readline/promises';
import { PassThrough, Readable } from 'node:stream';

const turn = () => new Promise(setImmediate);
const lines = async (chunks) => Array.fromAsync(readline.createInterface({ input: Readable.from(chunks) }));
assert.deepStrictEqual(await lines(['a\nb\r', '\nc\r\n', 'no ending']), ['a', 'b', 'c', 'no ending']);
assert.deepStrictEqual(await lines(['caf', Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])]), ['caf\u00e9']);

// Questions.
{
  const input = new PassThrough();
  const output = new PassThrough();
  const rl = promises.createInterface({ input, output });
  const answer = rl.question('name? ');
  input.write('Ada\n');
  assert.strictEqual(await answer, 'Ada');
  assert.strictEqual(String(output.read()), 'name? ');
  await assert.rejects(rl.question('?', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  rl.close();
  assert.throws(() => rl.pause(), { code: 'ERR_USE_AFTER_CLOSE' });
}

// The line editor.
{
  const input = new PassThrough();
  const output = new PassThrough();
  const rl = readline.createInterface({ input, output, terminal: true, historySize: 5 });
  const typed = [];
  rl.on('line', (line) => typed.push(line));
  input.write('hello world\x17there\r'); // Ctrl+W
  await turn();
  input.write('\x1b[A\x01say \r'); // up, Ctrl+A
  await turn();
  input.write('xyz\x1b[D\x7f\r'); // left, backspace
  await turn();
  assert.deepStrictEqual(typed, ['hello there', 'say hello there', 'xz']);
  assert.deepStrictEqual(rl.history, ['xz', 'say hello there', 'hello there']);
  rl.close();
}

// Keys.
{
  const input = new PassThrough();
  readline.emitKeypressEvents(input);
  const keys = [];
  input.on('keypress', (text, key) => keys.push([key.name, key.ctrl, key.meta, key.shift]));
  input.write('a\x03\x1b[1;5CB\x1bx\x1b[15~');
  await turn();
  assert.deepStrictEqual(keys, [
    ['a', false, false, false], ['c', true, false, false], ['right', true, false, false], ['b', false, false, true],
    ['x', false, true, false], ['f5', false, false, false],
  ]);
}

// Cursor movements.
{
  const output = new PassThrough();
  readline.cursorTo(output, 2, 3);
  readline.moveCursor(output, -1, 2);
  readline.clearLine(output, 0);
  readline.clearScreenDown(output);
  const sequences = [];
  for (let chunk; (chunk = output.read()) !== null;) sequences.push(String(chunk));
  assert.strictEqual(sequences.join(''), '\x1b[4;3H\x1b[1D\x1b[2B\x1b[2K\x1b[0J');
  assert.throws(() => readline.cursorTo(output, 'x', 1), { code: 'ERR_INVALID_CURSOR_POS' });
}
