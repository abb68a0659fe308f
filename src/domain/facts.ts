import type { Attempt } from './attempt.ts';
import type { Blocker, Dependency, Override } from './dependency.ts';
import type { ActionRecord, Admission, HandledCommand } from './effect.ts';
import type { PastAttempt } from './estimate.ts';
import type { EffectKey, IssueRef, Sha } from './ids.ts';
import type { Comment, Issue, LabelEvent, LastEdits, Permission } from './issue.ts';
import type { KeyClues, Scores, TaskScores } from './overlap.ts';
import type { Policy, PolicyProblem } from './policy.ts';
import type { Pull } from './pull.ts';
import type { Repository } from './repository.ts';
import type { Run } from './run.ts';
import type { Task } from './task.ts';

/** Everything that a decision may look at. Plain data; the same facts give the same decision. */
export interface Facts {
  /** Our clock, milliseconds since the epoch. */
  readonly now: number;
  readonly settings: Settings;
  readonly world: World;
  readonly memory: Memory;
}

/** How this server is set up. */
export interface Settings {
  /** Login of the App's own account: `heddle[bot]`. */
  readonly appLogin: string;
  readonly quietMs: number;
  /** First pause before a failed task is tried again; doubles with every failure. */
  readonly backoffMs: number;
  /** Least time between two edits of one tracking issue while a run goes on. */
  readonly trackingMs: number;
  /** Attempts at once, of all repositories together. */
  readonly workers: number;
  /** What this server's worker can do beyond running its agents: names that a policy's labels may require. */
  readonly capabilities: readonly string[];
  readonly sandbox: 'none' | 'bubblewrap';
}

/** GitHub, as last read. */
export interface World {
  readonly observedAt: number;
  readonly repository: Repository;
  readonly policy: PolicyFact;
  /** Labelled issues, the issues of open runs, sub-issues of labelled epics, tracking issues; by number. */
  readonly issues: ReadonlyMap<number, IssueFacts>;
  /** Issues that others wait for and that are no tasks here; by `owner/name#number` in lower case. */
  readonly blockers: ReadonlyMap<string, Blocker>;
  /** New comments since the watermark, oldest first; the App's own and other bots' included. */
  readonly comments: readonly Comment[];
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Pull requests of tasks, by branch. */
  readonly pulls: ReadonlyMap<string, Pull>;
  /** What was known of the code when overlaps were predicted. */
  readonly survey: SurveyFact;
}

/** The code map itself is never part of the facts: only what it says about the issues. */
export interface SurveyFact {
  /** The commit of the code map; null: there was none. */
  readonly commit: Sha | null;
  /** What could not be looked at, in words for people. */
  readonly gaps: readonly string[];
}

export interface IssueFacts {
  readonly issue: Issue;
  /** The last setting of `parallel`; null: not labelled, or not read because it was decided before. */
  readonly labelled: LabelEvent | null;
  /** Null: never edited, or not asked, because the text is the one that was approved. */
  readonly lastEdits: LastEdits;
  /** Title and body as they are now, by their hashes, `title.body`: what `Task.textHash` is compared with. */
  readonly textHash: string;
  /** Open and closed sub-issues in GitHub's order, where this issue is an epic. */
  readonly subIssues: readonly number[];
  /** Evidence found on the issue: native relations and its text. */
  readonly dependencies: readonly Dependency[];
  /** Paths that the issue names, as exclusive keys, each with the words that name it. */
  readonly keys: readonly KeyEvidence[];
  /** What else it is likely to change, by the repository's files and history. */
  readonly clues: readonly KeyClues[];
}

export interface KeyEvidence {
  readonly key: string;
  readonly quote: string;
}

/** `.github/parallel.yml` of the default branch. */
export type PolicyFact =
  | { readonly kind: 'valid'; readonly policy: Policy; readonly blob: string | null }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[]; readonly blob: string };

/** The store's part. */
export interface Memory {
  /** Comments are read from here on (GitHub's clock). */
  readonly commentsSince: number;
  readonly quietSkippedAt: number;
  /** How many runs this repository ever had: the next one's number. */
  readonly runCount: number;
  readonly admissions: readonly Admission[];
  /** Open runs, oldest first. */
  readonly runs: readonly Run[];
  readonly tasks: readonly Task[];
  readonly attempts: readonly Attempt[];
  /** Commands handled since the watermark. */
  readonly handled: readonly HandledCommand[];
  /** What was said by command about dependencies, in no order. */
  readonly overrides: readonly Override[];
  /** The outbox of open runs and of the repository itself. */
  readonly actions: ReadonlyMap<EffectKey, ActionRecord>;
  /** Predictions of the tasks of open runs beside what these changed. */
  readonly scores: readonly TaskScores[];
  /** The sums of all scores of this repository: what the confidence of predictions learns from. */
  readonly learnt: Scores;
  /** The newest attempts of this repository and of others, a few hundred at most: what estimates learn from. */
  readonly pastAttempts: readonly PastAttempt[];
  /** Attempts of other repositories that hold a slot of this server now. */
  readonly busyElsewhere: number;
}

/** The memory of a repository that nobody has worked in. */
export const NOTHING_KNOWN: Memory = {
  commentsSince: 0,
  quietSkippedAt: 0,
  runCount: 0,
  admissions: [],
  runs: [],
  tasks: [],
  attempts: [],
  handled: [],
  overrides: [],
  actions: new Map(),
  scores: [],
  learnt: new Map(),
  pastAttempts: [],
  busyElsewhere: 0,
};

/** What issues that GitHub was asked for are to wait for by somebody's command. */
export const commandedBlockers = (
  { overrides }: Pick<Memory, 'overrides'>,
  issues: World['issues'],
): readonly IssueRef[] =>
  overrides
    .filter(({ issue, relation }) => relation === 'depends-on' && issues.has(issue))
    .map(({ on }) => on);

/** The key of `World.blockers`. */
export const blockerKey = (ref: IssueRef): string => `${ref.owner}/${ref.name}#${ref.number}`.toLowerCase();
