'use strict';

exports.empty = function empty() {};
exports.add = function add(a, b) { return a + b; };
exports.measure = function measure(text) { return text.length; };
