'use strict';

// Makes another version of a core module's bundle: its jar with a new Bundle-Version and a line more in its JavaScript.

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

const table = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? n >>> 1 ^ 0xedb88320 : n >>> 1;
  return n;
});
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = crc >>> 8 ^ table[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

/** [name, bytes] of each entry. */
function readZip(file) {
  const zip = fs.readFileSync(file);
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) end--;
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error(`${file} is no zip file`);
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const stored = zip.subarray(start, start + size);
    entries.push([zip.toString('utf8', at + 46, at + 46 + nameLength), method === 0 ? stored : zlib.inflateRawSync(stored)]);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function writeZip(file, entries) {
  const parts = [];
  const central = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x21, 8); // 1980-01-01
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    const head = Buffer.alloc(6);
    head.writeUInt32LE(CENTRAL);
    head.writeUInt16LE(20, 4);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(head, fields, tail, Buffer.from(name));
    parts.push(local, fields, Buffer.from(name), bytes);
    offset += 30 + Buffer.byteLength(name) + bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  fs.writeFileSync(file, Buffer.concat([...parts, directory, end]));
}

/** A manifest's lines are at most 72 bytes long; a space at the start continues a line. */
function changeManifest(text, version) {
  return text.replace(/\r?\n /g, '').split(/\r?\n/)
    .map((line) => line.replace(/^Bundle-Version: .*/, `Bundle-Version: ${version}`)
      .replace(/version:Version="?[\d.]+"?/, `version:Version="${version}"`))
    .map((line) => line.replace(/^(.{70})(.*)$/, (_, first, rest) => first + rest.replace(/(.{1,69})/g, '\r\n $1')))
    .join('\r\n');
}

/**
 * Writes version `version` of module `name` of the distribution `home` to `file`; its exports have `swapVersion` then. With
 * `everyFile` the text of all files differs, so that nothing that was compiled of another version can be used.
 */
function makeModuleJar({ home, name, version, file, everyFile }) {
  const lib = path.join(home, 'lib');
  const bundle = name === 'module' ? 'loader' : `core-${name.replaceAll('_', '-')}`;
  const jar = fs.readdirSync(lib).find((entry) => new RegExp(`^nodule-${bundle}-\\d`).test(entry));
  writeZip(file, readZip(path.join(lib, jar)).map(([entry, bytes]) => {
    if (entry === 'META-INF/MANIFEST.MF') return [entry, Buffer.from(changeManifest(bytes.toString(), version))];
    let added = '';
    if (entry === `nodule/${name}/${name}.js`) added = `\nmodule.exports.swapVersion = '${version}';\n`;
    else if (everyFile && entry.endsWith('.js')) added = `\n// ${version}\n`;
    return [entry, Buffer.concat([bytes, Buffer.from(added)])];
  }));
}

/** Writes a bundle with a core module of JavaScript alone. */
function makeScriptModuleJar({ name, version, source, file }) {
  const manifest = [
    'Manifest-Version: 1.0', 'Bundle-ManifestVersion: 2', `Bundle-SymbolicName: benchmark.${name}`, `Bundle-Version: ${version}`,
    'Bundle-Activator: dev.nodule.api.ScriptModule', 'Import-Package: dev.nodule.api,org.osgi.framework',
    `Provide-Capability: nodule.module;nodule.module=${name};version:Version="${version}"`, '', '',
  ].join('\r\n');
  writeZip(file, [['META-INF/MANIFEST.MF', Buffer.from(manifest)], [`nodule/${name}/${name}.js`, Buffer.from(source)]]);
}

module.exports = { makeModuleJar, makeScriptModuleJar };
