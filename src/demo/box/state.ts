import type { Account, App, Installation, Role, Token } from './account.ts';
import type { CheckRun, CheckSuite, CommitStatus } from './check.ts';
import type { Issue, IssueComment, IssueRef, Label } from './issue.ts';
import type { PullRequest } from './pull.ts';

/**
 * Everything the box knows but for the git repositories themselves. Plain data that points by id, so that a
 * repository can be copied as it stands (lists that lag behind show such copies).
 */
export interface World {
  readonly accounts: Map<number, Account>;
  /** Organization id → the people who own it: admins of all of its repositories. */
  readonly owners: Map<number, Set<number>>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  readonly repositories: Map<number, Repository>;
  /** Full names in lower case that repositories had once → their ids. */
  readonly formerNames: Map<string, number>;
  readonly deliveries: Delivery[];
  readonly ids: { next: number };
}

export interface Repository {
  readonly id: number;
  readonly ownerId: number;
  name: string;
  description: string | null;
  isPrivate: boolean;
  defaultBranch: string;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
  pushedAt: number;
  readonly merging: MergeSettings;
  /** Rules by branch name. */
  readonly protection: Map<string, BranchProtection>;
  /** Account id → role; the owner is an admin without being listed. */
  readonly collaborators: Map<number, Role>;
  nextNumber: number;
  readonly labels: Map<number, Label>;
  /** By number; every pull request is here too. */
  readonly issues: Map<number, Issue>;
  /** Numbers of deleted issues: GitHub answers 410 for them. */
  readonly deletedIssues: Set<number>;
  /** Numbers of issues that were moved to another repository: GitHub sends whoever asks on to them. */
  readonly movedIssues: Map<number, IssueRef>;
  readonly comments: Map<number, IssueComment>;
  /** By number. */
  readonly pulls: Map<number, PullRequest>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: CommitStatus[];
}

export interface MergeSettings {
  allowMergeCommit: boolean;
  allowSquash: boolean;
  allowRebase: boolean;
  deleteBranchOnMerge: boolean;
}

export interface BranchProtection {
  readonly requiredApprovals: number;
  readonly requiredChecks: readonly string[];
  /** The head must contain the base's tip. */
  readonly strict: boolean;
}

/** One attempt to hand a webhook to the App; a redelivery is another record with the same `guid`. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: unknown;
  readonly redelivery: boolean;
  deliveredAt: number;
  /** Seconds. */
  duration: number;
  /** What the receiver said; 502 when it could not be reached, 504 when it took longer than ten seconds. */
  statusCode: number;
  status: string;
  done: boolean;
}

export function emptyWorld(): World {
  return {
    accounts: new Map(),
    owners: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    repositories: new Map(),
    formerNames: new Map(),
    deliveries: [],
    ids: { next: 1_000_001 },
  };
}

/** Database ids are unique over all kinds, so a mix-up of kinds never finds anything by luck. */
export function nextId(world: World): number {
  const id = world.ids.next;
  world.ids.next = id + 1;
  return id;
}

const nodePrefixes = {
  user: 'U',
  organization: 'O',
  bot: 'BOT',
  app: 'A',
  installation: 'IN',
  repository: 'R',
  issue: 'I',
  pull: 'PR',
  label: 'LA',
  comment: 'IC',
  reaction: 'REA',
  event: 'EV',
  review: 'PRR',
  reviewComment: 'PRRC',
  thread: 'PRRT',
  checkRun: 'CR',
  checkSuite: 'CS',
  status: 'SC',
  commit: 'C',
  ref: 'REF',
} as const;

export type NodeKind = keyof typeof nodePrefixes;

/** GraphQL's global id, as in REST's `node_id`. */
export function nodeId(kind: NodeKind, id: number | string): string {
  return `${nodePrefixes[kind]}_kwDO${Buffer.from(String(id)).toString('base64url')}`;
}

/** The database id inside a node id of this kind; undefined when it is of another kind. */
export function databaseId(kind: NodeKind, node: string): number | undefined {
  const start = `${nodePrefixes[kind]}_kwDO`;
  if (!node.startsWith(start)) return undefined;
  const id = Number(Buffer.from(node.slice(start.length), 'base64url').toString());
  return Number.isSafeInteger(id) ? id : undefined;
}
