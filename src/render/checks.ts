import type { AttemptOutcome, VerifyResult } from '../domain/outcome.ts';
import type { BlockedBy, TaskEnd } from '../domain/task.ts';
import { outcomeText } from './comments.ts';
import { bullets, paragraphs } from './fit.ts';
import { code, fence, sentence, tailOf } from './text.ts';
import { blockedByText, count, duration, type Home, list, reference } from './words.ts';

/** The words of a check run; summary and text stay under GitHub's 65,535 characters each. */
export interface CheckText {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** `parallel/verify`: what the verify commands said about the work. Work that failed is shown only when its rounds are used up. */
export function renderVerifyCheck(outcome: Pick<AttemptOutcome, 'class' | 'failure' | 'verify'>): CheckText {
  const { verify } = outcome;
  const failed = verify.filter((result) => result.exitCode !== 0);
  const first = failed[0];
  if (verify.length === 0) return noVerify(outcome);
  const title = first
    ? `${failed.length} of ${count(verify.length, 'command')} failed`
    : `${count(verify.length, 'command')} passed`;
  const next = first
    ? `**Next:** the output below says why ${code(first.command)} failed. The agent has no rounds left: a comment on the pull request says who decides what to do.`
    : '';
  const other = first || !outcome.failure ? '' : `But ${sentence(outcomeText(outcome))}`;
  return {
    title,
    summary: paragraphs([verifyLines(verify), other, next]),
    text: outputs(verify),
  };
}

/** `parallel/dependencies`: what has to land before this may. */
export function renderDependenciesCheck(view: {
  readonly home: Home;
  readonly blockers: readonly BlockedBy[];
  /** How the task ended; null: it goes on. */
  readonly end: TaskEnd | null;
}): CheckText {
  const { home, blockers, end } = view;
  if (blockers.length === 0) {
    return {
      title: 'Nothing in the way',
      summary: 'Everything that this waits for has landed or is closed.',
      text: '',
    };
  }
  if (end) return noLongerWaits(end);
  const stuck = blockers.filter((blocker) => blocker.because !== 'open');
  const next =
    stuck.length === 0
      ? 'It goes on by itself when they have landed.'
      : `**Next:** ${list(
          stuck.map((each) => reference(each.ref, home)),
          20,
        )} can’t land without a person: retry it, skip it or close the issue.`;
  return {
    title: `Waits for ${count(blockers.length, 'issue')}`,
    summary: `This waits for:\n\n${bullets(blockers, MAX_LINES, (each) => blockedByText(each, home))}\n\n${next}`,
    text: '',
  };
}

/** Without the list of what it waited for: that may change, and this is said once. */
function noLongerWaits(end: TaskEnd): CheckText {
  const summary =
    end === 'landed'
      ? 'Somebody merged this before everything that it waited for had landed. Nothing more is waited for.'
      : 'The task has ended and this does not land by itself any more, so nothing more is waited for.';
  return { title: 'Waits no longer', summary, text: '' };
}

/** One line for each command: whether it passed, and how long it took. */
export function verifyLines(verify: readonly VerifyResult[], max = MAX_LINES): string {
  return bullets(
    verify,
    max,
    (result) =>
      `${result.exitCode === 0 ? '✅' : '❌'} ${code(result.command, 120)}: ${endOf(result)} in ${duration(result.ms)}`,
  );
}

function endOf({ exitCode }: VerifyResult): string {
  if (exitCode === 0) return 'passed';
  return exitCode === null ? 'was ended before it was done' : `ended with ${exitCode}`;
}

function noVerify(outcome: Pick<AttemptOutcome, 'class' | 'failure'>): CheckText {
  if (outcome.failure)
    return {
      title: 'Not verified',
      summary: `Nothing was verified: ${sentence(outcomeText(outcome))}`,
      text: '',
    };
  const summary =
    'The repository names no `verify` commands, so nothing was run. Add some to `.github/parallel.yml`.';
  return { title: 'Nothing to verify', summary, text: '' };
}

/** Room for outputs, shared by the commands; the failed ones come first. */
const OUTPUT_ROOM = 56_000;
const MAX_OUTPUTS = 40;

function outputs(verify: readonly VerifyResult[]): string {
  const ordered = [...verify]
    .sort((a, b) => Number(a.exitCode === 0) - Number(b.exitCode === 0))
    .slice(0, MAX_OUTPUTS);
  const room = Math.floor(OUTPUT_ROOM / Math.max(1, ordered.length)) - 300;
  return ordered
    .map((result) => `${code(result.command)}\n\n${fence(printed(result.tail, room))}`)
    .join('\n\n');
}

/** A fence can need as many backticks again as the longest run in its text. */
function printed(tail: string, room: number): string {
  const end = tailOf(tail, room);
  return end.trim() === '' ? '(it printed nothing)' : end.replaceAll(/`{80,}/g, (run) => run.slice(0, 80));
}

const MAX_LINES = 100;
