'use strict';
const assert = require('node:assert');
const express = require('express');
const request = require('supertest');

const app = express();
app.use(express.json());
app.get('/user', (req, res) => { res.cookie('seen', '1').status(200).json({ name: 'john', cookie: req.headers.cookie ?? null }); });
app.post('/echo', (req, res) => { res.status(201).type('text').send(JSON.stringify(req.body)); });
app.get('/away', (req, res) => res.redirect('/user'));
(async () => {
  const response = await request(app).get('/user').set('Accept', 'application/json').expect('Content-Type', /json/).expect(200);
  assert.strictEqual(response.body.name, 'john');
  await request(app).post('/echo').send({ a: [1] }).expect(201, '{"a":[1]}');
  await request(app).get('/away').redirects(1).expect(200);
  await assert.rejects(request(app).get('/user').expect(404), /expected 404 "Not Found", got 200 "OK"/);
  const agent = request.agent(app);
  await agent.get('/user');
  assert.strictEqual((await agent.get('/user')).body.cookie, 'seen=1');
  request(app).get('/nowhere').end((error, it) => { assert.ifError(error); assert.strictEqual(it.status, 404); });
})();
