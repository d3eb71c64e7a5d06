'use strict';

// What a process holds after a garbage collection, by the JDK's own jcmd.

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const CLASSES = {
  moduleInstances: 'dev.nodule.runtime.ModuleInstance',
  javaScriptObjects: 'com.oracle.truffle.js.runtime.objects.JSOrdinaryObject$DefaultLayout',
  javaScriptFunctions: 'com.oracle.truffle.js.runtime.builtins.JSFunctionObject$Unbound',
  bundleRevisions: 'org.apache.felix.framework.BundleRevisionImpl',
};

/** The jcmd of a JDK, null if there is none. */
function findJcmd() {
  const jdks = fs.existsSync('/usr/lib/jvm') ? fs.readdirSync('/usr/lib/jvm').map((name) => path.join('/usr/lib/jvm', name)) : [];
  const candidates = [process.env.JAVA_HOME, ...jdks.filter((jdk) => /25/.test(path.basename(jdk)))].filter(Boolean);
  return candidates.map((jdk) => path.join(jdk, 'bin', 'jcmd')).find((file) => fs.existsSync(file)) ?? null;
}

function liveHeap(jcmd, pid) {
  const ask = (...command) => execFileSync(jcmd, [pid, ...command], { encoding: 'utf8', maxBuffer: 1 << 26 });
  ask('GC.run');
  ask('GC.run');
  const histogram = ask('GC.class_histogram');
  const [, objects, bytes] = /Total\s+(\d+)\s+(\d+)/.exec(histogram);
  const live = { objects: Number(objects), heapMB: Math.round(bytes / 1e5) / 10 };
  for (const [name, className] of Object.entries(CLASSES)) {
    const line = histogram.split('\n').find((text) => text.trim().split(/\s+/)[3] === className);
    live[name] = line === undefined ? 0 : Number(line.trim().split(/\s+/)[1]);
  }
  live.classLoaders = ask('VM.classloader_stats').split('\n').filter((line) => line.includes('BundleClassLoader')).length;
  live.metaspaceMB = Number(/Both:.*?([\d.]+) MB used/s.exec(ask('VM.metaspace', 'basic'))?.[1] ?? NaN);
  return live;
}

module.exports = { findJcmd, liveHeap };
