'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const dotenv = require('dotenv');

writeFileSync('.env', 'S3_BUCKET="YOUR BUCKET"\n# a comment\nSECRET=abc=def # more\nMULTI="a\\nb"\nSINGLE=\'a\\nb\'\nexport EXPORTED=yes\nPRESENT=file\nLINES="one\ntwo"\n');
process.env.PRESENT = 'environment';
const { parsed, error } = dotenv.config({ quiet: true });
assert.strictEqual(error, undefined);
assert.strictEqual(process.env.S3_BUCKET, 'YOUR BUCKET');
assert.strictEqual(process.env.PRESENT, 'environment');
assert.deepStrictEqual(parsed, { S3_BUCKET: 'YOUR BUCKET', SECRET: 'abc=def', MULTI: 'a\nb', SINGLE: 'a\\nb', EXPORTED: 'yes', PRESENT: 'file', LINES: 'one\ntwo' });
assert.deepStrictEqual(dotenv.parse(Buffer.from('BASIC=basic')), { BASIC: 'basic' });
assert.strictEqual(dotenv.config({ path: 'missing', quiet: true }).error.code, 'ENOENT');
const said = execFileSync(process.execPath, ['-r', 'dotenv/config', '-p', 'process.env.S3_BUCKET'], { encoding: 'utf8', env: { ...process.env, S3_BUCKET: undefined, DOTENV_CONFIG_QUIET: 'true' } });
assert.match(said, /YOUR BUCKET\n$/);
