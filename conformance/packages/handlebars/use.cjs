'use strict';
const assert = require('node:assert');
const { writeFileSync } = require('node:fs');
const Handlebars = require('handlebars');

const template = Handlebars.compile('<p>Hello, my name is {{name}}. {{#if kids.length}}{{#each kids}}{{@index}}:{{this.name}} {{else}}none{{/each}}{{/if}}{{{raw}}}</p>');
assert.strictEqual(template({ name: '<Alan>', kids: [{ name: 'Jimmy' }, { name: 'Sally' }], raw: '<b>' }), '<p>Hello, my name is &lt;Alan&gt;. 0:Jimmy 1:Sally <b></p>');
Handlebars.registerHelper('loud', (text) => text.toUpperCase());
Handlebars.registerHelper('list', (items, options) => items.map((it) => `<li>${options.fn(it)}</li>`).join(''));
Handlebars.registerPartial('person', '{{loud name}}');
assert.strictEqual(Handlebars.compile('{{#list people}}{{> person}}{{/list}}')({ people: [{ name: 'a' }, { name: 'b' }] }), '<li>A</li><li>B</li>');
assert.strictEqual(Handlebars.compile('{{#with a as |b|}}{{b.c}}{{/with}}{{lookup m "k"}}')({ a: { c: 1 }, m: { k: 2 } }), '12');
assert.strictEqual(new Function(`return ${Handlebars.precompile('{{x}}')}`)().compiler[0], 8);
assert.throws(() => Handlebars.compile('{{#if}}')({}), /Parse error|#if/);
assert.throws(() => Handlebars.compile('{{x}}', { strict: true })({}), /"x" not defined/);
writeFileSync('page.hbs', 'Hi {{who}}');
assert.strictEqual(require('./page.hbs')({ who: 'you' }), 'Hi you');
