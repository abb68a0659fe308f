import type { Verb } from '../domain/command.ts';
import { details } from './fit.ts';
import { table } from './tracking-table.ts';

/** Every command with an example of how it is written, and what it does. */
export const COMMAND_HELP: Readonly<Record<Verb, { readonly example: string; readonly does: string }>> = {
  help: { example: 'help', does: 'shows this list' },
  plan: { example: 'plan', does: 'shows the plan and starts nothing' },
  run: { example: 'run', does: 'starts now, without the quiet time' },
  status: { example: 'status', does: 'says where the run stands' },
  explain: { example: 'explain #12', does: 'says why a task is where it is' },
  pause: { example: 'pause', does: 'starts nothing new; what runs may finish' },
  resume: { example: 'resume', does: 'goes on after a pause' },
  cancel: { example: 'cancel #12', does: 'ends the task; its branch is kept' },
  retry: { example: 'retry #12', does: 'tries the task again with a fresh count of rounds' },
  skip: { example: 'skip #12', does: 'leaves the task out; those that wait for it go on' },
  approve: {
    example: 'approve',
    does: 'accepts the plan; on a task, its edited text or its change of protected paths',
  },
  priority: { example: 'priority high #12', does: 'sets low, medium, high or critical' },
  'depends-on': { example: 'depends-on #12', does: 'waits for that issue, whatever the texts say' },
  'independent-of': {
    example: 'independent-of #12',
    does: 'does not wait for that issue, whatever the texts say',
  },
};

/** The table of commands. */
export const commandTable = (): string =>
  table(
    ['Comment', 'What it does'],
    Object.values(COMMAND_HELP).map(({ example, does }) => [`\`/parallel ${example}\``, does]),
  );

export const commandsDetails = (): string =>
  details(
    'Commands',
    `Write one of these at the start of a line in a new comment. You need write permission.\n\n${commandTable()}`,
  );
