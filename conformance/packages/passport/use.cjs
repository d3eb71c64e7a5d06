'use strict';
const assert = require('node:assert');
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const LocalStrategy = require('passport-local');

const users = [{ id: 7, username: 'ada', password: 'secret' }];
passport.use(new LocalStrategy((username, password, done) => {
  const user = users.find((it) => it.username === username);
  if (!user || user.password !== password) return done(null, false, { message: 'Incorrect username or password.' });
  return done(null, user);
}));
passport.serializeUser((user, done) => process.nextTick(() => done(null, user.id)));
passport.deserializeUser((id, done) => done(null, users.find((it) => it.id === id)));

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false, store: new session.MemoryStore() }));
app.use(passport.session());
app.post('/login', passport.authenticate('local', { failureRedirect: '/failed' }), (req, res) => res.redirect('/me'));
app.get('/me', (req, res) => res.send(req.isAuthenticated() ? req.user.username : 'nobody'));
app.post('/logout', (req, res, next) => req.logout((error) => (error ? next(error) : res.send('out'))));
const server = app.listen(0, async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const login = (password) => fetch(`${base}/login`, { method: 'POST', body: new URLSearchParams({ username: 'ada', password }), redirect: 'manual' });
  assert.strictEqual((await login('wrong')).headers.get('location'), '/failed');
  const welcome = await login('secret');
  assert.strictEqual(welcome.headers.get('location'), '/me');
  const headers = { cookie: welcome.headers.get('set-cookie').split(';')[0] };
  assert.strictEqual(await (await fetch(`${base}/me`, { headers })).text(), 'ada');
  assert.strictEqual(await (await fetch(`${base}/me`)).text(), 'nobody');
  assert.strictEqual(await (await fetch(`${base}/logout`, { method: 'POST', headers })).text(), 'out');
  assert.strictEqual(await (await fetch(`${base}/me`, { headers })).text(), 'nobody');
  server.close();
  server.closeAllConnections();
});
