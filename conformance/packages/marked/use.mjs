import assert from 'node:assert';
import { Marked, lexer, marked, parseInline } from 'marked';

assert.strictEqual(marked.parse('# Marked in the *server*\n\nRendered by **marked**.'), '<h1>Marked in the <em>server</em></h1>\n<p>Rendered by <strong>marked</strong>.</p>\n');
assert.strictEqual(parseInline('a `b`'), 'a <code>b</code>');
assert.match(marked('| a | b |\n|---|:-:|\n| 1 | 2 |'), /<td align="center">2<\/td>/);
assert.strictEqual(marked('- [x] done'), '<ul>\n<li><input checked="" disabled="" type="checkbox"> done</li>\n</ul>\n');
assert.deepStrictEqual(lexer('> quote').map((it) => it.type), ['blockquote']);
const own = new Marked({ gfm: true, async: true }, {
  renderer: { heading({ tokens, depth }) { return `<h${depth} id="x">${this.parser.parseInline(tokens)}</h${depth}>`; } },
  walkTokens: async (token) => { if (token.type === 'link') token.href += '?seen'; },
  extensions: [{ name: 'shout', level: 'inline', start: (text) => text.indexOf('!!'),
    tokenizer(text) { const found = /^!!(\w+)!!/.exec(text); return found ? { type: 'shout', raw: found[0], text: found[1] } : undefined; },
    renderer: (token) => token.text.toUpperCase() }],
});
assert.strictEqual(await own.parse('# A [b](c)\n\nsay !!loud!!'), '<h1 id="x">A <a href="c?seen">b</a></h1><p>say LOUD</p>\n');
