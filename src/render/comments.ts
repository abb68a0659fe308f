import type { Attempt } from '../domain/attempt.ts';
import type { AttemptOutcome } from '../domain/outcome.ts';
import { details, paragraphs } from './fit.ts';
import { clean, code, fence, mention, plain, quote, sentence, shorten, tailOf } from './text.ts';
import { CLASS_WORDS, duration, FAILURE_WORDS, KIND_WORDS, list, shortSha } from './words.ts';

/** Somebody who may not start work has set the label. */
export function renderRefusedLabel(view: { readonly actor: string; readonly label: string }): string {
  return [
    `${mention(view.actor)}, thank you for the request. Nothing was started: starting agents takes write permission here, and you don’t have it.`,
    `**What to do:** ask somebody with write permission to remove the label ${code(view.label)} and set it again.`,
  ].join('\n\n');
}

/** The label stands on an issue whose sub-issues are all closed or at work elsewhere. */
export function renderEmptyEpic(view: { readonly epic: number }): string {
  return [
    `Nothing was started for #${view.epic}: it has sub-issues, so the label asks for them, but none of them is open and free.`,
    '**What to do:** add or reopen a sub-issue, then set the label `parallel` again.',
  ].join('\n\n');
}

/** What became of an attempt, as one clause of plain text to be stored: not yet escaped. */
export function outcomeText(
  outcome: Pick<AttemptOutcome, 'class' | 'failure'> & Partial<Pick<AttemptOutcome, 'verify'>>,
): string {
  if (!outcome.failure) return CLASS_WORDS[outcome.class];
  const { kind, detail } = outcome.failure;
  const failed = (outcome.verify ?? []).find((result) => result.exitCode !== 0);
  const what =
    kind === 'verify' && failed
      ? `the verify command \`${failed.command.replaceAll('`', "'")}\` failed`
      : FAILURE_WORDS[kind];
  const said = kind === 'verify' ? '' : shorten(clean(detail).replaceAll(/\s+/g, ' ').trim(), 200);
  return said === '' ? what : `${what}: ${said}`;
}

export interface FailureView {
  readonly issue: number;
  readonly requestedBy: string;
  /** Stored text: see `outcomeText`. */
  readonly cause: string;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** Where the unfinished work can be seen; null: there is none. */
  readonly branch: string | null;
}

/** A task's tries are used up. */
export function failureComment(view: FailureView): string {
  const kept = view.branch === null ? '' : ` The unfinished work is on the branch ${code(view.branch)}.`;
  return paragraphs([
    `❌ **This task failed** after ${tries(view.attempts)}: ${sentence(view.cause)}${kept}`,
    attemptLines(view.attempts),
    lastOutput(view.attempts),
    `**Next:** ${mention(view.requestedBy)}, make the issue clearer or remove the cause, then comment \`/parallel retry\`. To let those that wait for it go on without it, comment \`/parallel skip\`.`,
  ]);
}

export interface NeedsHumanView {
  readonly issue: number;
  readonly who: string;
  readonly cause: string;
  readonly nextStep: string;
  readonly attempts: readonly Attempt[];
}

/** The App can't go on by itself: what was tried in each round, why it stopped, and who does what next. */
export function needsHumanComment(view: NeedsHumanView): string {
  return paragraphs([
    `🙋 ${mention(view.who)}, **#${view.issue} needs a person.** ${sentence(view.cause)}`,
    attemptLines(view.attempts),
    lastOutput(view.attempts),
    `**Next:** ${sentence(view.nextStep, { references: true })}`,
  ]);
}

export interface ReviewAnswerView {
  readonly sha: string;
  /** The agent's own words; untrusted. */
  readonly summary: string | null;
  readonly reviewers: readonly string[];
}

/** The one answer to a whole review, on the pull request. */
export function reviewAnswer(view: ReviewAnswerView): string {
  const people = list([...new Set(view.reviewers)].map(mention), 10);
  const said =
    view.summary === null || view.summary.trim() === ''
      ? ''
      : `What the agent says:\n\n${quote(view.summary, { max: 3_000, lines: 30 })}`;
  return paragraphs([
    `Addressed in ${shortSha(view.sha)}.`,
    said,
    people === '' ? '' : `${people}, please look again.`,
  ]);
}

/** The answer in the thread of one inline comment. */
export const inlineReply = (view: { readonly sha: string }): string =>
  `Addressed in ${shortSha(view.sha)}, together with the rest of the review.`;

export interface EditedView {
  readonly issue: number;
  /** Null: GitHub does not say who it was. */
  readonly editor: string | null;
  readonly requestedBy: string;
}

/** The text is no longer the one that was asked for. */
export function editedComment(view: EditedView): string {
  const editor =
    view.editor === null
      ? 'after it was asked for'
      : `by ${plain(view.editor, { max: 60 })}, who has no write permission`;
  return [
    `✋ The text of #${view.issue} was edited ${editor}, so the task waits: what was approved is what runs.`,
    `**Next:** ${mention(view.requestedBy)}, read the new text. If it is right, comment \`/parallel approve\`; if not, put the old text back.`,
  ].join('\n\n');
}

/** What happened in each attempt, one a line; the last twelve. */
export function attemptLines(attempts: readonly Attempt[]): string {
  const shown = attempts.slice(-12);
  const lines = shown.map(
    (attempt) => `- attempt ${attempt.number} (${KIND_WORDS[attempt.kind]}): ${attemptEnd(attempt)}`,
  );
  if (lines.length === 0) return '';
  const earlier = attempts.length - shown.length;
  return [`What happened:`, '', ...(earlier > 0 ? [`- … ${earlier} earlier`] : []), ...lines].join('\n');
}

function attemptEnd({ outcome, cancelRequested }: Attempt): string {
  if (!outcome) return cancelRequested ? 'cancelled.' : 'no result yet.';
  const took = duration(outcome.agentMs + outcome.verifyMs);
  return `${sentence(outcomeText(outcome)).replace(/\.$/, '')} (${took}).`;
}

/** The end of what the last failed verify command printed, or what the agent's failure says. */
function lastOutput(attempts: readonly Attempt[]): string {
  const outcome = attempts.at(-1)?.outcome;
  const failed = outcome?.verify.find((result) => result.exitCode !== 0);
  if (failed)
    return details(
      'The end of what the failed command printed',
      `${code(failed.command)}\n\n${fence(tailOf(failed.tail, 6_000))}`,
    );
  const detail = outcome?.failure?.detail ?? '';
  return detail.includes('\n') ? details('More of the message', fence(tailOf(detail, 4_000))) : '';
}

const tries = (attempts: readonly Attempt[]): string =>
  attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
