'use strict';

// What both systems do alike with the parts between separators.


// Without '', '.', and what '..' takes back; '..' stays at the front of what is not absolute.
function collapse(segments, absolute) {
  const kept = [];
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      kept.push(segment);
    } else if (kept.length > 0 && kept[kept.length - 1] !== '..') {
      kept.pop();
    } else if (!absolute) {
      kept.push('..');
    }
  }
  return kept;
}

// The last dot of a file name, if it starts an extension.
function extensionOf(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

// basename(): the segment from `start` to `end` without `suffix`. Where the comparison runs out of characters before the
// suffix does, Node.js leaves trailing separators on, and so do we.
function withoutSuffix(path, start, end, suffix) {
  const base = path.slice(start, end);
  if (suffix === undefined || suffix === '' || suffix.length > path.length) return base;
  if (suffix === path) return '';
  if (base.length > suffix.length) return base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
  return base !== suffix && suffix.endsWith(base) ? path.slice(start) : base;
}

function format(separator, pathObject) {
  require('internal/validators').validateObject(pathObject, 'pathObject');
  const { root, ext } = pathObject;
  const dir = pathObject.dir || root;
  const extension = ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : '';
  const base = pathObject.base || `${pathObject.name || ''}${extension}`;
  if (!dir) return base;
  return dir === root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

module.exports = { collapse, extensionOf, format, withoutSuffix };
