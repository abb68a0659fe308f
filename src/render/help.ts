import { details } from './fit.ts';
import { table } from './tracking-table.ts';

/** The commands that this version carries out, as the help shows them. */
export const COMMAND_HELP: readonly {
  readonly verb: string;
  readonly usage: string;
  readonly does: string;
}[] = [
  { verb: 'help', usage: 'help', does: 'shows this list' },
  { verb: 'plan', usage: 'plan', does: 'shows the plan and starts nothing' },
  { verb: 'run', usage: 'run', does: 'starts now, without the quiet time' },
  { verb: 'status', usage: 'status', does: 'says where the run stands' },
  { verb: 'explain', usage: 'explain #12', does: 'says why a task is where it is' },
  { verb: 'pause', usage: 'pause', does: 'starts nothing new; what runs may finish' },
  { verb: 'resume', usage: 'resume', does: 'goes on after a pause' },
  { verb: 'cancel', usage: 'cancel', does: 'ends this task; its branch is kept' },
  { verb: 'retry', usage: 'retry', does: 'tries this task again with a fresh count of rounds' },
  { verb: 'skip', usage: 'skip', does: 'leaves this task out; those that wait for it go on' },
  { verb: 'approve', usage: 'approve', does: 'accepts the plan, or the new text of an edited issue' },
  { verb: 'priority', usage: 'priority high', does: 'sets low, medium, high or critical' },
];

/** The table of commands. */
export const commandTable = (): string =>
  table(
    ['Comment', 'What it does'],
    COMMAND_HELP.map((command) => [`\`/parallel ${command.usage}\``, command.does]),
  );

export const commandsDetails = (): string =>
  details(
    'Commands',
    `Write one of these at the start of a line in a new comment. You need write permission.\n\n${commandTable()}`,
  );

/** How a verb is written, or null for one that this version does not know. */
export const usageOf = (verb: string): string | null =>
  COMMAND_HELP.find((command) => command.verb === verb)?.usage ?? null;
