import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import { appClient, type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { Clone } from '../../support/clone.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let listener: Listener;
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, listener, problems } = boxed());
  box.owns('olivia', 'acme');
  box.installsApp('acme');
});

const client = (login: string) => tokenClient(box, box.person(login).token, problems).rest;

test('an owner creates, lists, shares and deletes a repository; the App hears of it', async () => {
  // Octokit would take a parameter `url` for the address of the call.
  await appClient(box, problems).request('PATCH /app/hook/config', { data: { url: listener.url } });
  await client('olivia').repos.createInOrg({ org: 'acme', name: 'shop' });
  const { data: all } = await client('olivia').repos.listForOrg({ org: 'acme' });
  expect(all.map(({ name }) => name)).toEqual(['shop']);
  const { login: username } = box.person('alice').account;
  await client('olivia').repos.addCollaborator({ ...shop, username, permission: 'triage' });
  const { data } = await client('olivia').repos.getCollaboratorPermissionLevel({
    ...shop,
    username: 'alice',
  });
  expect(data.role_name).toBe('triage');

  await client('olivia').repos.removeCollaborator({ ...shop, username: 'alice' });
  await client('olivia').repos.delete(shop);
  expect(await refusal(client('olivia').repos.get(shop))).toBe(404);
  await box.idle();
  expect(listener.names).toEqual(['repository.created', 'repository.deleted']);
});

test('whoever does not own the organization can neither create nor delete', async () => {
  await client('olivia').repos.createInOrg({ org: 'acme', name: 'shop' });

  expect(await refusal(client('mallory').repos.createInOrg({ org: 'acme', name: 'more' }))).toBe(403);
  expect(await refusal(client('mallory').repos.delete(shop))).toBe(403);
  expect(await refusal(client('olivia').repos.createInOrg({ org: 'acme', name: 'Shop' }))).toBe(422);
  expect(await refusal(client('olivia').repos.createInOrg({ org: 'nowhere', name: 'x' }))).toBe(404);
});

test('the first push to an empty repository fills its default branch', async () => {
  await client('olivia').repos.createInOrg({ org: 'acme', name: 'shop' });
  const clone = await Clone.of(box, 'acme/shop', box.person('olivia').token);
  await clone.commits('README.md', '# Shop\n');
  await clone.git('push', '--quiet', 'origin', 'HEAD:main');
  await clone.remove();

  expect(await box.repository('acme/shop').file('main', 'README.md')).toBe('# Shop\n');
});

test('only admins delete issues, by GraphQL', async () => {
  const view = await box.createsRepository('acme/shop', { collaborators: { alice: 'write' } });
  const issue = view.person('alice').opensIssue({ title: 'Mistake' });
  const at = { ...shop, issue_number: issue.number };
  const { data } = await client('alice').issues.get(at);
  const words = 'mutation ($id: ID!) { deleteIssue(input: { issueId: $id }) { clientMutationId } }';
  const deletes = (login: string) =>
    tokenClient(box, box.person(login).token, []).graphql(words, { id: data.node_id });

  await expect(deletes('alice')).rejects.toThrow('Resource not accessible');
  await deletes('olivia');
  expect(await refusal(client('alice').issues.get(at))).toBe(410);
});

test('faults and lists that lag may be for one App alone', async () => {
  box.faults.onlyApp = 'heddle';
  box.faults.listLagMs = 60_000;
  box.faults.request({ times: 100 }, { kind: 'status', status: 500, when: 'before' });

  await client('olivia').repos.createInOrg({ org: 'acme', name: 'shop' });
  await client('olivia').issues.create({ ...shop, title: 'New' });
  expect((await client('olivia').issues.listForRepo(shop)).data).toHaveLength(1);
  expect(await refusal(appClient(box, problems).rest.apps.getAuthenticated())).toBe(500);
});
