import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY_DATA, type PolicyProblem, validatePolicy } from '../../src/domain/policy.ts';

const NOW = { providers: ['exec'], executors: ['local'] };
const LATER = { providers: ['exec', 'claude-cli', 'codex-cli'], executors: ['local', 'fleet'] };
const EXEC = { agents: 'exec', agent: { command: ['node', 'agent.mjs'] } };

const policyOf = (data: unknown, supported = NOW) => {
  const check = validatePolicy(data, supported);
  if (check.kind === 'invalid') throw new Error(JSON.stringify(check.problems, null, 1));
  return check.policy;
};
const problemsOf = (data: unknown, supported = NOW): readonly PolicyProblem[] => {
  const check = validatePolicy(data, supported);
  return check.kind === 'invalid' ? check.problems : [];
};
const pathsOf = (data: unknown, supported = NOW): string[] =>
  problemsOf(data, supported).map(({ path }) => path);

describe('a policy that is right', () => {
  it('fills in every default where the file says nothing', () => {
    const policy = policyOf(null, LATER);
    expect(policy).toMatchObject({
      ...DEFAULT_POLICY_DATA,
      agents: [{ provider: 'claude-cli', limit: null }],
    });
  });

  it('reads the defaults, written out, as the defaults', () => {
    expect(policyOf(DEFAULT_POLICY_DATA, LATER)).toEqual(policyOf({}, LATER));
  });

  it('keeps the other defaults of a section of which one key is given', () => {
    const policy = policyOf({ ...EXEC, merge: { auto: true }, rounds: { retry: 0 } });
    expect(policy.merge).toEqual({ auto: true, method: 'squash', approvals: 1, unified: false });
    expect(policy.rounds).toEqual({ review: 3, ci: 3, conflict: 3, retry: 0 });
  });

  it('reads providers in order of preference, each with its own limit', () => {
    expect(policyOf({ agents: 'claude-cli:2, codex-cli' }, LATER).agents).toEqual([
      { provider: 'claude-cli', limit: 2 },
      { provider: 'codex-cli', limit: null },
    ]);
  });

  it('takes an own program as the agent', () => {
    expect(policyOf(EXEC).agent).toEqual({ command: ['node', 'agent.mjs'] });
  });

  it('takes keys by paths, hooks, labels and limits', () => {
    const policy = policyOf({
      ...EXEC,
      concurrency: 4,
      approval: 'plan',
      keys: { database: ['migrations/**'] },
      hooks: { before_run: ['npm ci'] },
      labels: { 'good first issue': { priority: 'low' } },
      timeouts: { total: 0.5 },
    });
    expect(policy.keys).toEqual({ database: ['migrations/**'] });
    expect(policy.labels).toEqual({ 'good first issue': { agent: null, requires: [], priority: 'low' } });
    expect(policy.timeouts).toEqual({ total: 0.5, idle: 10 });
  });
});

describe('a policy that is wrong', () => {
  it('answers every problem at once, of form and of meaning, each with its path', () => {
    const data = { ...EXEC, mege: {}, rounds: { retry: -1, ci: 'x' }, approval: 'batch', verify: ['', 3] };
    expect(pathsOf(data).sort()).toEqual([
      'approval',
      'mege',
      'rounds.ci',
      'rounds.retry',
      'verify[0]',
      'verify[1]',
    ]);
  });

  it.each([
    [{ mege: {} }, 'mege', 'merge'],
    [{ merge: { metod: 'squash' } }, 'merge.metod', 'method'],
    [{ dependencies: { sub_issue_order: true } }, 'dependencies.sub_issue_order', 'subIssueOrder'],
    [{ hooks: { afterCreate: [] } }, 'hooks.afterCreate', 'after_create'],
    [{ labels: { 'my label': { prio: 'low' } } }, 'labels["my label"].prio', null],
    [{ labels: { ui: { priorty: 'low' } } }, 'labels.ui.priorty', 'priority'],
    [{ agent: { comand: ['x'], command: ['x'] } }, 'agent.comand', 'command'],
    [{ whatever: 1 }, 'whatever', null],
  ])('refuses the unknown key of %j and says what was meant', (data, path, suggestion) => {
    expect(problemsOf({ ...EXEC, ...data })).toMatchObject([{ path, suggestion }]);
  });

  it.each([['hello'], [['a']], [7]])('says of %j that it is no mapping, and nothing of sections', (data) => {
    expect(problemsOf(data)).toEqual([expect.objectContaining({ path: '' })]);
  });

  it.each([
    [{ concurrency: 0 }, 'concurrency', 'must be at least 1, but is 0'],
    [{ concurrency: 1.5 }, 'concurrency', '`auto` or a whole number'],
    [{ verify: 'npm test' }, 'verify', 'must be a list, but is "npm test"'],
    [{ verify: null }, 'verify', 'must be a list, but is empty'],
    [{ merge: true }, 'merge', 'must be a mapping with keys, but is true'],
    [{ merge: { auto: 'yes' } }, 'merge.auto', 'must be true or false, but is "yes"'],
    [{ merge: { method: 'sqash' } }, 'merge.method', 'must be one of squash, merge, rebase, but is "sqash"'],
    [{ rounds: { ci: 2.5 } }, 'rounds.ci', 'must be a whole number, but is 2.5'],
    [{ rounds: { ci: 101 } }, 'rounds.ci', 'must be at most 100, but is 101'],
    [{ timeouts: { idle: 0 } }, 'timeouts.idle', 'must be more than 0, but is 0'],
    [{ budget: { usd: Number.NaN } }, 'budget.usd', 'must be a number'],
    [{ budget: { usd: Number.POSITIVE_INFINITY } }, 'budget.usd', 'must be a number'],
    [{ overlap: { warn: 2 } }, 'overlap.warn', 'must be at most 1, but is 2'],
    [{ overlap: { exclusive: 0.2 } }, 'overlap.warn', 'must not be above'],
    [{ keys: { database: 'migrations/**' } }, 'keys.database', 'must be a list'],
    [{ generated: { 'a.lock': [] } }, 'generated["a.lock"]', 'must name a program'],
    [{ agent: { command: 'node agent.mjs' } }, 'agent.command', 'must be a list'],
    [{ agent: { command: [] } }, 'agent.command', 'must name a program'],
    [{ agent: { command: [' '] } }, 'agent.command[0]', 'must name a program'],
    [{ agent: {} }, 'agent.command', 'must be a list, but is missing'],
  ])('refuses %j', (data, path, message) => {
    const problems = problemsOf({ ...EXEC, ...data });
    expect(problems).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  });

  it('suggests the value that was meant', () => {
    expect(problemsOf({ ...EXEC, merge: { method: 'sqash' } })[0]?.suggestion).toBe('squash');
  });

  it.each([['text'], [42], [[]], [true]])('refuses the document %j as a whole', (data) => {
    expect(problemsOf(data, LATER)).toMatchObject([
      { path: '', message: expect.stringContaining('mapping') },
    ]);
  });

  it('refuses the key __proto__ like every unknown key', () => {
    const data: unknown = JSON.parse(
      '{"agents":"exec","agent":{"command":["x"]},"__proto__":{"verify":["x"]}}',
    );
    expect(pathsOf(data)).toEqual(['__proto__']);
  });

  it.each([['labels'], ['keys'], ['generated']])('refuses the name __proto__ within %s', (section) => {
    const data: unknown = JSON.parse(`{"${section}":{"__proto__":["x"]}}`);
    expect(pathsOf(Object.assign({}, EXEC, data))).toEqual([`${section}.__proto__`]);
  });
});

describe('what this version does not do yet', () => {
  it('says that a provider is known and how to configure exec instead', () => {
    const [problem] = problemsOf({ agents: 'codex-cli' });
    expect(problem?.message).toContain('does not run yet');
    expect(problem?.message).toContain('agent: { command: [');
  });

  it('starts nothing with the default provider while it is not supported', () => {
    expect(pathsOf(null)).toEqual(['agents']);
  });

  it('suggests the provider that was meant', () => {
    expect(problemsOf({ agents: 'claud-cli' })[0]?.suggestion).toBe('claude-cli');
  });

  it('asks for the program of exec', () => {
    expect(pathsOf({ agents: 'exec' })).toEqual(['agent.command']);
  });

  it.each([
    [{ start: 'verified' }, 'start'],
    [{ approval: 'batch' }, 'approval'],
    [{ merge: { unified: true } }, 'merge.unified'],
    [{ executor: 'fleet' }, 'executor'],
    [{ dependencies: { late: 'cancel' } }, 'dependencies.late'],
    [{ budget: { day: 100 } }, 'budget.day'],
    [{ labels: { ui: { agent: 'codex-cli' } } }, 'labels.ui.agent'],
  ])('says that %j is not supported yet, instead of ignoring it', (data, path) => {
    const problems = problemsOf({ ...EXEC, ...data });
    expect(problems).toMatchObject([{ path, message: expect.stringMatching(/not (support|run)/) }]);
  });

  it('refuses an executor that no version has, and suggests one', () => {
    expect(problemsOf({ ...EXEC, executor: 'loca' })).toMatchObject([
      { path: 'executor', suggestion: 'local' },
    ]);
  });

  it.each([['exec:0'], ['exec:x'], ['exec,,'], ['exec exec'], [''], ['exec,exec'], ['exec:99999']])(
    'refuses the providers %j',
    (agents) => {
      expect(new Set(pathsOf({ ...EXEC, agents }))).toEqual(new Set(['agents']));
    },
  );
});
