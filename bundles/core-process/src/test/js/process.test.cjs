'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

// The directory is the system's.
const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'process-')));
process.chdir(directory);
assert.strictEqual(process.cwd(), directory);
assert.strictEqual(fs.readlinkSync('/proc/self/cwd'), directory);
assert.throws(() => process.chdir('missing'), { code: 'ENOENT', syscall: 'chdir', path: directory, dest: 'missing' });

// .env files.
fs.writeFileSync('.env', 'FROM_FILE="two\\nlines"\nHOME_SWEET=\'x\' # a comment\nexport KEPT=file\n');
process.env.KEPT = 'environment';
process.loadEnvFile();
assert.strictEqual(process.env.FROM_FILE, 'two\nlines');
assert.strictEqual(process.env.HOME_SWEET, 'x');
assert.strictEqual(process.env.KEPT, 'environment');
assert.deepStrictEqual({ ...require('node:util').parseEnv('A=1\nB=`2`') }, { A: '1', B: '2' });

// The environment holds strings.
process.env.NUMBER = 42;
assert.strictEqual(process.env.NUMBER, '42');
assert.throws(() => Object.defineProperty(process.env, 'x', { get() {} }), { code: 'ERR_INVALID_OBJECT_DEFINE_PROPERTY' });
const date = new Date(1523709296789);
process.env.TZ = 'Europe/Amsterdam';
assert.match(date.toString(), /14:34:56 GMT\+0200/);
process.env.TZ = 'Etc/UTC';
assert.match(date.toString(), /12:34:56 GMT\+0000/);

// Bad arguments.
assert.throws(() => { process.exitCode = 'one'; }, { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.kill(process.pid, 'SIGNOTHING'), { code: 'ERR_UNKNOWN_SIGNAL' });
assert.throws(() => process.hrtime(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.cpuUsage(1), { code: 'ERR_INVALID_ARG_TYPE' });

// The object and its class.
assert.ok(process instanceof process.constructor && process instanceof require('node:events'));
assert.strictEqual(process.abort.prototype, undefined);
Set.prototype.add.call(process.allowedNodeEnvironmentFlags, 'foo');
assert.ok(!process.allowedNodeEnvironmentFlags.has('foo') && ![...process.allowedNodeEnvironmentFlags].includes('foo'));

// The report, of which loaders of prebuilt programs read the C library's version
{
  const { header } = process.report.getReport();
  assert.match(header.dumpEventTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  if ('glibcVersionRuntime' in header) assert.match(header.glibcVersionRuntime, /^\d+\.\d+/);
  assert.strictEqual('glibcVersionRuntime' in header, !fs.existsSync('/etc/alpine-release'));
  assert.ok(header.networkInterfaces.every((it) => typeof it.name === 'string' && typeof it.address === 'string'));
  assert.ok(header.cpus.every((it) => typeof it.idle === 'number'));
}

// A signal that somebody listens to.
process.once('SIGUSR2', (name, number) => {
  assert.deepStrictEqual([name, number], ['SIGUSR2', 12]);
  clearTimeout(timer);
  process.chdir(os.tmpdir());
  fs.rmSync(directory, { recursive: true });
});
const timer = setTimeout(() => assert.fail('no signal'), 5000);
process.kill(process.pid, 'SIGUSR2');
