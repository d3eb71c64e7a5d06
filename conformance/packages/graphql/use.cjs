'use strict';
const assert = require('node:assert');
const { GraphQLError, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, buildSchema, graphql, introspectionFromSchema, parse, print, printSchema, subscribe, validate } = require('graphql');

(async () => {
  const plain = (it) => JSON.parse(JSON.stringify(it));
  const schema = buildSchema('type Query { hello(name: String = "world"): String  fail: Int!  list: [Item!] } type Item { id: ID! } type Subscription { count: Int }');
  const rootValue = { hello: ({ name }) => `Hello ${name}!`, fail: () => { throw new GraphQLError('no', { extensions: { code: 'X' } }); }, list: async () => [{ id: 1 }, { id: 'b' }] };
  assert.deepStrictEqual(plain(await graphql({ schema, source: 'query Q($n: String) { hello(name: $n) other: hello list { id } }', rootValue, variableValues: { n: 'you' } })),
    { data: { hello: 'Hello you!', other: 'Hello world!', list: [{ id: '1' }, { id: 'b' }] } });
  const failed = plain(await graphql({ schema, source: '{ fail }', rootValue }));
  assert.strictEqual(failed.data, null);
  assert.deepStrictEqual([failed.errors[0].message, failed.errors[0].path, failed.errors[0].extensions], ['no', ['fail'], { code: 'X' }]);
  assert.match(validate(schema, parse('{ helo }'))[0].message, /Cannot query field "helo".*Did you mean "hello"/s);
  assert.throws(() => parse('{ a'), /Syntax Error: Expected Name, found <EOF>/);
  assert.strictEqual(print(parse('query{a(b:1){c}}')), '{\n  a(b: 1) {\n    c\n  }\n}');

  const code = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { twice: { type: new GraphQLNonNull(GraphQLInt), args: { n: { type: GraphQLInt } }, resolve: (root, { n }) => n * 2 }, text: { type: GraphQLString } } }) });
  assert.match(printSchema(code), /twice\(n: Int\): Int!/);
  assert.ok(introspectionFromSchema(code).__schema.types.length > 5);
  async function* counting() { for (let count = 1; count <= 3; count++) yield { count }; }
  const counts = [];
  for await (const it of await subscribe({ schema, document: parse('subscription { count }'), rootValue: { count: counting } })) counts.push(it.data.count);
  assert.deepStrictEqual(counts, [1, 2, 3]);
})();
