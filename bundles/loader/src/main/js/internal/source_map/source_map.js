'use strict';

// module.SourceMap: a decoded source map (ECMA-426, version 3), plain or with sections.

const { stateSymbol } = require('internal/symbols');
const { validateObject } = require('internal/validators');

const kState = stateSymbol('module.sourceMap');
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digits = new Map([...BASE64].map((char, value) => [char, value]));

/** Reads the numbers of one segment; each is relative to the one before it in its field. */
function decodeSegment(text) {
  const values = [];
  let bits = 0;
  let shift = 0;
  for (const char of text) {
    const digit = digits.get(char) ?? 0;
    bits |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    values.push(signed(bits));
    bits = 0;
    shift = 0;
  }
  return values;
}

// The lowest bit is the sign; "minus zero" stands for the smallest integer.
function signed(bits) {
  const value = bits >>> 1;
  if ((bits & 1) === 0) return value;
  return value === 0 ? -0x80000000 : -value;
}

function clonePayload(payload) {
  const copy = { ...payload };
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value)) copy[key] = value.slice();
  return copy;
}

/** The mappings of one map, behind an offset of its generated file. */
function decode(map, line, firstColumn) {
  const mappings = [];
  let source = 0;
  let originalLine = 0;
  let originalColumn = 0;
  let name = 0;
  for (const row of `${map.mappings}`.split(';')) {
    let column = firstColumn;
    for (const segment of row.split(',')) {
      if (segment === '') continue;
      const fields = decodeSegment(segment);
      column += fields[0];
      const mapping = { generatedLine: line, generatedColumn: column };
      if (fields.length > 1) {
        source += fields[1];
        originalLine += fields[2];
        originalColumn += fields[3];
        mapping.originalSource = map.sources[source];
        mapping.originalLine = originalLine;
        mapping.originalColumn = originalColumn;
        if (fields.length > 4) {
          name += fields[4];
          mapping.name = map.names?.[name];
        }
      }
      mappings.push(mapping);
    }
    line++;
    firstColumn = 0;
  }
  return mappings;
}

class SourceMap {
  constructor(payload, { lineLengths } = {}) {
    validateObject(payload, 'payload');
    const sections = Array.isArray(payload.sections) ? payload.sections : [{ offset: { line: 0, column: 0 }, map: payload }];
    const mappings = sections.flatMap(({ offset, map }) => decode(map, offset.line, offset.column));
    mappings.sort((a, b) => a.generatedLine - b.generatedLine || a.generatedColumn - b.generatedColumn);
    const value = {
      payload: clonePayload(payload), mappings, lineLengths: Array.isArray(lineLengths) ? lineLengths.slice() : undefined,
    };
    Object.defineProperty(this, kState, { __proto__: null, value });
  }

  get payload() {
    return clonePayload(this[kState].payload);
  }

  get lineLengths() {
    return this[kState].lineLengths?.slice();
  }

  /** The mapping at or before a place of the generated file, counted from 0. */
  findEntry(lineOffset, columnOffset) {
    const { mappings } = this[kState];
    let low = 0;
    let high = mappings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { generatedLine, generatedColumn } = mappings[middle];
      const isAfter = generatedLine > lineOffset || (generatedLine === lineOffset && generatedColumn > columnOffset);
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    if (low === 0) return {};
    const { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name } = mappings[low - 1];
    return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name };
  }

  /** The place that a line and a column of the generated file come from, counted from 1. */
  findOrigin(lineNumber, columnNumber) {
    const entry = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (entry.originalSource === undefined || entry.originalLine === undefined || entry.originalColumn === undefined) return {};
    return {
      name: entry.name,
      fileName: entry.originalSource,
      lineNumber: entry.originalLine + lineNumber - entry.generatedLine,
      columnNumber: entry.originalColumn + columnNumber - entry.generatedColumn,
    };
  }
}

module.sharedClasses = { SourceMap };
module.exports = { SourceMap };
