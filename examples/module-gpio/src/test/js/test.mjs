// Run by `mvn verify`: deploys the bundle into this process and uses it.
import assert from 'node:assert/strict';
import modules from 'nodule:modules';

await assert.rejects(import('acme:gpio'), { code: 'ERR_UNSUPPORTED_ESM_URL_SCHEME' });
await modules.swap(process.argv[2], { persist: false });
const { default: gpio, open } = await import('acme:gpio');

const led = open(17);
const levels = [];
led.on('change', (level) => levels.push(level));
led.write(true);
assert.equal(led.read(), true);
led.write(false);
await new Promise((resolve) => led.pulse(5, resolve));
assert.deepEqual(levels, [true, false, true, false]);
assert.equal(gpio.open(17), led);
assert.throws(() => open(99), RangeError);
console.log('acme:gpio works');
