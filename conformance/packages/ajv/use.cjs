'use strict';
const assert = require('node:assert');
const Ajv = require('ajv');
const Ajv2020 = require('ajv/dist/2020');
const standalone = require('ajv/dist/standalone').default;

const ajv = new Ajv({ allErrors: true, useDefaults: true, coerceTypes: true, code: { source: true } });
const schema = {
  $id: 'thing',
  type: 'object',
  properties: { foo: { type: 'integer', minimum: 2 }, bar: { type: 'string', pattern: '^\\p{L}+$', default: 'x' } },
  required: ['foo'],
  additionalProperties: false,
};
const validate = ajv.compile(schema);
const data = { foo: '3' };
assert.strictEqual(validate(data), true);
assert.deepStrictEqual(data, { foo: 3, bar: 'x' });
assert.strictEqual(validate({ foo: 1, bar: '1', baz: 0 }), false);
assert.deepStrictEqual(validate.errors.map((it) => [it.instancePath, it.keyword]), [['', 'additionalProperties'], ['/foo', 'minimum'], ['/bar', 'pattern']]);
assert.match(ajv.errorsText(validate.errors), /data\/foo must be >= 2/);

ajv.addKeyword({ keyword: 'even', type: 'number', validate: (wanted, value) => (value % 2 === 0) === wanted });
assert.strictEqual(ajv.validate({ type: 'number', even: true }, 3), false);
ajv.addFormat('short', /^.{1,3}$/);
assert.strictEqual(ajv.validate({ type: 'string', format: 'short' }, 'four'), false);
assert.throws(() => ajv.compile({ type: 'nothing' }), /schema is invalid/);

const loading = new Ajv({ loadSchema: async (uri) => ({ $id: uri, type: 'number' }) });
loading.compileAsync({ $async: true, type: 'object', properties: { n: { $ref: 'https://example.org/n' } } }).then(async (check) => {
  assert.deepStrictEqual(await check({ n: 1 }), { n: 1 });
  await assert.rejects(check({ n: 'x' }), Ajv.ValidationError);
});
assert.strictEqual(new Ajv2020().validate({ type: 'array', prefixItems: [{ type: 'string' }], items: false }, ['a', 'b']), false);
const module_ = { exports: {} };
new Function('module', 'exports', 'require', standalone(ajv, validate))(module_, module_.exports, require);
assert.strictEqual(module_.exports({ foo: 2 }), true);
