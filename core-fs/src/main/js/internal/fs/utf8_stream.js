'use strict';
module.exports = class Utf8Stream {};
