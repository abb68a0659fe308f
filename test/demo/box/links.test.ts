import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Issue } from '../../../src/demo/box/issue.ts';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, type Problems, refusal } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let view: RepositoryView;
let app: Octokit['rest'];
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, problems } = boxed());
  view = await box.createsRepository('acme/shop');
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
});

const opens = (title: string): Issue => view.person('alice').opensIssue({ title });
const at = (issue: Issue) => ({ ...shop, issue_number: issue.number });

test('sub-issues are added by database id, in order, and counted', async () => {
  const [epic, one, two] = [opens('epic'), opens('one'), opens('two')];
  await app.issues.addSubIssue({ ...at(epic), sub_issue_id: one.id });
  await app.issues.addSubIssue({ ...at(epic), sub_issue_id: two.id });
  view.person('alice').closes(one);

  await app.issues.reprioritizeSubIssue({ ...at(epic), sub_issue_id: two.id, before_id: one.id });

  expect((await app.issues.listSubIssues(at(epic))).data.map((issue) => issue.title)).toEqual(['two', 'one']);
  const { sub_issues_summary: summary } = (await app.issues.get(at(epic))).data;
  expect(summary).toEqual({ total: 2, completed: 1, percent_completed: 50 });
  expect((await app.issues.getParent(at(two))).data.number).toBe(epic.number);
});

test('a sub-issue has one parent, unless it is replaced on purpose', async () => {
  const [first, second, child] = [opens('first'), opens('second'), opens('child')];
  view.person('alice').addsSubIssue(first, child);
  const wanted = { ...at(second), sub_issue_id: child.id };

  expect(await refusal(app.issues.addSubIssue(wanted))).toBe(422);
  await app.issues.addSubIssue({ ...wanted, replace_parent: true });

  expect((await app.issues.listSubIssues(at(first))).data).toEqual([]);
  expect(await refusal(app.issues.addSubIssue({ ...at(child), sub_issue_id: second.id }))).toBe(422);
});

test('a parent takes a hundred sub-issues and no more', async () => {
  const epic = opens('epic');
  for (let index = 0; index < 100; index += 1) view.person('alice').addsSubIssue(epic, opens(`${index}`));

  expect(await refusal(app.issues.addSubIssue({ ...at(epic), sub_issue_id: opens('late').id }))).toBe(422);
});

test('a sub-issue that was taken out has no parent', async () => {
  const [epic, child] = [opens('epic'), opens('child')];
  view.person('alice').addsSubIssue(epic, child);

  await app.issues.removeSubIssue({ ...at(epic), sub_issue_id: child.id });

  expect(await refusal(app.issues.getParent(at(child)))).toBe(404);
});

test('blockers are added by database id and stay listed when they are closed', async () => {
  const [blocker, waiting] = [opens('blocker'), opens('waiting')];
  await app.issues.addBlockedByDependency({ ...at(waiting), issue_id: blocker.id });
  view.person('alice').closes(blocker);

  const listed = await app.issues.listDependenciesBlockedBy(at(waiting));
  const { issue_dependencies_summary: summary } = (await app.issues.get(at(waiting))).data;

  expect(listed.data.map((issue) => [issue.number, issue.state])).toEqual([[blocker.number, 'closed']]);
  expect(summary).toEqual({ blocked_by: 0, total_blocked_by: 1, blocking: 0, total_blocking: 0 });
  expect((await app.issues.listDependenciesBlocking(at(blocker))).data.map((issue) => issue.title)).toEqual([
    'waiting',
  ]);
});

test('a blocker may live in another repository of the box', async () => {
  const other = await box.createsRepository('acme/core');
  const blocker = other.person('alice').opensIssue({ title: 'core first' });
  const waiting = opens('waiting');

  await app.issues.addBlockedByDependency({ ...at(waiting), issue_id: blocker.id });

  const [found] = (await app.issues.listDependenciesBlockedBy(at(waiting))).data;
  expect(found?.repository_url).toBe(`${box.url}/api/v3/repos/acme/core`);
});

test('an issue cannot wait for itself, twice for the same, or for a number', async () => {
  const [blocker, waiting] = [opens('blocker'), opens('waiting')];
  view.person('alice').blocks(waiting, blocker);
  const add = (issue_id: number) => refusal(app.issues.addBlockedByDependency({ ...at(waiting), issue_id }));

  expect(await add(waiting.id)).toBe(422);
  expect(await add(blocker.id)).toBe(422);
  expect(await add(blocker.number)).toBe(404);
  await app.issues.removeDependencyBlockedBy({ ...at(waiting), issue_id: blocker.id });
  expect(waiting.blockedBy).toEqual([]);
});

test('both ends of a link remember who made it', async () => {
  const [epic, child, blocker] = [opens('epic'), opens('child'), opens('blocker')];
  view.person('alice').addsSubIssue(epic, child);
  view.person('bob').blocks(child, blocker);
  const timeline = async (issue: Issue) =>
    (await app.issues.listEventsForTimeline(at(issue))).data.map((line) => line.event);

  expect(await timeline(epic)).toEqual(['sub_issue_added']);
  expect(await timeline(child)).toEqual(['parent_issue_added', 'blocked_by_added']);
  expect(await timeline(blocker)).toEqual(['blocking_added']);
});
