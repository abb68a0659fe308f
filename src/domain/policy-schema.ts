import { z } from 'zod';
import { PRIORITIES } from './task.ts';

/** The content of a `.github/parallel.yml` that says nothing: every default, in the form of the file. */
export const DEFAULT_POLICY_DATA = {
  agents: 'claude-cli',
  agent: null,
  concurrency: 'auto',
  approval: 'none',
  start: 'merged',
  verify: [],
  merge: { auto: false, method: 'squash', approvals: 1, unified: false },
  rounds: { review: 3, ci: 3, conflict: 3, retry: 3 },
  budget: { usd: 20, minutes: 60 },
  protected: ['.github/workflows/**', 'CODEOWNERS'],
  keys: {},
  hooks: { after_create: [], before_run: [], after_run: [], before_remove: [] },
  executor: 'local',
  timeouts: { total: 60, idle: 10 },
  dependencies: { subIssueOrder: false, late: 'finish' },
  overlap: { exclusive: 0.8, warn: 0.4 },
  generated: { 'package-lock.json': ['npm', 'install', '--package-lock-only'] },
  labels: {},
} as const;

/** A week: nothing that waits longer is still being watched. */
const MOST_MINUTES = 7 * 24 * 60;
const MOST_USD = 1_000_000;

const text = z.string().trim().min(1, 'must not be empty');
const texts = z.array(text).max(100);
const argv = z.array(z.string()).min(1, 'must name a program: a list such as ["node", "agent.mjs"]').max(100);
const minutes = z.number().positive().max(MOST_MINUTES);
const usd = z.number().positive().max(MOST_USD);
const rounds = z.int().min(0).max(100).default(3);
const share = z.number().min(0).max(1);

const concurrency = z.union([z.literal('auto'), z.int().min(1).max(1000)], {
  error: 'must be `auto` or a whole number from 1 to 1000',
});

const merge = z.strictObject({
  auto: z.boolean().default(false),
  method: z.enum(['squash', 'merge', 'rebase']).default('squash'),
  approvals: z.int().min(0).max(100).default(1),
  unified: z.boolean().default(false),
});

const budget = z.strictObject({
  usd: usd.default(DEFAULT_POLICY_DATA.budget.usd),
  minutes: minutes.default(DEFAULT_POLICY_DATA.budget.minutes),
  run: usd.nullable().default(null),
  day: usd.nullable().default(null),
  repository: usd.nullable().default(null),
});

const hooks = z.strictObject({
  after_create: texts.default([]),
  before_run: texts.default([]),
  after_run: texts.default([]),
  before_remove: texts.default([]),
});

const timeouts = z.strictObject({
  total: minutes.default(DEFAULT_POLICY_DATA.timeouts.total),
  idle: minutes.default(DEFAULT_POLICY_DATA.timeouts.idle),
});

const label = z.strictObject({
  agent: text.nullable().default(null),
  requires: texts.default([]),
  priority: z.enum(PRIORITIES).nullable().default(null),
});

/** `.github/parallel.yml`, section by section: the one source of its types, its checks and its published schema. */
export const POLICY_SCHEMA = z.strictObject({
  agents: z.string().default(DEFAULT_POLICY_DATA.agents),
  agent: z.strictObject({ command: argv }).nullable().default(null),
  concurrency: concurrency.default('auto'),
  approval: z.enum(['none', 'plan', 'batch']).default('none'),
  start: z.enum(['merged', 'verified']).default('merged'),
  verify: texts.default([]),
  merge: merge.prefault({}),
  rounds: z.strictObject({ review: rounds, ci: rounds, conflict: rounds, retry: rounds }).prefault({}),
  budget: budget.prefault({}),
  protected: texts.default([...DEFAULT_POLICY_DATA.protected]),
  keys: z.record(text, z.array(text).min(1).max(100)).default({}),
  hooks: hooks.prefault({}),
  executor: z.string().default('local'),
  timeouts: timeouts.prefault({}),
  dependencies: z
    .strictObject({
      subIssueOrder: z.boolean().default(false),
      late: z.enum(['finish', 'pause', 'cancel']).default('finish'),
    })
    .prefault({}),
  overlap: z.strictObject({ exclusive: share.default(0.8), warn: share.default(0.4) }).prefault({}),
  generated: z
    .record(text, argv)
    .default({ 'package-lock.json': [...DEFAULT_POLICY_DATA.generated['package-lock.json']] }),
  labels: z.record(text, label).default({}),
});

/** The file's content with its defaults filled in; `agents` still as written. */
export type PolicyData = z.output<typeof POLICY_SCHEMA>;
