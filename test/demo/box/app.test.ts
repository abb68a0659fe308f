import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import {
  appClient,
  installationClient,
  type Problems,
  refusal,
  tokenClient,
} from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, problems } = boxed());
  await box.createsRepository('acme/shop', { private: true });
  await box.createsRepository('acme/secret', { private: true });
});

test('an App finds itself and its installations by its key', async () => {
  const { id } = box.installsApp('acme');
  const app = appClient(box, problems);

  expect((await app.rest.apps.getAuthenticated()).data?.slug).toBe('heddle');
  expect((await app.rest.apps.listInstallations()).data.map((one) => one.id)).toEqual([id]);
  expect((await app.rest.apps.getRepoInstallation(shop)).data.id).toBe(id);
});

test('a key that is not the App’s opens nothing', async () => {
  const other = box.registersApp('someone', { slug: 'other' });
  const forged = { ...box, privateKey: other.privateKey };

  expect(await refusal(appClient(forged, problems).rest.apps.getAuthenticated())).toBe(401);
});

test('an installation token reaches the repositories of its installation and no others', async () => {
  const { id } = box.installsApp('acme', { only: ['acme/shop'] });
  const client = installationClient(box, id, problems);

  const { data } = await client.rest.apps.listReposAccessibleToInstallation();
  expect(data.repositories.map((repo) => repo.full_name)).toEqual(['acme/shop']);
  expect((await client.rest.repos.get(shop)).data.default_branch).toBe('main');
  expect(await refusal(client.rest.repos.get({ owner: 'acme', repo: 'secret' }))).toBe(404);
});

test('a narrowed token keeps only what it was narrowed to', async () => {
  const { id } = box.installsApp('acme');
  const { data: token } = await appClient(box, problems).rest.apps.createInstallationAccessToken({
    installation_id: id,
    repositories: ['shop'],
    permissions: { contents: 'read' },
  });
  const client = tokenClient(box, token.token, problems);

  expect(token.repositories?.map((repo) => repo.name)).toEqual(['shop']);
  expect(await refusal(client.rest.issues.create({ ...shop, title: 'x' }))).toBe(403);
  expect(await refusal(client.rest.repos.get({ owner: 'acme', repo: 'secret' }))).toBe(404);
});

test('a token cannot be given more than the installation has', async () => {
  const { id } = box.installsApp('acme');
  const app = appClient(box, problems);
  const tooMuch = { installation_id: id, permissions: { administration: 'write' as const } };
  const elsewhere = { installation_id: id, repositories: ['nowhere'] };

  expect(await refusal(app.rest.apps.createInstallationAccessToken(tooMuch))).toBe(422);
  expect(await refusal(app.rest.apps.createInstallationAccessToken(elsewhere))).toBe(422);
});

test('a token ends after an hour', async () => {
  const { id } = box.installsApp('acme');
  const { data } = await appClient(box, problems).rest.apps.createInstallationAccessToken({
    installation_id: id,
  });
  const client = tokenClient(box, data.token, problems);
  expect((await client.rest.repos.get(shop)).status).toBe(200);

  box.clock.advance(3_600_001);

  expect(await refusal(client.rest.repos.get(shop))).toBe(401);
});

test('an App whose clock is behind dates its key by the box', async () => {
  box.clock.advance(7_200_000);

  expect((await appClient(box, problems).rest.apps.getAuthenticated()).status).toBe(200);
});

test('people see and do what their role lets them', async () => {
  const view = box.repository('acme/shop');
  view.grants('tina', 'triage');
  view.grants('rita', 'read');
  const issue = view.person('alice').opensIssue({ title: 'A' });
  const at = { ...shop, issue_number: issue.number, labels: ['parallel'] };
  const as = (login: string) => tokenClient(box, box.person(login).token, problems).rest;

  expect((await as('tina').issues.addLabels(at)).data.map((label) => label.name)).toEqual(['parallel']);
  expect(await refusal(as('rita').issues.addLabels(at))).toBe(403);
  expect(await refusal(as('stranger').issues.get(at))).toBe(404);
});

test('a role is shown with its legacy level', async () => {
  const { id } = box.installsApp('acme');
  const view = box.repository('acme/shop');
  view.grants('tina', 'triage');
  view.grants('mike', 'maintain');
  const client = installationClient(box, id, problems);
  const levels = [];
  for (const username of ['tina', 'mike']) {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...shop, username });
    levels.push([data.role_name, data.permission]);
  }

  expect(levels).toEqual([
    ['triage', 'read'],
    ['maintain', 'write'],
  ]);
  const nobody = client.rest.repos.getCollaboratorPermissionLevel({ ...shop, username: 'nobody' });
  expect(await refusal(nobody)).toBe(404);
});
