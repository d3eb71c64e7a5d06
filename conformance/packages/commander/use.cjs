'use strict';
const assert = require('node:assert');
const { Command, Option, InvalidArgumentError } = require('commander');

function program() {
  const command = new Command('string-tool').description('tries strings').version('0.8.0').exitOverride();
  command.configureOutput({ writeOut: (text) => { command.said = text; }, writeErr: (text) => { command.complained = text; } });
  return command;
}

const options = program();
options
  .option('--first', 'only the first')
  .option('-s, --separator <char>', 'separator', ',')
  .option('-n, --number <n>', 'a number', (value) => {
    if (Number.isNaN(Number(value))) throw new InvalidArgumentError('Not a number.');
    return Number(value);
  })
  .addOption(new Option('-d, --drink <size>').choices(['small', 'large']).env('DRINK'))
  .argument('<string>')
  .argument('[others...]');
options.parse(['-s', '/', '--first', '-n', '5', 'a/b', 'x', 'y'], { from: 'user' });
assert.deepStrictEqual(options.opts(), { separator: '/', first: true, number: 5 });
assert.deepStrictEqual(options.args, ['a/b', 'x', 'y']);
assert.match(options.helpInformation(), /^Usage: string-tool \[options\] <string> \[others\.\.\.\]/);

const done = [];
const tool = program();
tool.command('split').argument('<string>').option('-u, --upper').action((text, given, command) => {
  done.push([text.split(','), given.upper, command.name()]);
});
tool.command('later').action(async () => {
  await new Promise((next) => setTimeout(next, 5));
  done.push('later');
});
tool.parse(['node', 'tool', 'split', '--upper', 'a,b']);
assert.deepStrictEqual(done, [[['a', 'b'], true, 'split']]);

assert.throws(() => tool.parse(['node', 'tool', 'splot']), { code: 'commander.unknownCommand' });
assert.match(tool.complained, /Did you mean split\?/);
assert.throws(() => tool.parse(['node', 'tool', '--version']), { code: 'commander.version', exitCode: 0 });
assert.strictEqual(tool.said, '0.8.0\n');
assert.throws(() => options.parse(['-n', 'x', 'a'], { from: 'user' }), { code: 'commander.invalidArgument' });
process.env.DRINK = 'large';
const drink = program().addOption(new Option('--drink <size>').choices(['small', 'large']).env('DRINK')).parse([], { from: 'user' });
assert.strictEqual(drink.opts().drink, 'large');
tool.parseAsync(['node', 'tool', 'later']).then(() => assert.strictEqual(done.at(-1), 'later'));
