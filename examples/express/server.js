'use strict';

const path = require('node:path');
const express = require('express');

const app = express();
const notes = [{ id: 1, text: 'Run Express on the JVM' }];

app.use(express.json({ limit: '100kb' }));
app.use(express.static(path.join(__dirname, 'public')));

app.get('/api/notes', (request, response) => {
  response.json(notes);
});

app.get('/api/notes/:id', (request, response) => {
  const note = notes.find(({ id }) => id === Number(request.params.id));
  if (note === undefined) {
    response.status(404).json({ error: `no note ${request.params.id}` });
    return;
  }
  response.json(note);
});

app.post('/api/notes', (request, response) => {
  if (typeof request.body?.text !== 'string') {
    response.status(422).json({ error: 'text must be a string' });
    return;
  }
  const note = { id: notes.length + 1, text: request.body.text };
  notes.push(note);
  response.status(201).location(`/api/notes/${note.id}`).json(note);
});

app.get('/fail', async () => {
  throw new Error('this route always fails');
});

// Four parameters make it an error handler.
app.use((error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = error.status ?? 500;
  const body = { error: error.message };
  if (process.env.NODE_ENV !== 'production') body.stack = error.stack;
  response.status(status).json(body);
});

const server = app.listen(process.env.PORT ?? 3000, () => {
  console.log(`http://localhost:${server.address().port}/`);
});

process.on('SIGTERM', () => server.close());
