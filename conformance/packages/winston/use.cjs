'use strict';
const assert = require('node:assert');
const { readFileSync, rmSync } = require('node:fs');
const { Writable } = require('node:stream');
const winston = require('winston');

for (const file of ['error.log', 'combined.log']) rmSync(file, { force: true });
const lines = [];
const logger = winston.createLogger({
  level: 'info',
  format: winston.format.combine(winston.format.errors({ stack: true }), winston.format.splat(), winston.format.json()),
  defaultMeta: { service: 'user-service' },
  transports: [
    new winston.transports.File({ filename: 'error.log', level: 'error' }),
    new winston.transports.File({ filename: 'combined.log' }),
    new winston.transports.Stream({ stream: new Writable({ write(chunk, encoding, next) { lines.push(String(chunk)); next(); } }),
      format: winston.format.combine(winston.format.label({ label: 'here' }), winston.format.printf((it) => `${it.label} ${it.level}: ${it.message}`)) }),
    new winston.transports.Console({ silent: true }),
  ],
});
logger.info('hello %s', 'you', { n: 1 });
logger.debug('not this');
logger.error(new Error('broken'));
logger.child({ request: 7 }).warn('from below');
logger.profile('t');
logger.profile('t');
logger.on('finish', () => {
  // Transports end after the logger.
  setTimeout(() => {
    const combined = readFileSync('combined.log', 'utf8').trim().split('\n').map((it) => JSON.parse(it));
    assert.deepStrictEqual(combined[0], { level: 'info', message: 'hello you', n: 1, service: 'user-service' });
    assert.strictEqual(combined[2].request, 7);
    assert.strictEqual(typeof combined[3].durationMs, 'number');
    const errors = readFileSync('error.log', 'utf8').trim().split('\n').map((it) => JSON.parse(it));
    assert.strictEqual(errors.length, 1);
    assert.match(errors[0].stack, /^Error: broken\n\s+at .*use\.cjs/);
    assert.deepStrictEqual(lines.slice(0, 2), ['here info: hello you\n', 'here error: broken\n']);
  }, 100);
});
logger.end();
