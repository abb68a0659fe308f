import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import { installationClient, type Problems, refusal } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let app: Octokit['rest'];
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };
const config =
  'agents: exec\nverify: ["npm test"]\n# a long line so that the base64 text is folded over several lines\n';

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, problems } = boxed());
  await box.createsRepository('acme/shop', {
    files: { '.github/parallel.yml': config, 'src/a.ts': 'export {};\n' },
  });
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
});

test('a file is read from the default branch or a given one', async () => {
  const { data } = await app.repos.getContent({ ...shop, path: '.github/parallel.yml' });
  const content = 'content' in data ? Buffer.from(data.content, 'base64').toString() : '';

  expect(content).toBe(config);
  expect(await refusal(app.repos.getContent({ ...shop, path: 'nothing.yml' }))).toBe(404);
  expect(await refusal(app.repos.getContent({ ...shop, path: 'src/a.ts', ref: 'no-branch' }))).toBe(404);
});

test('branches are listed, made, found by prefix and deleted', async () => {
  const { data: main } = await app.repos.getBranch({ ...shop, branch: 'main' });
  await app.git.createRef({ ...shop, ref: 'refs/heads/parallel/1-a', sha: main.commit.sha });

  expect((await app.repos.listBranches(shop)).data.map((branch) => branch.name)).toEqual([
    'main',
    'parallel/1-a',
  ]);
  const { data: found } = await app.git.listMatchingRefs({ ...shop, ref: 'heads/parallel/' });
  expect(found.map((ref) => [ref.ref, ref.object.sha])).toEqual([
    ['refs/heads/parallel/1-a', main.commit.sha],
  ]);

  await app.git.deleteRef({ ...shop, ref: 'heads/parallel/1-a' });
  expect(await refusal(app.git.deleteRef({ ...shop, ref: 'heads/parallel/1-a' }))).toBe(422);
  expect(await refusal(app.git.getRef({ ...shop, ref: 'heads/parallel/1-a' }))).toBe(404);
});

test('an archived repository can be read and not changed', async () => {
  box.repository('acme/shop').repo.archived = true;

  expect((await app.repos.get(shop)).data.archived).toBe(true);
  expect(await refusal(app.issues.create({ ...shop, title: 'A' }))).toBe(403);
});
