'use strict';
const assert = require('node:assert');
const { readFileSync, rmSync } = require('node:fs');
const { Writable } = require('node:stream');
const pino = require('pino');

const lines = [];
const stream = new Writable({ write(chunk, encoding, next) { lines.push(JSON.parse(chunk)); next(); } });
const logger = pino({ level: 'debug', redact: ['user.password'], base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, stream);
logger.info('hello world');
logger.child({ a: 'property' }).warn({ user: { name: 'x', password: 'y' } }, 'hello %s', 'child');
logger.error(new TypeError('broken'));
logger.trace('not this');
assert.strictEqual(lines.length, 3);
assert.deepStrictEqual([lines[0].level, lines[0].msg, lines[0].pid], [30, 'hello world', process.pid]);
assert.deepStrictEqual([lines[1].a, lines[1].user, lines[1].msg], ['property', { name: 'x', password: '[Redacted]' }, 'hello child']);
assert.deepStrictEqual([lines[2].err.type, lines[2].err.message, lines[2].msg], ['TypeError', 'broken', 'broken']);
assert.match(lines[2].err.stack, /use\.cjs/);

const direct = pino.destination({ dest: 'direct.log', sync: true });
pino(direct).info('to a file');
assert.match(readFileSync('direct.log', 'utf8'), /to a file/);

rmSync('worker.log', { force: true });
const transport = pino.transport({ target: 'pino/file', options: { destination: 'worker.log' } });
transport.on('ready', () => {
  pino(transport).info('from a thread');
  transport.end();
});
transport.on('close', () => assert.match(readFileSync('worker.log', 'utf8'), /"msg":"from a thread"/));
process.on('exit', () => assert.ok(readFileSync('worker.log', 'utf8')));
