import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { appClient, type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let view: RepositoryView;
let listener: Listener;
let problems: Problems;

const boxed = boxEachTest({ listens: true });

beforeEach(async () => {
  ({ box, listener, problems } = boxed());
  view = await box.createsRepository('acme/shop');
  box.installsApp('acme');
  await box.idle();
  listener.heard.length = 0;
});

test('what people do arrives signed and in order', async () => {
  const alice = view.person('alice');
  const issue = alice.opensIssue({ title: 'A', labels: ['parallel'] });
  alice.comments(issue, 'hello');
  alice.edits(issue, { title: 'B' });
  alice.closes(issue);
  await box.idle();

  expect(listener.names).toEqual([
    'issues.opened',
    'issues.labeled',
    'issue_comment.created',
    'issues.edited',
    'issues.closed',
  ]);
  expect(listener.heard.every((one) => one.isSigned)).toBe(true);
  expect(new Set(listener.heard.map((one) => one.guid)).size).toBe(5);
});

test('a payload names its repository, organization, sender and installation', async () => {
  view.person('alice').opensIssue({ title: 'A' });
  await box.idle();

  expect(listener.heard[0]?.payload).toMatchObject({
    action: 'opened',
    issue: { number: 1, title: 'A', user: { login: 'alice' } },
    repository: { full_name: 'acme/shop', default_branch: 'main' },
    organization: { login: 'acme' },
    sender: { login: 'alice' },
    installation: { id: [...box.world.installations.keys()][0] },
  });
});

test('sub-issues and dependencies are told to both ends', async () => {
  const alice = view.person('alice');
  const [epic, child] = [alice.opensIssue({ title: 'epic' }), alice.opensIssue({ title: 'child' })];
  alice.addsSubIssue(epic, child);
  alice.blocks(epic, child);
  await box.idle();

  expect(listener.names.slice(2)).toEqual([
    'sub_issues.sub_issue_added',
    'sub_issues.parent_issue_added',
    'issue_dependencies.blocked_by_added',
    'issue_dependencies.blocking_added',
  ]);
});

test('an App hears nothing of what it did not subscribe to, or is not installed in', async () => {
  const elsewhere = await box.createsRepository('other/place');
  elsewhere.person('alice').opensIssue({ title: 'A' });
  box.emit({
    event: 'star',
    action: 'created',
    repo: view.repo,
    sender: box.person('bob').account,
    payload: {},
  });
  await box.idle();

  expect(listener.heard).toEqual([]);
});

test('a delivery that the App missed can be asked for again under its GUID', async () => {
  listener.answer = 500;
  view.person('alice').opensIssue({ title: 'A' });
  await box.idle();
  listener.answer = 200;
  const app = appClient(box, problems).rest.apps;

  const { data: failed } = await app.listWebhookDeliveries({ status: 'failure' });
  await app.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
  await box.idle();

  const [first, second] = listener.heard;
  expect([second?.guid, second?.payload]).toEqual([first?.guid, first?.payload]);
  const { data: log } = await app.listWebhookDeliveries();
  expect(log.slice(0, 2).map((one) => [one.status_code, one.redelivery])).toEqual([
    [200, true],
    [500, false],
  ]);
  expect(await refusal(app.redeliverWebhookDelivery({ delivery_id: 1 }))).toBe(404);
});

test('while the App is down its deliveries fail and are kept', async () => {
  box.setWebhook('http://127.0.0.1:9/');
  view.person('alice').opensIssue({ title: 'A' });
  await box.idle();

  const delivery = box.world.deliveries.at(-1);
  expect([delivery?.statusCode, delivery?.status]).toEqual([502, 'failed to connect to host']);
  box.setWebhook(listener.url);
  if (delivery) box.redeliver(delivery);
  await box.idle();
  expect(listener.names).toEqual(['issues.opened']);
});

test('deliveries are lost, doubled and reordered on purpose', async () => {
  const alice = view.person('alice');
  box.faults.webhook({ kind: 'lost' }, { event: 'issues.opened' });
  box.faults.webhook({ kind: 'doubled' }, { event: 'issues.labeled' });
  box.faults.webhook({ kind: 'reordered' }, { event: 'issues.edited' });
  const issue = alice.opensIssue({ title: 'A', labels: ['parallel'] });
  alice.edits(issue, { title: 'B' });
  alice.closes(issue);
  await box.idle();

  expect(listener.names).toEqual(['issues.labeled', 'issues.labeled', 'issues.closed', 'issues.edited']);
  expect(listener.heard[0]?.guid).toBe(listener.heard[1]?.guid);
});

test('an installation that grows, is suspended and goes says so, and its token ends with it', async () => {
  const core = await box.createsRepository('acme/core');
  const [installation] = [...box.world.installations.values()];
  if (!installation) throw new Error('the App is not installed');
  const { data } = await appClient(box, problems).rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
  });
  const client = tokenClient(box, data.token, problems).rest;
  box.reaches(installation, ['acme/core']);
  box.suspends(installation);
  const suspended = await refusal(client.repos.get({ owner: 'acme', repo: core.repo.name }));
  box.suspends(installation, false);
  box.uninstalls(installation);
  await box.idle();

  expect(suspended).toBe(403);
  expect(await refusal(client.repos.get({ owner: 'acme', repo: 'core' }))).toBe(401);
  expect(listener.names).toEqual([
    'installation_repositories.removed',
    'installation.suspend',
    'installation.unsuspend',
    'installation.deleted',
  ]);
});
