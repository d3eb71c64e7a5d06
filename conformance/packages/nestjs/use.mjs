// Without a compiler, as in Nest's vanilla JavaScript starter: decorators are called by hand.
import 'reflect-metadata';
import assert from 'node:assert';
import { BadRequestException, Body, Controller, Get, Inject, Injectable, Module, Param, ParseIntPipe, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { map } from 'rxjs';

const decorate = (target, method, decorators, parameters = {}) => {
  for (const [index, decorator] of Object.entries(parameters)) decorator(target.prototype, method, Number(index));
  for (const decorator of decorators) decorator(target.prototype, method, Object.getOwnPropertyDescriptor(target.prototype, method));
};

class Cats {
  list = ['Tom'];
  find(id) { return this.list[id]; }
}
Injectable()(Cats);
class Guard { canActivate(context) { return context.switchToHttp().getRequest().headers['x-key'] === 'k'; } }
Injectable()(Guard);
class Wrap { intercept(context, next) { return next.handle().pipe(map((data) => ({ data }))); } }
Injectable()(Wrap);
class CatsController {
  constructor(cats) { this.cats = cats; }
  one(id) { return this.cats.find(id) ?? 'none'; }
  async add(body) {
    if (!body.name) throw new BadRequestException('a name is needed');
    return { count: this.cats.list.push(body.name) };
  }
}
Inject(Cats)(CatsController, undefined, 0);
decorate(CatsController, 'one', [Get(':id'), UseInterceptors(Wrap)], { 0: Param('id', ParseIntPipe) });
decorate(CatsController, 'add', [Post(), UseGuards(Guard)], { 0: Body() });
Controller('cats')(CatsController);
class AppModule {
  onModuleInit() { this.ready = true; }
}
Module({ controllers: [CatsController], providers: [Cats] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
assert.strictEqual(app.get(AppModule).ready, true);
const base = await app.getUrl();
assert.deepStrictEqual(await (await fetch(`${base}/cats/0`)).json(), { data: 'Tom' });
assert.strictEqual((await fetch(`${base}/cats/x`)).status, 400);
const add = (headers, body) => fetch(`${base}/cats`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
assert.strictEqual((await add({}, { name: 'x' })).status, 403);
assert.deepStrictEqual(await (await add({ 'x-key': 'k' }, { name: 'Kit' })).json(), { count: 2 });
assert.strictEqual((await (await add({ 'x-key': 'k' }, {})).json()).message, 'a name is needed');
await app.close();
