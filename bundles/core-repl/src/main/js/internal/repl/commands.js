'use strict';

// The commands that begin with a dot.

function defineDefaultCommands(repl) {
  repl.defineCommand('break', {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  const clear = repl.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context';
  repl.defineCommand('clear', {
    help: clear,
    action() {
      this.clearBufferedCommand();
      if (!this.useGlobal) {
        this.output.write('Clearing context...\n');
        this.resetContext();
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('exit', {
    help: 'Exit the REPL',
    action() { this.close(); },
  });
  repl.defineCommand('help', {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort();
      const width = Math.max(...names.map((name) => name.length)) + 3;
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(help ? `.${name}${' '.repeat(width - name.length)}${help}\n` : `.${name}\n`);
      }
      this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
      this.displayPrompt();
    },
  });
  repl.defineCommand('save', {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      if (file === '') {
        this.output.write('The "file" argument must be specified\n');
      } else {
        try {
          require('fs').writeFileSync(file, this.lines.join('\n'));
          this.output.write(`Session saved to: ${file}\n`);
        } catch {
          this.output.write(`Failed to save: ${file}\n`);
        }
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('load', {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      if (file === '') {
        this.output.write('The "file" argument must be specified\n');
        this.displayPrompt();
        return;
      }
      let text;
      const fs = require('fs');
      try {
        if (fs.statSync(file).isFile()) text = fs.readFileSync(file, 'utf8');
        else this.output.write(`Failed to load: ${file} is not a valid file\n`);
      } catch {
        this.output.write(`Failed to load: ${file}\n`);
      }
      if (text !== undefined) {
        this.startEditor(false);
        this.write(text);
        this.finishEditor();
        this.write('\n');
      }
      this.displayPrompt();
    },
  });
  if (repl.terminal) {
    repl.defineCommand('editor', {
      help: 'Enter editor mode',
      action() {
        this.startEditor(true);
        this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
      },
    });
  }
}

module.exports = { defineDefaultCommands };
