'use strict';

// Users and groups of the process.

const { codes } = require('internal/errors');
const { validateArray, validateUint32 } = require('internal/validators');

function validateId(id, name) {
  if (typeof id === 'number') {
    validateUint32(id, name);
  } else if (typeof id !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
  }
}

// A number as it is, a name by the account files; -1 if there is none.
function lookUp(id, file) {
  return typeof id === 'number' ? id : binding.accountId(file, id);
}

function failed(errno, syscall) {
  const { ErrnoException } = require('internal/errors');
  return new ErrnoException(errno, syscall);
}

function setter(name, file, kind) {
  return function(id) {
    validateId(id, 'id');
    const number = lookUp(id, file);
    if (number === -1) throw new codes.ERR_UNKNOWN_CREDENTIAL(kind, id);
    const errno = binding.setId(name, number);
    if (errno < 0) throw failed(errno, name);
  };
}

function getGroup(id, name) {
  validateId(id, name);
  const number = lookUp(id, '/etc/group');
  if (number === -1) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', id);
  return number;
}

module.exports = {
  getuid: function getuid() { return binding.getId('getuid'); },
  geteuid: function geteuid() { return binding.getId('geteuid'); },
  getgid: function getgid() { return binding.getId('getgid'); },
  getegid: function getegid() { return binding.getId('getegid'); },
  getgroups: function getgroups() { return binding.getgroups(); },
  setuid: setter('setuid', '/etc/passwd', 'User'),
  seteuid: setter('seteuid', '/etc/passwd', 'User'),
  setgid: setter('setgid', '/etc/group', 'Group'),
  setegid: setter('setegid', '/etc/group', 'Group'),
  setgroups: function setgroups(groups) {
    validateArray(groups, 'groups');
    const numbers = groups.map((group, i) => getGroup(group, `groups[${i}]`));
    const errno = binding.setgroups(...numbers);
    if (errno < 0) throw failed(errno, 'setgroups');
  },
  initgroups: function initgroups(user, extraGroup) {
    validateId(user, 'user');
    validateId(extraGroup, 'extraGroup');
    const group = lookUp(extraGroup, '/etc/group');
    if (group === -1) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', extraGroup);
    const name = typeof user === 'string' ? (lookUp(user, '/etc/passwd') === -1 ? undefined : user) : binding.accountName(user);
    if (name === undefined) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
    const errno = binding.initgroups(name, group);
    if (errno < 0) throw failed(errno, 'initgroups');
  },
};
