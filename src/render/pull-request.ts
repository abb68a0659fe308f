import type { IssueRef } from '../domain/ids.ts';
import { refText } from '../domain/ids.ts';
import type { VerifyResult } from '../domain/outcome.ts';
import { verifyLines } from './checks.ts';
import { paragraphs } from './fit.ts';
import { mention, quote } from './text.ts';
import { pullTitle } from './titles.ts';
import type { Home } from './words.ts';

export interface PullView {
  readonly home: Home;
  readonly issue: number;
  /** Untrusted. */
  readonly title: string;
  /** The tracking issue, or the epic; null: none. */
  readonly tracking: number | null;
  readonly blockers: readonly IssueRef[];
  readonly requestedBy: string;
  /** The agent's own words; untrusted. */
  readonly summary: string | null;
  readonly verify: readonly VerifyResult[];
}

/** Title and body of a pull request; the hidden marker is added by the adapter. */
export function renderPull(view: PullView): { readonly title: string; readonly body: string } {
  return { title: pullTitle(view), body: bodyOf(view) };
}

function bodyOf(view: PullView): string {
  return paragraphs([
    relations(view),
    agentSays(view.summary),
    verifySays(view.verify),
    feedback(view.requestedBy),
  ]);
}

/** One a line, at its start: both GitHub and people's tools read them. */
function relations(view: PullView): string {
  const blockers = new Map(
    view.blockers.filter(isSound).map((ref) => [refText(ref, view.home).toLowerCase(), ref]),
  );
  return [
    `Closes #${view.issue}`,
    ...(view.tracking === null ? [] : [`Part of #${view.tracking}`]),
    ...[...blockers.values()].map((ref) => `Depends-On: ${refText(ref, view.home)}`),
  ].join('\n');
}

/** A reference that would not read as one is left out rather than escaped. */
const isSound = (ref: IssueRef): boolean => /^[\w.-]+$/.test(ref.owner) && /^[\w.-]+$/.test(ref.name);

function agentSays(summary: string | null): string {
  if (summary === null || summary.trim() === '')
    return '### What was done\n\nThe agent left no words; the commits say what changed.';
  return `### What was done\n\nIn the agent’s own words:\n\n${quote(summary, { max: 6_000, lines: 60 })}`;
}

function verifySays(verify: readonly VerifyResult[]): string {
  if (verify.length === 0)
    return '### Verified\n\nThe repository names no `verify` commands, so nothing was run. Add some to `.github/parallel.yml`.';
  return `### Verified\n\n${verifyLines(verify, 50)}`;
}

const feedback = (person: string): string =>
  `### Feedback\n\n${mention(person)}, submit a review with “Request changes”: everything in it, inline comments too, goes to the agent in one turn, and each thread is answered. \`/parallel help\` shows the commands.`;
