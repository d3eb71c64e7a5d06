'use strict';
// openAsBlob: the file's bytes as a Blob.
const { Blob } = require('buffer');
const runtime = require('internal/runtime');
const { validateObject, validateString } = require('internal/validators');
const { pathOf } = require('internal/fs/arguments');

function typeOf(options) {
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  return type;
}

function openAsBlob(path, options) {
  const type = typeOf(options);
  path = pathOf(path);
  if (runtime.isGuarded) require('internal/permission').demand('FileSystemRead', path);
  return new Promise((resolve, reject) => {
    binding.readFile(path, 0, false, (error, bytes) => {
      if (error) reject(error);
      else resolve(new Blob([bytes], { type }));
    });
  });
}

function openAsBlobSync(path, options) {
  const type = typeOf(options);
  return new Blob([binding.readFile(pathOf(path), 0, false)], { type });
}

module.exports = { openAsBlob, openAsBlobSync };
