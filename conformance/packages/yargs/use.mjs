import assert from 'node:assert';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

assert.deepStrictEqual(hideBin(['node', 'script', '--ships=4']), ['--ships=4']);
const argv = yargs(['--ships=4', '--distance', '22.5', '-abc', 'free', '--no-shields', '--x.y=1', '--list', '1', '--list', '2'])
  .alias('d', 'distance').array('list').parse();
assert.strictEqual(argv.ships, 4);
assert.strictEqual(argv.d, 22.5);
assert.deepStrictEqual([argv.a, argv.b, argv.c, argv.shields, argv.x.y, argv.list], [true, true, 'free', false, 1, [1, 2]]);

const seen = [];
await yargs(['serve', '5000', '--verbose'])
  .command('serve [port]', 'start the server', (it) => it.positional('port', { type: 'number', default: 3000 }), async (given) => {
    await null;
    seen.push(given.port, given.verbose);
  })
  .option('verbose', { alias: 'v', type: 'boolean' })
  .parseAsync();
assert.deepStrictEqual(seen, [5000, true]);

const help = await yargs([]).scriptName('tool').usage('$0 <cmd> [args]').option('size', { choices: ['s', 'm'], describe: 'how big', demandOption: true }).getHelp();
assert.match(help, /tool <cmd> \[args\]/);
assert.match(help, /--size\s+how big\s+\[required\] \[choices: "s", "m"\]/);
const failure = (args, build) => {
  let message;
  build(yargs(args)).exitProcess(false).fail((text) => { message = text; }).parse();
  return message;
};
assert.match(failure(['--sice', 's'], (it) => it.option('size', {}).strict()), /Unknown argument: sice/);
assert.match(failure([], (it) => it.demandOption('size')), /Missing required argument: size/);
