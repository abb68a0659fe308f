import { decide } from '../../src/decide/decide.ts';
import { evolve, isAction } from '../../src/decide/evolve.ts';
import { pullKey } from '../../src/decide/keys.ts';
import { improvable } from '../../src/decide/planning.ts';
import type { Attempt } from '../../src/domain/attempt.ts';
import type { Blocker, Dependency } from '../../src/domain/dependency.ts';
import type { Action, ActionResult, CheckRun, Effect } from '../../src/domain/effect.ts';
import type { Facts, IssueFacts, Memory, Settings, World } from '../../src/domain/facts.ts';
import { blockerKey, NOTHING_KNOWN } from '../../src/domain/facts.ts';
import { hashText } from '../../src/domain/hash.ts';
import { effectKey, type Sha, sha } from '../../src/domain/ids.ts';
import type { Comment } from '../../src/domain/issue.ts';
import type { AttemptOutcome, FailureKind } from '../../src/domain/outcome.ts';
import { NO_USAGE } from '../../src/domain/outcome.ts';
import type { KeyClues } from '../../src/domain/overlap.ts';
import { type Policy, validatePolicy } from '../../src/domain/policy.ts';
import { type Pull, type Review, UNREAD_CHECKS } from '../../src/domain/pull.ts';
import type { Task } from '../../src/domain/task.ts';

/*
 * A repository that exists only in memory, for looking at decisions alone: facts go in, effects come out and are carried
 * out on plain data. The whole App on a real store, real git and HTTP is what the scenarios are for.
 */

export const HOME = { owner: 'acme', name: 'shop' } as const;
const KEY = { installationId: 1, repositoryId: 100 } as const;

export interface ImaginedIssue {
  readonly number: number;
  /** Makes it an epic. */
  readonly subIssues?: readonly number[];
  /** Not labelled itself. */
  readonly plain?: boolean;
  readonly blockedBy?: readonly number[];
  /** Who says so; the text, if nothing is said. */
  readonly source?: Dependency['source'];
  readonly files?: readonly string[];
  /** Besides `parallel`. */
  readonly labels?: readonly string[];
  /** What else it may change. */
  readonly clues?: readonly KeyClues[];
}

export const SETTINGS: Settings = {
  appLogin: 'heddle[bot]',
  quietMs: 1_000,
  backoffMs: 1_000,
  trackingMs: 0,
  workers: 3,
  capabilities: [],
  sandbox: 'none',
};

export function policyWith(data: object): Policy {
  const check = validatePolicy(
    { agents: 'exec', agent: { command: ['agent'] }, ...data },
    { providers: ['exec'], executors: ['local'] },
  );
  if (check.kind === 'invalid') throw new Error(JSON.stringify(check.problems));
  return check.policy;
}

export class Imagined {
  now = 1_000_000;
  memory: Memory;
  world: World;
  /** Everything that was ever decided, oldest first. */
  readonly log: Effect[] = [];
  #ids = 0;
  /** Whether GitHub refuses every push. */
  refusesPushes = false;
  /** Whether GitHub refuses every pull request. */
  refusesPulls = false;
  /** The tasks of runs that are over, as they ended. */
  readonly past: Task[] = [];
  readonly #changed = new Map<string, readonly string[]>();
  readonly #checks = new Map<string, CheckRun>();
  /** Check runs that GitHub does not take just now, or null: it takes them. */
  #untaken: Map<string, Action> | null = null;

  constructor(
    issues: readonly ImaginedIssue[],
    options: { policy?: Policy; settings?: Partial<Settings> } = {},
  ) {
    this.settings = { ...SETTINGS, ...options.settings };
    this.world = {
      observedAt: this.now,
      repository: { key: KEY, ...HOME, defaultBranch: 'main', readOnly: false },
      policy: { kind: 'valid', policy: options.policy ?? policyWith({ merge: { auto: true } }), blob: null },
      issues: new Map(issues.map((issue) => [issue.number, imagineIssue(issue)])),
      blockers: new Map(),
      comments: [],
      permissions: new Map([
        ['alice', 'write'],
        ['bob', 'write'],
        ['mallory', 'read'],
      ]),
      pulls: new Map(),
      survey: { commit: null, gaps: [] },
    };
    this.memory = NOTHING_KNOWN;
  }

  readonly settings: Settings;

  get facts(): Facts {
    const world = { ...this.world, blockers: this.#blockers(), pulls: this.#observedPulls() };
    return { now: this.now, settings: this.settings, world, memory: this.memory };
  }

  /** Passes until nothing new follows; time moves a little with every round, as it does. */
  settle(): void {
    for (let round = 0; round < 200; round++) {
      this.now += 1;
      this.world = { ...this.world, observedAt: this.now };
      const decision = decide(this.facts);
      if (decision.effects.length === 0) return;
      this.log.push(...decision.effects);
      this.memory = evolve(this.facts, decision.effects).facts.memory;
      for (const action of decision.effects.filter(isAction)) this.#carryOut(action);
      this.#forgetEnded();
    }
    throw new Error('the decisions never come to rest');
  }

  wait(ms: number): void {
    this.now += ms;
    this.settle();
  }

  says(author: string, issue: number, body: string): void {
    const id = ++this.#ids + 5_000;
    const at = this.now;
    const comment: Comment = {
      id,
      nodeId: `C${id}`,
      issue,
      author,
      byBot: false,
      body,
      createdAt: at,
      updatedAt: at,
      lastEdit: null,
    };
    this.world = { ...this.world, comments: [...this.world.comments, comment] };
    this.settle();
  }

  running(): readonly Attempt[] {
    return this.memory.attempts.filter((attempt) => attempt.outcome === null && attempt.lease === 'live');
  }

  /** `changed`: what the coordinator's git finds in the push. */
  succeeds(attempt: Attempt, changed: readonly string[] = []): void {
    this.#changed.set(attempt.id, changed);
    this.#ends(attempt, { class: 'succeeded', failure: null, tip: this.#sha() });
  }

  /** Its checks fail, and its work comes home all the same. */
  failsChecks(attempt: Attempt): void {
    this.#ends(attempt, { class: 'failed', failure: { kind: 'verify', detail: '' }, tip: this.#sha() });
  }

  fails(attempt: Attempt, kind: FailureKind = 'exit'): void {
    this.#ends(attempt, { class: 'failed', failure: { kind, detail: 'it broke' }, tip: null });
  }

  /** The process that held these attempts dies. */
  loses(attempts: readonly Attempt[]): void {
    for (const attempt of attempts) this.#setAttempt(attempt.id, { lease: 'none', startedAt: null });
    this.settle();
  }

  isCancelled(attempt: Attempt): void {
    this.#ends(attempt, { class: 'cancelled', failure: null, tip: null });
  }

  reviews(issue: number, state: Review['state'], author = 'alice'): void {
    const pull = this.pullOf(issue);
    if (!pull) throw new Error(`#${issue} has no pull request`);
    const id = ++this.#ids + 9_000;
    const review: Review = {
      id,
      author,
      authorMayWrite: author === 'alice',
      state,
      body: 'words',
      commit: pull.headSha,
      submittedAt: this.now,
      comments: [],
    };
    this.#setPull({ ...pull, reviews: [...pull.reviews, review] });
    this.settle();
  }

  conflicts(issue: number): void {
    const pull = this.pullOf(issue);
    if (pull) this.#setPull({ ...pull, mergeable: false });
    this.settle();
  }

  closes(issue: number): void {
    this.#setIssue(issue, (facts) => ({ ...facts, issue: { ...facts.issue, state: 'closed' } }));
    this.settle();
  }

  reopens(issue: number): void {
    this.#setIssue(issue, (facts) => ({ ...facts, issue: { ...facts.issue, state: 'open' } }));
    this.settle();
  }

  /** Takes the label away unseen and sets it anew. */
  relabels(issue: number, actor: string): void {
    const labelled = { id: ++this.#ids + 700_000, actor, at: this.now };
    this.#setIssue(issue, (facts) => ({
      ...facts,
      labelled,
      issue: { ...facts.issue, labels: [...new Set([...facts.issue.labels, 'parallel'])] },
    }));
    this.settle();
  }

  /** Somebody edits the text; only an edit by alice is a word that counts. */
  edits(issue: number, editor: string): void {
    const body = { at: this.now, editor };
    this.#setIssue(issue, (facts) => ({
      ...facts,
      textHash: `${hashText(`Task ${issue}`)}.${++this.#ids}`,
      lastEdits: { ...facts.lastEdits, body },
    }));
    this.settle();
  }

  /** The code is looked at anew, and says something else about an issue. */
  finds(issue: number, clues: readonly KeyClues[]): void {
    this.#setIssue(issue, (facts) => ({ ...facts, clues }));
    this.settle();
  }

  takesOutOfEpic(epic: number, issue: number): void {
    this.#setIssue(epic, (facts) => ({
      ...facts,
      subIssues: facts.subIssues.filter((each) => each !== issue),
    }));
    this.settle();
  }

  breaksPolicy(): void {
    const problems = [{ path: 'verfy', message: 'is not known', suggestion: 'verify' }];
    this.world = { ...this.world, policy: { kind: 'invalid', problems, blob: 'bad' } };
    this.settle();
  }

  mendsPolicy(policy: Policy = policyWith({ merge: { auto: true } })): void {
    this.world = { ...this.world, policy: { kind: 'valid', policy, blob: null } };
    this.settle();
  }

  closesPull(issue: number): void {
    const pull = this.pullOf(issue);
    if (pull && pull.state === 'open') this.#setPull({ ...pull, state: 'closed' });
    this.settle();
  }

  /** A person merges, without asking the App. */
  mergesByHand(issue: number): void {
    const pull = this.pullOf(issue);
    if (pull?.state !== 'open') return;
    this.#setPull({ ...pull, state: 'closed', merged: true, mergeSha: this.#sha() });
    this.#setIssue(issue, (facts) => ({ ...facts, issue: { ...facts.issue, state: 'closed' } }));
    this.settle();
  }

  /** The texts of all comments that the App wrote on an issue or pull request, oldest first. */
  told(issue: number): readonly string[] {
    return this.log.flatMap((effect) =>
      effect.kind === 'comment' && effect.issue === issue ? [effect.body] : [],
    );
  }

  /** What every check run says now, each with its key. */
  checks(): readonly (CheckRun & { readonly key: string })[] {
    return [...this.#checks].map(([key, check]) => ({ key, ...check }));
  }

  /** From now on GitHub takes no check runs. */
  refusesChecks(): void {
    this.#untaken = new Map();
  }

  /** It has refused each of them so often. */
  hasRefusedChecks(tries: number): void {
    const actions = new Map(this.memory.actions);
    for (const key of this.#untaken?.keys() ?? []) {
      const record = actions.get(effectKey(key));
      if (record) actions.set(record.key, { ...record, tries });
    }
    this.memory = { ...this.memory, actions };
    this.settle();
  }

  /** It takes them again, and those that it did not. */
  takesChecks(): void {
    const late = [...(this.#untaken?.values() ?? [])];
    this.#untaken = null;
    for (const action of late) this.#carryOut(action);
    this.settle();
  }

  /** Alice opens an issue with the label. */
  asks(issue: ImaginedIssue): void {
    const issues = new Map(this.world.issues).set(issue.number, imagineIssue(issue));
    this.world = { ...this.world, issues };
    this.settle();
  }

  unlabels(issue: number): void {
    this.#setIssue(issue, (facts) => ({
      ...facts,
      issue: { ...facts.issue, labels: facts.issue.labels.filter((label) => label !== 'parallel') },
    }));
    this.settle();
  }

  pullOf(issue: number): Pull | undefined {
    return [...this.world.pulls.values()].find((pull) => pull.branch.startsWith(`parallel/${issue}-`));
  }

  #ends(attempt: Attempt, end: Pick<AttemptOutcome, 'class' | 'failure' | 'tip'>): void {
    const outcome: AttemptOutcome = {
      version: 1,
      attempt: attempt.id,
      fence: attempt.fence,
      base: attempt.base,
      bundle: end.tip ? 'bundle' : null,
      changedPaths: this.#changed.get(attempt.id) ?? [],
      verify: [],
      summary: null,
      usage: NO_USAGE,
      startedAt: this.now - 60_000,
      endedAt: this.now,
      agentMs: 60_000,
      verifyMs: 0,
      ...end,
    };
    this.#setAttempt(attempt.id, { outcome, lease: 'none' });
    this.settle();
  }

  #setAttempt(id: string, patch: Partial<Attempt>): void {
    this.memory = {
      ...this.memory,
      attempts: this.memory.attempts.map((attempt) =>
        attempt.id === id ? { ...attempt, ...patch } : attempt,
      ),
    };
  }

  #setIssue(number: number, change: (facts: IssueFacts) => IssueFacts): void {
    const known = this.world.issues.get(number);
    if (known) this.world = { ...this.world, issues: new Map(this.world.issues).set(number, change(known)) };
  }

  #setPull(pull: Pull): void {
    this.world = { ...this.world, pulls: new Map(this.world.pulls).set(pull.branch, pull) };
  }

  /** Every issue is readable: one that is no task blocks as long as it is open. */
  #blockers(): ReadonlyMap<string, Blocker> {
    const refs = [...this.world.issues.values()].map(({ issue }) => ({ ...HOME, number: issue.number }));
    const stateOf = (number: number) => this.world.issues.get(number)?.issue.state ?? 'unreadable';
    return new Map(refs.map((ref) => [blockerKey(ref), { ref, state: stateOf(ref.number) }]));
  }

  /** Memory holds open runs alone. */
  #forgetEnded(): void {
    const runs = this.memory.runs.filter((run) => run.endedAt === null);
    const isOpen = ({ runId }: { readonly runId: string }): boolean => runs.some((run) => run.id === runId);
    const { tasks, attempts, scores } = this.memory;
    this.past.push(...tasks.filter((task) => !isOpen(task)));
    this.memory = {
      ...this.memory,
      runs,
      tasks: tasks.filter(isOpen),
      attempts: attempts.filter(isOpen),
      scores: scores.filter(isOpen),
    };
  }

  /** Like the App, which reads those of live tasks, by the number under which it opened them. */
  #observedPulls(): ReadonlyMap<string, Pull> {
    const live = this.memory.tasks.filter((task) => task.ended === null);
    const opened = live.flatMap((task) => {
      const result = this.memory.actions.get(pullKey(task.runId, task.issue))?.result;
      return result?.kind === 'pull' ? [result.number] : [];
    });
    return new Map([...this.world.pulls].filter(([, pull]) => opened.includes(pull.number)));
  }

  #sha(): Sha {
    return sha((++this.#ids).toString(16).padStart(40, '0'));
  }

  #carryOut(action: Action): void {
    if (action.kind === 'check' && this.#untaken) {
      this.#untaken.set(action.key, action);
      return;
    }
    const result = this.#result(action);
    const record = this.memory.actions.get(action.key);
    if (!record) throw new Error(`no intent for ${action.key}`);
    const actions = new Map(this.memory.actions).set(action.key, {
      ...record,
      state: 'done',
      result,
      doneAt: this.now,
    });
    this.memory = { ...this.memory, actions };
  }

  #result(action: Action): ActionResult {
    switch (action.kind) {
      case 'create-issue':
        return { kind: 'issue', number: 1_000 + ++this.#ids, id: 1 };
      case 'set-labels':
        this.#setIssue(action.issue, (facts) => {
          const kept = facts.issue.labels.filter((label) => !action.remove.includes(label));
          return { ...facts, issue: { ...facts.issue, labels: [...kept, ...action.add] } };
        });
        return { kind: 'done' };
      case 'push':
        return this.#push(action);
      case 'open-pull':
        return this.#open(action.branch);
      case 'check':
        this.#checks.set(action.key, action.check);
        return { kind: 'done' };
      case 'ready-pull':
        for (const pull of this.world.pulls.values())
          if (pull.number === action.pull) this.#setPull({ ...pull, draft: false });
        return { kind: 'done' };
      case 'merge':
        return this.#merge(action);
      case 'dispatch': {
        const attempt = this.memory.attempts.find((known) => known.id === action.attempt);
        this.#setAttempt(action.attempt, {
          lease: 'live',
          fence: (attempt?.fence ?? 0) + 1,
          startedAt: this.now,
        });
        return { kind: 'done' };
      }
      case 'improve-plan':
        return this.#search(action);
      default:
        return { kind: 'done' };
    }
  }

  /** The worst search that there could be: it finds the order the other way round. */
  #search({ runId, revision }: Extract<Action, { kind: 'improve-plan' }>): ActionResult {
    const asked = runId === null ? null : improvable(this.facts, runId, revision);
    if (asked === null) return { kind: 'refused', message: 'the plan has moved on', stale: true };
    return { kind: 'planned', order: asked.request.tasks.map(({ id }) => Number(id)).toReversed() };
  }

  #push(action: Extract<Action, { kind: 'push' }>): ActionResult {
    const tip = this.memory.attempts.find((attempt) => attempt.id === action.attempt)?.outcome?.tip;
    if (!tip || this.refusesPushes) return { kind: 'refused', message: 'protected branch', stale: false };
    const pull = this.world.pulls.get(action.branch);
    if (pull) this.#setPull({ ...pull, headSha: tip, mergeable: true });
    return { kind: 'pushed', sha: tip, changed: this.#changed.get(action.attempt) ?? [] };
  }

  #open(branch: string): ActionResult {
    const push = [...this.memory.actions.values()].findLast(
      (record) => record.kind === 'push' && record.result?.kind === 'pushed',
    );
    const headSha = this.memory.attempts.findLast(
      (attempt) => attempt.outcome?.tip && branch.startsWith(`parallel/${attempt.issue}-`),
    )?.outcome?.tip;
    if (!push || !headSha || this.refusesPulls)
      return { kind: 'refused', message: 'no commits', stale: false };
    const number = 2_000 + ++this.#ids;
    const pull: Pull = {
      number,
      nodeId: `P${number}`,
      branch,
      headSha,
      base: 'main',
      state: 'open',
      draft: true,
      merged: false,
      mergeSha: null,
      updatedAt: this.now,
      mergeable: true,
      reviews: [],
      checks: { ...UNREAD_CHECKS, state: 'success' },
    };
    this.#setPull(pull);
    return { kind: 'pull', number, nodeId: pull.nodeId };
  }

  #merge(action: Extract<Action, { kind: 'merge' }>): ActionResult {
    const pull = [...this.world.pulls.values()].find((known) => known.number === action.pull);
    if (!pull || pull.headSha !== action.sha) return { kind: 'refused', message: 'head moved', stale: true };
    const late = this.checks().filter(
      ({ headSha, status }) => headSha === pull.headSha && status !== 'completed',
    );
    if (late.length > 0) throw new Error(`merged while ${late.map(({ title }) => title).join()}`);
    const mergeSha = this.#sha();
    this.#setPull({ ...pull, state: 'closed', merged: true, mergeSha });
    const issue = Number(/^parallel\/(\d+)-/.exec(pull.branch)?.[1]);
    this.#setIssue(issue, (facts) => ({ ...facts, issue: { ...facts.issue, state: 'closed' } }));
    return { kind: 'merged', sha: mergeSha };
  }
}

function imagineIssue(issue: ImaginedIssue): IssueFacts {
  const {
    number,
    blockedBy = [],
    source = 'text',
    files = [],
    subIssues = [],
    plain = false,
    labels = [],
  } = issue;
  const from = { ...HOME, number };
  const dependencies: readonly Dependency[] = blockedBy.map((blocker) => ({
    from,
    to: { ...HOME, number: blocker },
    source,
    quote: `Depends on #${blocker}`,
    confidence: 1,
  }));
  return {
    issue: {
      id: number * 10,
      nodeId: `I${number}`,
      number,
      title: `Task ${number}`,
      body: '',
      state: 'open',
      labels: plain ? [...labels] : ['parallel', ...labels],
      author: 'alice',
      isPullRequest: false,
      hasParent: false,
      subIssueCount: subIssues.length,
      blockedByCount: 0,
      createdAt: 0,
      updatedAt: 0,
    },
    labelled: plain ? null : { id: number * 100, actor: 'alice', at: 0 },
    lastEdits: { body: null, title: null },
    textHash: `${hashText(`Task ${number}`)}.0`,
    subIssues,
    dependencies,
    keys: files.map((key) => ({ key, quote: key })),
    clues: issue.clues ?? [],
  };
}
