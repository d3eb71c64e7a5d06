'use strict';
const assert = require('node:assert');
const { mkdirSync, writeFileSync } = require('node:fs');
const ejs = require('ejs');

assert.strictEqual(ejs.render('<% if (user) { %><h2><%= user.name %></h2><% } %>', { user: { name: '<x>' } }), '<h2>&lt;x&gt;</h2>');
assert.strictEqual(ejs.compile('<%- list.join(sep) -%>\n!')({ list: [1, 2], sep: '-' }), '1-2!');
mkdirSync('views', { recursive: true });
writeFileSync('views/page.ejs', "<%- include('part', { n: 1 }) %><%_ for (const it of items) { _%>\n<i><%= it %></i><%_ } _%>");
writeFileSync('views/part.ejs', '[<%= n %>]');
assert.throws(() => ejs.render('a\n<%= missing %>', {}), /missing is not defined/);
(async () => {
  assert.strictEqual((await ejs.renderFile('views/page.ejs', { items: ['a', 'b'] })).replace(/\s/g, ''), '[1]<i>a</i><i>b</i>');
  assert.strictEqual(await ejs.render('<%= await later %>', { later: Promise.resolve(3) }, { async: true }), '3');
  assert.strictEqual(ejs.render('<?= 1 ?>', {}, { delimiter: '?' }), '1');
})();
