'use strict';

// console.table: a box of columns.

const { details } = require('internal/runtime');
const types = require('internal/util/types');
const { inspect, getStringWidth } = require('internal/util/inspect');

const kIteration = '(iteration index)';
const kKey = 'Key';
const kValues = 'Values';
const kIndex = '(index)';

function box(heads, columns) {
  const rowCount = Math.max(0, ...columns.map((column) => column.length));
  const widths = heads.map((head, i) => {
    let width = getStringWidth(head);
    for (let row = 0; row < rowCount; row++) width = Math.max(width, getStringWidth(columns[i][row] ?? ''));
    return width + 2;
  });
  const line = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const row = (cells) => `│${cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - getStringWidth(cell) - 1)}`).join('│')}│`;
  const lines = [line('┌', '┬', '┐'), row(heads), line('├', '┼', '┤')];
  for (let i = 0; i < rowCount; i++) lines.push(row(columns.map((column) => column[i] ?? '')));
  lines.push(line('└', '┴', '┘'));
  return lines.join('\n');
}

function render(data, properties, inspectOptions) {
  if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
  const show = (value) => {
    const isBig = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
    return inspect(value, { maxArrayLength: 3, breakLength: Infinity, colors: false, ...inspectOptions(), depth: isBig ? -1 : 0 });
  };
  const indexes = (count) => Array.from({ length: count }, (_, i) => show(i));

  if (types.isMap(data) || types.isMapIterator(data)) {
    let pairs;
    if (types.isMap(data)) {
      pairs = [...data];
    } else {
      const { entries, isKeyValue } = details.previewEntries(data);
      if (!isKeyValue) return box([kIteration, kValues], [indexes(entries.length), entries.map(show)]);
      pairs = Array.from({ length: entries.length / 2 }, (_, i) => [entries[2 * i], entries[2 * i + 1]]);
    }
    return box([kIteration, kKey, kValues],
               [indexes(pairs.length), pairs.map(({ 0: key }) => show(key)), pairs.map(({ 1: value }) => show(value))]);
  }
  if (types.isSet(data) || types.isSetIterator(data)) {
    let values;
    if (types.isSet(data)) {
      values = [...data];
    } else {
      const { entries, isKeyValue } = details.previewEntries(data);
      values = isKeyValue ? entries.filter((_, i) => i % 2 === 0) : entries;
    }
    return box([kIteration, kValues], [indexes(values.length), values.map(show)]);
  }

  const columns = { __proto__: null };
  const primitives = [];
  let hasPrimitives = false;
  const rows = Object.keys(data);
  for (let i = 0; i < rows.length; i++) {
    const item = data[rows[i]];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (isPrimitive && properties === undefined) {
      hasPrimitives = true;
      primitives[i] = show(item);
      continue;
    }
    for (const key of properties ?? Object.keys(item)) {
      columns[key] ??= [];
      columns[key][i] = !isPrimitive && Object.hasOwn(item, key) ? show(item[key]) : '';
    }
  }
  const heads = [kIndex, ...Object.keys(columns)];
  const cells = [rows, ...Object.values(columns)];
  if (hasPrimitives) {
    heads.push(kValues);
    cells.push(primitives);
  }
  return box(heads, cells);
}

module.exports = { render };
