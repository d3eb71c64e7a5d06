'use strict';

// https://nodejs.org/api/inspector.html#promises-api

const inspector = require('inspector');
const { kCustomPromisifiedSymbol } = require('internal/util');

class Session extends inspector.Session {}

function post(method, params, callback) {
  return new Promise((resolve, reject) => {
    Reflect.apply(inspector.Session.prototype.post, this, [method, params, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    }]);
  });
}

Object.defineProperty(post, kCustomPromisifiedSymbol, { __proto__: null, value: post, configurable: true });
Session.prototype.post = post;

module.exports = { ...inspector, Session };
