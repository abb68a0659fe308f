import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { eventually } from '../../support/eventually.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let listener: Listener;
let view: RepositoryView;
let app: Octokit['rest'];
let alices: Octokit['rest'];
let problems: Problems;
let sha: string;
const shop = { owner: 'acme', repo: 'shop' };

const permissions = {
  checks: 'write',
  contents: 'write',
  pull_requests: 'write',
  statuses: 'write',
} as const;
const boxed = boxEachTest({ listens: true, app: { permissions } });

beforeEach(async () => {
  ({ box, listener, problems } = boxed());
  view = await box.createsRepository('acme/shop', { collaborators: { alice: 'admin' }, files: { a: 'a\n' } });
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
  alices = tokenClient(box, box.person('alice').token, problems).rest;
  sha = await view.person('alice').pushes('topic', { b: 'b\n' });
});

test('a check run is created, updated, completed, and told', async () => {
  const { data: run } = await app.checks.create({
    ...shop,
    name: 'verify',
    head_sha: sha,
    status: 'in_progress',
  });
  expect(run).toMatchObject({ status: 'in_progress', conclusion: null, app: { slug: 'heddle' } });

  const output = { title: 'Tail', summary: 'It broke', text: 'line 1' };
  const at = { ...shop, check_run_id: run.id };
  await app.checks.update({ ...at, conclusion: 'failure', output });
  expect((await app.checks.get(at)).data).toMatchObject({
    status: 'completed',
    conclusion: 'failure',
    output,
  });
  const { data: suites } = await app.checks.listSuitesForRef({ ...shop, ref: 'topic' });
  expect(suites.check_suites.map((suite) => [suite.head_branch, suite.conclusion])).toEqual([
    ['topic', 'failure'],
  ]);
  await box.idle();
  expect(listener.names.filter((name) => name.startsWith('check_'))).toEqual([
    'check_suite.requested',
    'check_run.created',
    'check_run.completed',
    'check_suite.completed',
  ]);
});

test('only Apps write checks, and only their own', async () => {
  const wanted = { ...shop, name: 'x', head_sha: sha };
  expect(await refusal(alices.checks.create(wanted))).toBe(403);
  view.ci(() => ({ conclusion: 'success' }));
  await view.person('alice').pushes('topic', { c: 'c\n' });
  const ref = { ...shop, ref: 'topic' };
  const foreignRun = await eventually(async () => {
    const { data } = await app.checks.listForRef(ref);
    expect(data.total_count).toBe(1);
    return data.check_runs[0];
  });
  const foreign = { ...shop, check_run_id: foreignRun?.id ?? 0, name: 'mine' };
  expect(await refusal(app.checks.update(foreign))).toBe(403);
});

test.each([
  ['a long summary', { output: { title: 't', summary: 'x'.repeat(65_536) } }],
  [
    'four actions',
    { actions: Array.from({ length: 4 }, () => ({ label: 'l', description: 'd', identifier: 'i' })) },
  ],
  ['a long label', { actions: [{ label: 'x'.repeat(21), description: 'd', identifier: 'i' }] }],
  ['an end without a conclusion', { status: 'completed' as const }],
  [
    '51 annotations',
    { output: { title: 't', summary: 's', annotations: Array.from({ length: 51 }, annotation) } },
  ],
])('%s is refused', async (_name, part) => {
  expect(await refusal(app.checks.create({ ...shop, name: 'x', head_sha: sha, ...part }))).toBe(422);
});

function annotation() {
  return { path: 'a', start_line: 1, end_line: 1, annotation_level: 'warning' as const, message: 'm' };
}

test('annotations add up over calls', async () => {
  const output = { title: 't', summary: 's', annotations: Array.from({ length: 50 }, annotation) };
  const { data: run } = await app.checks.create({ ...shop, name: 'x', head_sha: sha, output });
  const at = { ...shop, check_run_id: run.id };
  await app.checks.update({ ...at, output });

  expect((await app.checks.get(at)).data.output.annotations_count).toBe(100);
  expect((await app.checks.listAnnotations({ ...at, per_page: 100 })).data).toHaveLength(100);
});

test('the newest run of a name is shown, and all on request', async () => {
  for (const conclusion of ['failure', 'success'] as const) {
    await app.checks.create({ ...shop, name: 'verify', head_sha: sha, conclusion });
  }
  const shown = async (filter: 'latest' | 'all') =>
    (await app.checks.listForRef({ ...shop, ref: sha, filter })).data.check_runs.map((run) => run.conclusion);

  expect(await shown('latest')).toEqual(['success']);
  expect(await shown('all')).toEqual(['success', 'failure']);
});

test('statuses are combined by their newest of each context', async () => {
  const post = (state: 'pending' | 'success' | 'failure', context: string) =>
    app.repos.createCommitStatus({ ...shop, sha, state, context });
  const combined = async () =>
    (await app.repos.getCombinedStatusForRef({ ...shop, ref: 'topic' })).data.state;

  expect(await combined()).toBe('pending');
  await post('failure', 'ci');
  await post('success', 'lint');
  expect(await combined()).toBe('failure');
  await post('success', 'ci');
  expect(await combined()).toBe('success');
  expect((await app.repos.listCommitStatusesForRef({ ...shop, ref: sha })).data).toHaveLength(3);
});

test('a scripted CI judges each pushed head by its files', async () => {
  view.ci(async ({ branch, read }) =>
    branch === 'main' ? undefined : { conclusion: (await read('broken')) ? 'failure' : 'success', takes: 20 },
  );
  await view.person('alice').pushes('good', { c: 'c\n' });
  await view.person('alice').pushes('bad', { broken: 'yes\n' });
  const conclusion = async (ref: string) =>
    (await app.checks.listForRef({ ...shop, ref })).data.check_runs[0]?.conclusion;

  await eventually(async () => expect(await conclusion('good')).toBe('success'));
  await eventually(async () => expect(await conclusion('bad')).toBe('failure'));
});

test('failing checks make a pull request unstable', async () => {
  const pull = await view.person('alice').opensPull({ title: 'B', head: 'topic', base: 'main' });
  const read = () => app.pulls.get({ ...shop, pull_number: pull.number });
  await eventually(async () => expect((await read()).data.mergeable_state).toBe('clean'));

  await app.checks.create({ ...shop, name: 'verify', head_sha: sha, conclusion: 'failure' });
  expect((await read()).data.mergeable_state).toBe('unstable');
});

test('clicks on a check run reach the App that owns it', async () => {
  const { data } = await app.checks.create({ ...shop, name: 'verify', head_sha: sha });
  const run = view.repo.checkRuns.get(data.id);
  if (!run) throw new Error('no run');
  view.person('alice').rerunsCheck(run);
  view.person('alice').clicksAction(run, 'retry');
  await box.idle();

  const clicked = listener.heard.filter(({ action }) => /^re/.test(action ?? '') && action !== 'requested');
  expect(clicked.map(({ action, payload }) => [action, payload.requested_action])).toEqual([
    ['rerequested', undefined],
    ['requested_action', { identifier: 'retry' }],
  ]);
});
