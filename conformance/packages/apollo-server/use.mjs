import assert from 'node:assert';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError } from 'graphql';

const typeDefs = '#graphql\ntype Book { title: String author: String } type Query { books: [Book] me: String } type Mutation { add(title: String!): Int }';
const books = [{ title: 'The Awakening', author: 'Kate Chopin' }];
const resolvers = {
  Query: { books: () => books, me: (parent, args, context) => { if (!context.user) throw new GraphQLError('who?', { extensions: { code: 'UNAUTHENTICATED' } }); return context.user; } },
  Mutation: { add: (parent, { title }) => books.push({ title }) },
};
const seen = [];
const server = new ApolloServer({ typeDefs, resolvers, plugins: [{ async requestDidStart({ request }) { seen.push(request.operationName); } }] });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context: async ({ req }) => ({ user: req.headers.user }) });
const ask = async (query, headers, more) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, ...more }) });
  return { status: response.status, ...(await response.json()) };
};
assert.deepStrictEqual((await ask('query Q { books { title author } }', {}, { operationName: 'Q' })).data, { books });
assert.strictEqual((await ask('{ me }', { user: 'ada' })).data.me, 'ada');
assert.strictEqual((await ask('{ me }')).errors[0].extensions.code, 'UNAUTHENTICATED');
assert.strictEqual((await ask('mutation($t: String!) { add(title: $t) }', {}, { variables: { t: 'New' } })).data.add, 2);
const wrong = await ask('{ nothing }');
assert.deepStrictEqual([wrong.status, wrong.errors[0].extensions.code], [400, 'GRAPHQL_VALIDATION_FAILED']);
assert.strictEqual(seen[0], 'Q');
assert.strictEqual((await server.executeOperation({ query: '{ __typename }' })).body.singleResult.data.__typename, 'Query');
await server.stop();
