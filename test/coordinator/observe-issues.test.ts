import { expect, test } from 'vitest';
import { observeIssues } from '../../src/coordinator/observe-issues.ts';
import { NOTHING_KNOWN } from '../../src/domain/facts.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { GitHubReader } from '../../src/domain/ports/github-reader.ts';
import type { Repository } from '../../src/domain/repository.ts';
import { anIssue, UNREAD, unasked } from './builders.ts';

const repository: Repository = {
  key: { installationId: 7, repositoryId: 42 },
  owner: 'acme',
  name: 'shop',
  defaultBranch: 'main',
  readOnly: false,
};

const issue = (number: number, change: Partial<Issue> = {}): Issue =>
  anIssue({ number, nodeId: `I_${number}`, labels: [], ...change });

const renamed = { at: 1_000, editor: 'tess' };

async function looksAt(
  labelled: readonly Issue[],
  below: Readonly<Record<number, readonly Issue[]>> = {},
  other: Partial<GitHubReader> = {},
) {
  const github: GitHubReader = {
    ...UNREAD,
    subIssues: async (_repository, number) => below[number] ?? [],
    labelEvent: async () => ({ id: 1, actor: 'ann', at: 1_000 }),
    lastRename: async () => renamed,
    lastEdits: async () => new Map(),
    ...other,
  };
  return await observeIssues({
    github,
    repository,
    memory: NOTHING_KNOWN,
    previous: null,
    hosts: [],
    map: null,
    labelled,
    comments: [],
  });
}

test('a title that was changed in the second in which the issue was opened is not overlooked', async () => {
  const facts = await looksAt([issue(1, { labels: ['parallel'] })]);
  expect(facts.get(1)?.lastEdits.title).toEqual(renamed);
});

test('who labelled is read where the repository writes the label with a capital letter', async () => {
  const facts = await looksAt([issue(1, { labels: ['Parallel'] })]);
  expect(facts.get(1)?.labelled?.actor).toBe('ann');
});

test('sub-issues are looked for where GitHub does not count them', async () => {
  const uncounted = { subIssueCount: null };
  const below = { 1: [issue(2, uncounted), issue(3, uncounted)], 3: [issue(4, uncounted)] };
  const facts = await looksAt([issue(1, { labels: ['parallel'], ...uncounted })], below);
  expect(facts.get(1)?.subIssues).toEqual([2, 4]);
});

test('who edited is asked of no text that no agent will be given: an epic, a closed issue', async () => {
  const epic = issue(1, { labels: ['parallel'], subIssueCount: 1 });
  const unread = { lastEdits: unasked, lastRename: unasked };
  const facts = await looksAt([epic], { 1: [issue(2, { state: 'closed' })] }, unread);
  expect([...facts.keys()]).toEqual([1, 2]);
});
