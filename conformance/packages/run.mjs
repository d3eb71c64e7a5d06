// Installs every package that has a folder here, runs the folder's script, and prints what came of it.
//
//   --only NAME,...   these folders, or folders that show these packages
//   --fast            those whose package.json says so: the subset of the build
//   --json            one JSON object per line instead of the table
//   --markdown        the table of docs/packages.md
//   --nodule LAUNCHER another Nodule than the one that runs this file
//   --node NODE       run the scripts on Node.js (26), to see whether they are right; Nodule still installs
//   --work DIR        keep the installations there, and use them again (default: a folder that is removed)
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startService } from './services.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const DEFAULT_TIMEOUT_SECONDS = 180;
const INSTALL_TIMEOUT_SECONDS = 300;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    fast: { type: 'boolean' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    nodule: { type: 'string' },
    node: { type: 'string' },
    work: { type: 'string' },
  },
});
const launcher = resolve(options.nodule ?? process.execPath);
const runtime = options.node ?? launcher;
const work = options.work ? resolve(options.work) : mkdtempSync(join(tmpdir(), 'nodule-packages-'));

/** The folders beside this file that have a package.json. */
function readCases() {
  const wanted = options.only && new Set(options.only.split(','));
  return readdirSync(HERE)
    .filter((name) => existsSync(join(HERE, name, 'package.json')))
    .map((name) => ({ name, manifest: JSON.parse(readFileSync(join(HERE, name, 'package.json'), 'utf8')) }))
    .map((entry) => ({ ...entry, settings: entry.manifest.conformance ?? {} }))
    .filter(({ settings }) => !options.fast || settings.fast)
    .filter(({ name, settings }) => !wanted || [name, ...(settings.shows ?? [])].some((it) => wanted.has(it)));
}

/** Runs a program to its end, or to the end of its time. */
function run(command, args, { cwd, env = {}, timeout }) {
  return new Promise((done) => {
    const started = performance.now();
    // A group of its own, so that what it started ends with it.
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const collect = (chunk) => { output += chunk; };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const timer = setTimeout(() => {
      output += `\n(killed after ${timeout} s)`;
      killGroup(child.pid);
    }, timeout * 1000);
    child.on('error', (error) => { output += error; });
    child.on('close', (code) => {
      clearTimeout(timer);
      killGroup(child.pid);
      done({ ok: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

async function install(entry, folder) {
  const text = JSON.stringify(entry.manifest);
  const marker = join(folder, '.installed');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === text) {
    cpSync(join(HERE, entry.name), folder, { recursive: true });
    return { ok: true, output: '', seconds: 0 };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(HERE, entry.name), folder, { recursive: true });
  const result = await run(launcher, ['install', '--no-package-lock'], { cwd: folder, timeout: INSTALL_TIMEOUT_SECONDS });
  if (result.ok) writeFileSync(marker, text);
  return result;
}

async function exercise(entry) {
  const folder = join(work, entry.name);
  const { manifest, settings } = entry;
  const versions = Object.entries(settings.shows ? Object.fromEntries(settings.shows.map((it) => [it, manifest.dependencies[it]])) : manifest.dependencies);
  const outcome = { name: entry.name, packages: versions.map(([name, version]) => `${name} ${version.replace(/^npm:.*@/, '')}`), exercised: manifest.description };
  const installed = await install(entry, folder);
  if (!installed.ok) return { ...outcome, result: 'install fails', remark: settings.remark ?? '', seconds: installed.seconds, output: installed.output };
  const service = settings.service ? await startService(settings.service) : null;
  try {
    const env = { NODE_ENV: undefined, FORCE_COLOR: undefined, SERVICE_URL: service?.url };
    const ran = await run(runtime, [...(settings.options ?? []), manifest.main], { cwd: folder, env, timeout: settings.timeout ?? DEFAULT_TIMEOUT_SECONDS });
    const said = /^remark: (.*)$/m.exec(ran.output);
    const remark = [settings.remark, said?.[1], service?.remark].filter(Boolean).join('; ');
    return { ...outcome, result: ran.ok ? 'passes' : 'fails', remark, seconds: ran.seconds, output: ran.output };
  } finally {
    await service?.stop();
  }
}

/** The last lines that say something, for a failure. */
function tail(output, lines) {
  return output.trim().split('\n').slice(-lines).map((line) => `    ${line.slice(0, 400)}`).join('\n');
}

function report(outcome) {
  if (options.json) {
    console.log(JSON.stringify({ ...outcome, output: outcome.result === 'passes' ? undefined : outcome.output }));
  } else if (!options.markdown) {
    console.log(`${outcome.result.padEnd(7)} ${outcome.seconds.toFixed(1).padStart(6)} s  ${outcome.packages.join(', ')}: ${outcome.exercised}${outcome.remark ? ` [${outcome.remark}]` : ''}`);
    if (outcome.result !== 'passes') console.log(tail(outcome.output, 40));
  }
}

const outcomes = [];
for (const entry of readCases()) {
  const outcome = await exercise(entry);
  outcomes.push(outcome);
  report(outcome);
}
if (!options.work) rmSync(work, { recursive: true, force: true });

if (options.markdown) {
  console.log('| package | what was exercised | result | remark |\n|---|---|---|---|');
  for (const it of outcomes) console.log(`| ${it.packages.join(', ')} | ${it.exercised} | ${it.result} | ${it.remark} |`);
}
const failed = outcomes.filter((it) => it.result !== 'passes');
if (!options.json) console.log(`\n${outcomes.length - failed.length} of ${outcomes.length} pass${failed.length ? `; not: ${failed.map((it) => it.name).join(', ')}` : ''}`);
process.exitCode = failed.length || !outcomes.length ? 1 : 0;
