'use strict';

module.exports = require('internal/modules/commonjs').statics;
