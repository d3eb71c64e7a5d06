'use strict';

// Paths of a guest: below a folder that it was given, and nowhere else. Each part is looked at by itself; links are followed here, not
// by the system, and a target outside of the folder ends the walk.

const { fail } = require('internal/wasi/errno');

const MOST_LINKS = 32;

function linkTarget(path) {
  const fs = require('fs');
  let stats;
  try {
    stats = fs.lstatSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return { isThere: false };
    throw error;
  }
  return { isThere: true, isDirectory: stats.isDirectory(), link: stats.isSymbolicLink() ? fs.readlinkSync(path) : undefined };
}

/** Parts of a link's target; an absolute one is meant as the guest sees it. */
function partsOfLink(link, preopen) {
  if (!link.startsWith('/')) return { parts: link.split('/'), fromRoot: false };
  const name = preopen.name.endsWith('/') ? preopen.name : `${preopen.name}/`;
  if (link !== preopen.name && !link.startsWith(name)) throw fail('NOTCAPABLE');
  return { parts: link.slice(name.length).split('/'), fromRoot: true };
}

/**
 * The host's path of a guest's path, relative to a folder's descriptor: { name, root } of the preopened folder, and the folder's path.
 * No part of the result is a link, but for the last where links are not to be followed.
 */
function resolvePath(directory, path, follows) {
  if (path === '') throw fail('NOENT');
  if (path.includes('\0')) throw fail('INVAL');
  if (path.startsWith('/')) throw fail('NOTCAPABLE');
  const { preopen } = directory;
  const { root } = preopen;
  let current = directory.path;
  let left = path.split('/');
  const isFolder = left.at(-1) === '' || left.at(-1) === '.';
  let links = 0;
  while (left.length > 0) {
    const part = left.shift();
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (current === root) throw fail('NOTCAPABLE');
      current = current.slice(0, current.lastIndexOf('/')) || '/';
      continue;
    }
    const isLast = left.every((rest) => rest === '' || rest === '.');
    const next = current === '/' ? `/${part}` : `${current}/${part}`;
    const found = linkTarget(next);
    if (found.link !== undefined && (!isLast || follows || isFolder)) {
      if (++links > MOST_LINKS) throw fail('LOOP');
      const { parts, fromRoot } = partsOfLink(found.link, preopen);
      if (fromRoot) current = root;
      left = [...parts, ...left];
      continue;
    }
    if (!isLast) {
      if (!found.isThere) throw fail('NOENT');
      if (!found.isDirectory) throw fail('NOTDIR');
    }
    current = next;
  }
  return current;
}

module.exports = { resolvePath };
