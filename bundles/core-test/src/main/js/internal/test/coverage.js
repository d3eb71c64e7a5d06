'use strict';

// The coverage of a run: what its processes counted (V8's form), per file as lines, branches and functions.

const { sharedState } = require('internal/symbols');

const state = sharedState('test.coverage', () => ({ folder: undefined, isOwn: false, given: undefined }));

/** Before any process of the run starts: each writes what it counted into one folder. */
function setUp() {
  if (state.folder !== undefined) return;
  const fs = require('fs');
  const path = require('path');
  state.given = process.env.NODE_V8_COVERAGE || undefined;
  if (state.given !== undefined) {
    state.folder = path.resolve(state.given);
  } else {
    state.folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'node-coverage-'));
    state.isOwn = true;
    process.env.NODE_V8_COVERAGE = state.folder;
  }
  require('internal/coverage').start();
}

/** Every script that any process ran: [{ url, functions }]. */
function collect() {
  const fs = require('fs');
  const results = [require('internal/coverage').take().result];
  let names = [];
  try {
    names = fs.readdirSync(state.folder);
  } catch {
    // No process has written anything.
  }
  for (const name of names) {
    const parts = /^coverage-(\d+)-\d{13}-\d+\.json$/.exec(name);
    if (parts === null || Number(parts[1]) === process.pid) continue;
    try {
      results.push(JSON.parse(fs.readFileSync(`${state.folder}/${name}`, 'utf8')).result);
    } catch {
      // A process that was killed while it wrote.
    }
  }
  return results;
}

function cleanUp() {
  if (!state.isOwn) return;
  require('fs').rmSync(state.folder, { recursive: true, force: true });
  if (process.env.NODE_V8_COVERAGE === state.folder) delete process.env.NODE_V8_COVERAGE;
  state.folder = undefined;
  state.isOwn = false;
}

// ---- Which files

function wantedBy({ cwd, includes, excludes }) {
  const path = require('path');
  const { fileURLToPath } = require('url');
  const matches = (pattern, file) => path.matchesGlob(path.relative(cwd, file), pattern) || path.matchesGlob(file, pattern);
  return (url) => {
    if (!url.startsWith('file:')) return undefined;
    const file = fileURLToPath(url);
    if (excludes.some((pattern) => matches(pattern, file))) return undefined;
    if (includes.length > 0) return includes.some((pattern) => matches(pattern, file)) ? file : undefined;
    return url.includes('/node_modules/') ? undefined : file;
  };
}

// ---- Several processes that ran the same file

const keyOf = ({ ranges }) => `${ranges[0].startOffset}-${ranges[0].endOffset}`;

function mergeScripts(results, wanted) {
  const scripts = new Map();
  for (const { url, functions } of results.flat()) {
    const file = wanted(url);
    if (file === undefined) continue;
    const known = scripts.get(url);
    if (known === undefined) {
      scripts.set(url, { url, file, functions: functions.slice() });
      continue;
    }
    const byKey = new Map(known.functions.map((each, i) => [keyOf(each), i]));
    for (const each of functions) {
      const i = byKey.get(keyOf(each));
      if (i === undefined) known.functions.push(each);
      else known.functions[i] = mergeFunctions(known.functions[i], each);
    }
  }
  return [...scripts.values()];
}

function mergeFunctions(a, b) {
  if (!a.isBlockCoverage) return withMore(b, a.ranges[0].count);
  if (!b.isBlockCoverage) return withMore(a, b.ranges[0].count);
  const ranges = [];
  for (const { startOffset, endOffset } of [...a.ranges, ...b.ranges]) {
    if (ranges.some((range) => range.startOffset === startOffset && range.endOffset === endOffset)) continue;
    ranges.push({ startOffset, endOffset, count: countOf(a, startOffset, endOffset) + countOf(b, startOffset, endOffset) });
  }
  ranges.sort((x, y) => x.startOffset - y.startOffset || y.endOffset - x.endOffset);
  return { ...a, ranges };
}

function withMore(each, count) {
  return count === 0 ? each : { ...each, ranges: each.ranges.map((range) => ({ ...range, count: range.count + count })) };
}

/** The innermost range around a part comes last. */
function countOf({ ranges }, start, end) {
  return (ranges.findLast((range) => range.startOffset <= start && end <= range.endOffset) ?? ranges[0]).count;
}

// ---- Lines

const COMMENT = /\/\* node:coverage (?:(enable|disable)|ignore next(?: (\d+))?) \*\//;

/** The lines of a source with their offsets, and those that comments take out. */
function linesOf(source) {
  const lines = [];
  let offset = 0;
  let ignored = 0;
  let enabled = true;
  for (const text of source.split(/(?<=\r?\n)/)) {
    const content = text.replace(/\r?\n$/, '');
    const line = { line: lines.length + 1, startOffset: offset, endOffset: offset + content.length, count: 1, ignore: !enabled };
    offset += text.length;
    if (ignored > 0) {
      line.ignore = true;
      ignored--;
    } else {
      const found = COMMENT.exec(content);
      if (found !== null) {
        if (found[1] !== undefined) {
          enabled = found[1] === 'enable';
          line.ignore = true;
        } else {
          ignored = Number(found[2] ?? 1);
          line.ignore = true;
        }
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Marks the lines that a range covers whole; gives those that it touches. */
function markLines(range, lines) {
  const touched = [];
  let ignored = 0;
  for (const line of lines) {
    if (line.endOffset < range.startOffset) continue;
    if (line.startOffset > range.endOffset) break;
    touched.push(line);
    if (line.ignore) ignored++;
    if (range.startOffset <= line.startOffset && range.endOffset >= line.endOffset) line.count = range.count;
  }
  return { lines: touched, isIgnored: ignored === touched.length };
}

const percent = (covered, total) => (total === 0 ? 100 : covered / total * 100);

function fileSummary({ file, functions }, source) {
  const lines = linesOf(source);
  const found = { functions: [], branches: [] };
  let coveredBranches = 0;
  let coveredFunctions = 0;
  functions.forEach(({ functionName, ranges, isBlockCoverage }, i) => {
    const marked = ranges.map((range) => markLines(range, lines));
    const most = Math.max(...ranges.map(({ count }) => count));
    if (isBlockCoverage) {
      ranges.forEach(({ count }, at) => {
        found.branches.push({ __proto__: null, line: marked[at].lines[0]?.line, count });
        if (count !== 0 || marked[at].isIgnored) coveredBranches++;
      });
    }
    if (i > 0) {
      found.functions.push({ __proto__: null, name: functionName, count: most, line: marked[0].lines[0]?.line });
      if (ranges[0].count !== 0 || marked[0].isIgnored) coveredFunctions++;
    }
  });
  const counted = lines.map((line) => (line.ignore ? { line: line.line, count: 1 } : line));
  const coveredLines = counted.filter(({ count }) => count > 0).length;
  return {
    __proto__: null,
    path: file,
    totalLineCount: lines.length,
    totalBranchCount: found.branches.length,
    totalFunctionCount: found.functions.length,
    coveredLineCount: coveredLines,
    coveredBranchCount: coveredBranches,
    coveredFunctionCount: coveredFunctions,
    coveredLinePercent: percent(coveredLines, lines.length),
    coveredBranchPercent: percent(coveredBranches, found.branches.length),
    coveredFunctionPercent: percent(coveredFunctions, found.functions.length),
    functions: found.functions,
    branches: found.branches,
    lines: counted.map(({ line, count }) => ({ __proto__: null, line, count })),
  };
}

const TOTALS = ['Line', 'Branch', 'Function'];

/** What the event test:coverage says. */
function summary({ cwd, includes, excludes, thresholds }) {
  const fs = require('fs');
  const files = [];
  for (const script of mergeScripts(collect(), wantedBy({ cwd, includes, excludes }))) {
    let source;
    try {
      source = fs.readFileSync(script.file, 'utf8');
    } catch {
      continue; // It is gone.
    }
    files.push(fileSummary(script, source));
  }
  files.sort((a, b) => (a.path > b.path ? 1 : a.path < b.path ? -1 : 0));
  const totals = { __proto__: null };
  const sum = (key) => files.reduce((all, file) => all + file[key], 0);
  for (const kind of TOTALS) totals[`total${kind}Count`] = sum(`total${kind}Count`);
  for (const kind of TOTALS) totals[`covered${kind}Count`] = sum(`covered${kind}Count`);
  for (const kind of TOTALS) totals[`covered${kind}Percent`] = percent(totals[`covered${kind}Count`], totals[`total${kind}Count`]);
  return { __proto__: null, workingDirectory: cwd, files, thresholds: { __proto__: null, ...thresholds }, totals };
}

/** Messages about thresholds that were not reached. */
function missed({ totals, thresholds }) {
  const messages = [];
  for (const kind of TOTALS) {
    const name = kind.toLowerCase();
    const actual = totals[`covered${kind}Percent`];
    if (actual < thresholds[name]) {
      messages.push(`Error: ${actual.toFixed(2)}% ${name} coverage does not meet threshold of ${thresholds[name]}%.`);
    }
  }
  return messages;
}

module.exports = { cleanUp, missed, setUp, summary };
