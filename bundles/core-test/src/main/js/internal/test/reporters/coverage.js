'use strict';

// The table of a coverage report, as tap and spec show it.

const COLUMNS = [['line %', 'coveredLinePercent'], ['branch %', 'coveredBranchPercent'], ['funcs %', 'coveredFunctionPercent']];
const GAPS = COLUMNS.reduce((all, [title]) => all + title.length + 3, 4);
const TOTAL = 'all files';

/** The files by their folders: each row has its depth. */
function rowsOf({ files, workingDirectory }) {
  const path = require('path');
  const root = { folders: new Map(), files: [] };
  for (const file of files) {
    const parts = path.relative(workingDirectory, file.path).split(path.sep);
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      if (!folder.folders.has(part)) folder.folders.set(part, { folders: new Map(), files: [] });
      folder = folder.folders.get(part);
    }
    folder.files.push({ name: parts.at(-1), file });
  }
  const rows = [];
  const visit = (folder, depth) => {
    for (const [name, inner] of folder.folders) {
      rows.push({ name, depth });
      visit(inner, depth + 1);
    }
    for (const { name, file } of folder.files) rows.push({ name, depth, file });
  };
  visit(root, 0);
  return rows;
}

/** `5-7 9`: lines that did not run. */
function uncovered({ lines }) {
  const ranges = [];
  let last;
  for (const { line, count } of lines) {
    if (count > 0) {
      last = undefined;
    } else if (last === undefined) {
      last = { from: line, to: line };
      ranges.push(last);
    } else {
      last.to = line;
    }
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

const cutEnd = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}\u2026` : text);
const cutStart = (text, width) => (text.length > width ? `\u2026${text.slice(text.length - width + 1)}` : text);

function colorFor(value, colors) {
  return value >= 90 ? colors.green : value >= 50 ? colors.yellow : colors.red;
}

/** Lines, each behind `prefix`; `colors` if there is a terminal, in `base` otherwise. */
function coverageReport(prefix, summary, colors, base) {
  const useColors = colors !== undefined && colors.blue !== '';
  const rows = rowsOf(summary);
  const lists = new Map(rows.filter(({ file }) => file).map((row) => [row, uncovered(row.file)]));
  let fileWidth = Math.max(TOTAL.length, ...rows.map(({ name, depth }) => name.length + depth)) + (useColors ? 2 : 0);
  let listWidth = Math.max('uncovered lines'.length, ...[...lists.values()].map((text) => text.length));
  let width = fileWidth + GAPS + listWidth;
  const available = (process.stdout.columns || Infinity) - prefix.length;
  if (width > available) {
    fileWidth = Math.min(fileWidth, Math.floor(available / 2));
    listWidth = Math.max(available - fileWidth - GAPS, 1);
    width = available;
  }
  const paint = (text, value) => (useColors ? `${colorFor(value, colors)}${text}${base}` : text);
  const rule = `${prefix}${'-'.repeat(width)}\n`;
  const line = (name, cells, list) => `${prefix}${name} | ${cells.join(' | ')} | ${cutEnd(list, listWidth)}\n`;
  const cells = (values) => COLUMNS.map(([title, key]) => paint(values[key].toFixed(2).padStart(title.length), values[key]));

  let text = `${useColors ? base : ''}${prefix}start of coverage report\n${rule}`;
  text += line('file'.padEnd(fileWidth), COLUMNS.map(([title]) => paint(title)), 'uncovered lines');
  text += rule;
  for (const row of rows) {
    const { name, depth, file } = row;
    const before = ' '.repeat(depth);
    const shown = cutStart(name, fileWidth - depth).padEnd(fileWidth - depth);
    if (file === undefined) {
      text += line(before + shown, COLUMNS.map(([title]) => paint(' '.repeat(title.length))), '');
    } else {
      const mean = COLUMNS.reduce((all, [, key]) => all + file[key], 0) / COLUMNS.length;
      text += line(before + paint(shown, mean), cells(file), lists.get(row));
    }
  }
  text += `${rule}${line(TOTAL.padEnd(fileWidth), cells(summary.totals), '')}${rule}${prefix}end of coverage report\n`;
  return useColors ? text + colors.white : text;
}

module.exports = { coverageReport };
