import assert from 'node:assert';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build, createServer } from 'vite';

mkdirSync('site/src', { recursive: true });
rmSync('site/dist', { recursive: true, force: true });
writeFileSync('site/index.html', '<!doctype html><div id="app"></div><script type="module" src="/src/main.ts"></script>\n');
writeFileSync('site/src/main.ts', "import './style.css';\nimport { name } from './part';\nconst text: string = `Hello ${name}`;\ndocument.querySelector('#app')!.textContent = text + import.meta.env.MODE;\nimport('./later').then((it) => it.default());\n");
writeFileSync('site/src/part.ts', "export const name = 'vite';\nexport const unused = 'leave me out';\n");
writeFileSync('site/src/later.ts', 'export default () => console.log("later");\n');
writeFileSync('site/src/style.css', '#app { color: rgb(1, 2, 3); & b { top: 0 } }\n');
const seen = [];
await build({ root: 'site', configFile: false, logLevel: 'error', build: { sourcemap: true },
  plugins: [{ name: 'seen', transform(code, id) { seen.push(id); } }] });
const assets = readdirSync('site/dist/assets');
const script = assets.find((it) => /^index-.*\.js$/.test(it));
const code = readFileSync(`site/dist/assets/${script}`, 'utf8');
assert.match(code, /Hello/);
assert.doesNotMatch(code, /leave me out/);
assert.ok(assets.some((it) => /^index-.*\.css$/.test(it)) && assets.some((it) => /^later-.*\.js$/.test(it)));
assert.match(readFileSync('site/dist/index.html', 'utf8'), new RegExp(`src="/assets/${script}"`));
assert.ok(seen.some((it) => it.endsWith('/src/part.ts')));

const server = await createServer({ root: 'site', configFile: false, logLevel: 'error', server: { port: 0, host: '127.0.0.1', ws: false, watch: null }, optimizeDeps: { noDiscovery: true } });
await server.listen();
const { port } = server.httpServer.address();
const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
assert.match(page, /\/@vite\/client/);
const transformed = await (await fetch(`http://127.0.0.1:${port}/src/main.ts`)).text();
assert.match(transformed, /import \{ name \} from "\/src\/part\.ts/);
await server.close();
