'use strict';

// How the printed entries of one object are put on lines.

const { removeColors, getStringWidth } = require('internal/inspect/text');

// What is inside the braces: decides about columns and which entries `sorted` sorts.
const kObjectEntries = 0;
const kArrayElements = 1;
const kArrayLikeEntries = 2;

// By concatenation, which keeps long parts as they are: Array.prototype.join would copy them at each level.
function join(list, separator) {
  let text = list[0] ?? '';
  for (let i = 1; i < list.length; i++) text += separator + list[i];
  return text;
}

function fitsOnLine(ctx, output, start, base) {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const entry of output) {
    total += (ctx.colors ? removeColors(entry) : entry).length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// More than six short array entries stand in columns, numbers right-aligned.
function groupInColumns(ctx, output, value) {
  const separator = 2; // ', '
  // The line '... more items' stays alone.
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length;
  const widths = new Array(count);
  let total = 0;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    widths[i] = getStringWidth(output[i], ctx.colors);
    total += widths[i] + separator;
    if (widths[i] > widest) widest = widths[i];
  }
  const cell = widest + separator;
  if (cell * 3 + ctx.indentationLvl >= ctx.breakLength || (total / cell <= 5 && widest > 6)) return output;

  // Aim at a block about 2.5 times as wide as high, a bit narrower where entries differ much in length.
  const bias = Math.max(cell - 3 - Math.sqrt(cell - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * bias * count) / bias),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / cell),
    ctx.compact * 4,
    15,
  );
  if (columns <= 1) return output;

  const columnWidths = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let i = column; i < count; i += columns) if (widths[i] > width) width = widths[i];
    columnWidths.push(width + separator);
  }
  const alignRight = value !== undefined && everyIsNumber(value, output.length);
  const rows = [];
  for (let first = 0; first < count; first += columns) {
    const last = Math.min(first + columns, count) - 1;
    let row = '';
    for (let i = first; i < last; i++) {
      const padding = columnWidths[i - first] + output[i].length - widths[i];
      const cellText = `${output[i]}, `;
      row += alignRight ? cellText.padStart(padding) : cellText.padEnd(padding);
    }
    row += alignRight ?
      output[last].padStart(columnWidths[last - first] + output[last].length - widths[last] - separator) : output[last];
    rows.push(row);
  }
  if (count < output.length) rows.push(output[count]);
  return rows;
}

function everyIsNumber(value, length) {
  for (let i = 0; i < length; i++) {
    if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') return false;
  }
  return true;
}

// One string from the entries: on one line if they are few and short enough, else one entry a line.
function joinEntries(ctx, output, base, braces, kind, recurseTimes, value) {
  const { 0: open, 1: close } = braces;
  const head = base === '' ? '' : `${base} `;
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (kind === kArrayLikeEntries && entries > 6) output = groupInColumns(ctx, output, value);
      // An object is "compact" if it holds no more than `compact` levels of others; columns stay as they are.
      if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indentationLvl + open.length + base.length + 10;
        if (fitsOnLine(ctx, output, start, base)) {
          const joined = join(output, ', ');
          if (!joined.includes('\n')) return `${head}${open} ${joined} ${close}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
    return `${head}${open}${indentation}  ${join(output, `,${indentation}  `)}${indentation}${close}`;
  }
  const tail = base === '' ? '' : ` ${base}`;
  if (fitsOnLine(ctx, output, 0, base)) return `${open}${tail} ${join(output, ', ')} ${close}`;
  const indentation = ' '.repeat(ctx.indentationLvl);
  const first = base === '' && open.length === 1 ? ' ' : `${tail}\n${indentation}  `;
  return `${open}${first}${join(output, `,\n${indentation}  `)} ${close}`;
}

module.exports = { joinEntries, kObjectEntries, kArrayElements, kArrayLikeEntries };
