#!/usr/bin/env node
import { didYouMean } from '../domain/did-you-mean.ts';
import { UserFacing } from '../domain/errors.ts';
import { HELP, versionText } from './help.ts';
import { serve } from './serve.ts';

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  serve,
  help: async () => print(HELP),
  version: async () => print(versionText()),
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserFacing)) throw error;
  process.stderr.write(`heddle: ${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function main([given = 'help', ...args]: readonly string[]): Promise<void> {
  const name = given === '--help' || given === '-h' ? 'help' : given === '--version' ? 'version' : given;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UserFacing(unknownCommand(name));
  if (args.includes('--help') || args.includes('-h')) return print(HELP);
  await command(args);
}

function unknownCommand(name: string): string {
  const meant = didYouMean(name, Object.keys(COMMANDS));
  return `there is no command ${JSON.stringify(name)}.${meant ? ` Did you mean "heddle ${meant}"?` : ''} "heddle help" lists them.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
