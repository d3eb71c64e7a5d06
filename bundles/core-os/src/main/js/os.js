'use strict';

// https://nodejs.org/api/os.html

const { toPrimitive } = Symbol;

let names;
function uname() {
  return names ??= binding.uname();
}

function systemError(errno, syscall) {
  const { codes, uvErrmapGet } = require('internal/errors');
  const [code, message] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  return new codes.ERR_SYSTEM_ERROR({ errno, code, message, syscall });
}

const availableParallelism = () => binding.availableParallelism();
const freemem = () => binding.memory('MemAvailable');
const totalmem = () => binding.memory('MemTotal');
const getOSType = () => uname()[0];
const getOSVersion = () => uname()[1];
const getOSRelease = () => uname()[2];
const getMachine = () => uname()[3];

function hostname() {
  return binding.hostname();
}

function homedir() {
  const home = process.env.HOME;
  if (home !== undefined) return home;
  const user = binding.user();
  if (user === undefined) throw systemError(-2, 'uv_os_homedir');
  return user[3];
}

function uptime() {
  return binding.uptime();
}

function arch() {
  return process.arch;
}

function platform() {
  return process.platform;
}

function endianness() {
  return 'LE';
}

function tmpdir() {
  const { TMPDIR, TMP, TEMP } = process.env;
  const path = TMPDIR || TMP || TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

// What stands for the value itself in string contexts: `${os.hostname}`.
for (const fn of [arch, availableParallelism, endianness, freemem, homedir, hostname, platform, getOSRelease, tmpdir, totalmem,
  getOSType, uptime, getOSVersion, getMachine]) {
  fn[toPrimitive] = () => fn();
}

function cpus() {
  const data = binding.cpus();
  const result = [];
  for (let i = 0; i < data.length; i += 7) {
    result.push({
      model: data[i],
      speed: data[i + 1],
      times: { user: data[i + 2], nice: data[i + 3], sys: data[i + 4], idle: data[i + 5], irq: data[i + 6] },
    });
  }
  return result;
}

function loadavg() {
  return binding.loadavg();
}

function netmask(prefix, family) {
  if (family === 'IPv4') {
    const bits = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
    return [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255].join('.');
  }
  const groups = [];
  for (let left = prefix; left > 0; left -= 16) groups.push((left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff).toString(16));
  return groups.length === 8 ? groups.join(':') : `${groups.join(':')}::`;
}

function networkInterfaces() {
  const data = binding.networkInterfaces();
  const result = {};
  for (let i = 0; i < data.length; i += 6) {
    const name = data[i];
    const address = data[i + 1];
    const prefix = data[i + 2];
    const scopeid = data[i + 5];
    const family = scopeid === -1 ? 'IPv4' : 'IPv6';
    const entry = {
      address, netmask: netmask(prefix, family), family, mac: data[i + 3], internal: data[i + 4], cidr: `${address}/${prefix}`,
    };
    if (scopeid !== -1) entry.scopeid = scopeid;
    (result[name] ??= []).push(entry);
  }
  return result;
}

function validatePid(pid) {
  require('internal/validators').validateInt32(pid, 'pid');
}

// The binding moves errors out of the way of the values -20 to 19.
function checkPriority(result, syscall) {
  if (result <= -1000) throw systemError(result + 1000, syscall);
  return result;
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validatePid(pid);
  return checkPriority(binding.getPriority(pid), 'uv_os_getpriority');
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validatePid(pid);
  require('internal/validators').validateInt32(priority, 'priority', -20, 19);
  checkPriority(binding.setPriority(pid, priority), 'uv_os_setpriority');
}

function userInfo(options) {
  if (typeof options !== 'object') options = null;
  const encoding = options?.encoding;
  const user = binding.user();
  if (user === undefined) throw systemError(-2, 'uv_os_get_passwd');
  let text = (value) => value;
  if (encoding !== undefined && encoding !== 'utf8' && encoding !== 'utf-8') {
    const { Buffer } = require('buffer');
    if (encoding === 'buffer') text = (value) => Buffer.from(value);
    else if (Buffer.isEncoding(encoding)) text = (value) => Buffer.from(value).toString(encoding);
  }
  return { __proto__: null, uid: user[0], gid: user[1], username: text(user[2]), homedir: text(user[3]), shell: text(user[4]) };
}

module.exports = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg,
  networkInterfaces,
  platform,
  release: getOSRelease,
  setPriority,
  tmpdir,
  totalmem,
  type: getOSType,
  userInfo,
  uptime,
  version: getOSVersion,
  machine: getMachine,
};

Object.defineProperties(module.exports, {
  constants: { __proto__: null, enumerable: true, value: require('internal/os/constants') },
  EOL: { __proto__: null, configurable: true, enumerable: true, writable: false, value: '\n' },
  devNull: { __proto__: null, configurable: true, enumerable: true, writable: false, value: '/dev/null' },
});
