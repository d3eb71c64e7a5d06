'use strict';

const assert = require('node:assert');
const os = require('node:os');

assert.strictEqual(os.EOL, '\n');
assert.strictEqual(os.devNull, '/dev/null');
assert.strictEqual(`${os.hostname}`, os.hostname());
assert.strictEqual(os.type(), 'Linux');
assert.match(os.release(), /^\d+\./);
assert.ok(os.totalmem() > os.freemem() && os.freemem() > 0);
assert.strictEqual(os.cpus().length > 0, true);
assert.deepStrictEqual(Object.keys(os.cpus()[0].times), ['user', 'nice', 'sys', 'idle', 'irq']);
assert.strictEqual(os.loadavg().length, 3);
assert.ok(os.uptime() > 0);

const [lo] = os.networkInterfaces().lo;
assert.deepStrictEqual(lo, {
  address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8',
});

assert.strictEqual(os.constants.signals.SIGTERM, 15);
assert.throws(() => { os.constants.signals.SIGX = 1; }, TypeError);
assert.throws(() => os.setPriority(0, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => os.setPriority(0, 20), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => os.getPriority(2 ** 30), {
  code: 'ERR_SYSTEM_ERROR', message: 'A system error occurred: uv_os_getpriority returned ESRCH (no such process)',
});
assert.strictEqual(typeof os.getPriority(), 'number');

const user = os.userInfo();
assert.strictEqual(user.uid, process.geteuid());
assert.strictEqual(os.userInfo({ encoding: 'buffer' }).username.toString(), user.username);
assert.strictEqual(os.homedir(), process.env.HOME ?? user.homedir);
