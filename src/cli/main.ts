#!/usr/bin/env node
import { didYouMean } from '../domain/did-you-mean.ts';
import { Retryable, Terminal, UserFacing } from '../domain/errors.ts';
import { HELP, PLAN_HELP, REPORT_HELP, versionText } from './help.ts';

interface Command {
  readonly help: string;
  readonly run: (args: readonly string[]) => Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  // Loaded when it is asked for: the rest of the command line answers at once.
  serve: { help: HELP, run: async (args) => (await import('./serve.ts')).serve(args) },
  plan: { help: PLAN_HELP, run: async (args) => (await import('./plan.ts')).plan(args) },
  report: { help: REPORT_HELP, run: async (args) => (await import('./report.ts')).report(args) },
  help: { help: HELP, run: async ([name = '']) => print(commandOf(name)?.help ?? HELP) },
  version: { help: HELP, run: async () => print(versionText()) },
};

const commandOf = (name: string): Command | undefined =>
  Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isKnown = error instanceof UserFacing || error instanceof Retryable || error instanceof Terminal;
  if (!isKnown) throw error;
  process.stderr.write(`heddle: ${error.message}\n`);
  process.exit(error instanceof UserFacing ? error.exitCode : 1);
}

async function main([given = 'help', ...args]: readonly string[]): Promise<void> {
  const name = given === '--help' || given === '-h' ? 'help' : given === '--version' ? 'version' : given;
  const command = commandOf(name);
  if (!command) throw new UserFacing(unknownCommand(name));
  if (args.includes('--help') || args.includes('-h')) return print(command.help);
  await command.run(args);
}

function unknownCommand(name: string): string {
  const meant = didYouMean(name, Object.keys(COMMANDS));
  return `there is no command ${JSON.stringify(name)}.${meant ? ` Did you mean "heddle ${meant}"?` : ''} "heddle help" lists them.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
