import assert from 'node:assert';
import * as z from 'zod';

const Player = z.object({ username: z.string().min(2), xp: z.number().int().default(0), tags: z.array(z.enum(['a', 'b'])).optional() });
assert.deepStrictEqual(Player.parse({ username: 'billie', more: 1 }), { username: 'billie', xp: 0 });
const bad = Player.safeParse({ username: 'b', xp: '100', tags: ['c'] });
assert.strictEqual(bad.success, false);
assert.deepStrictEqual(bad.error.issues.map((it) => [it.code, it.path.join('.')]), [['too_small', 'username'], ['invalid_type', 'xp'], ['invalid_value', 'tags.0']]);
assert.deepStrictEqual(Object.keys(z.flattenError(bad.error).fieldErrors), ['username', 'xp', 'tags']);
assert.throws(() => Player.parse(1), z.ZodError);

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('date'), at: z.coerce.date() }),
  z.object({ type: z.literal('mail'), to: z.email() }),
]);
assert.strictEqual(Event.parse({ type: 'date', at: '2026-01-02' }).at.getUTCFullYear(), 2026);
assert.strictEqual(Event.safeParse({ type: 'mail', to: 'nobody' }).success, false);
assert.strictEqual(z.string().transform((text) => text.length).pipe(z.number().max(3)).parse('abc'), 3);
const taken = z.string().refine(async (name) => name !== 'taken', 'is taken');
assert.strictEqual((await taken.safeParseAsync('taken')).error.issues[0].message, 'is taken');
const Tree = z.object({ name: z.string(), get children() { return z.array(Tree); } });
assert.strictEqual(Tree.parse({ name: 'root', children: [{ name: 'leaf', children: [] }] }).children[0].name, 'leaf');
assert.deepStrictEqual(z.toJSONSchema(z.object({ n: z.number() })).properties, { n: { type: 'number' } });
assert.deepStrictEqual([...z.set(z.bigint()).parse(new Set([1n]))], [1n]);
assert.match(z.prettifyError(bad.error), /at username/);
