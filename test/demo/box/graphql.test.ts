import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Developer } from '../../../src/demo/box/developers.ts';
import type { PullRequest } from '../../../src/demo/box/pull.ts';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let view: RepositoryView;
let alice: Developer;
let pull: PullRequest;
let app: Octokit;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box } = boxed());
  const collaborators = { alice: 'write', rita: 'read' } as const;
  view = await box.createsRepository('acme/shop', { collaborators, files: { a: 'one\ntwo\n' } });
  alice = view.person('alice');
  app = installationClient(box, box.installsApp('acme').id, []);
  await alice.pushes('topic', { a: 'one\nTWO\n' });
  pull = await alice.opensPull({ title: 'Two', head: 'topic', base: 'main', draft: true });
});

interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: unknown }[];
}

/** The whole answer: octokit.graphql would throw its errors away with the data. */
async function ask(query: string, variables: object = {}, client = app): Promise<Reply> {
  const url = `${box.url}/api/graphql`;
  const { data, status } = await client.request(`POST ${url}`, { query, variables });
  expect(status).toBe(200);
  return data;
}

const nodeOf = async (number: number) =>
  (await app.rest.pulls.get({ ...shop, pull_number: number })).data.node_id;

test('a draft becomes ready and a draft again', async () => {
  const id = await nodeOf(pull.number);
  const change = (name: string) =>
    app.graphql(
      `mutation($id: ID!) { ${name}(input: {pullRequestId: $id}) { pullRequest { isDraft number } } }`,
      { id },
    );

  expect(await change('markPullRequestReadyForReview')).toEqual({
    markPullRequestReadyForReview: { pullRequest: { isDraft: false, number: pull.number } },
  });
  expect((await app.rest.pulls.get({ ...shop, pull_number: pull.number })).data.draft).toBe(false);
  await change('convertPullRequestToDraft');
  expect(pull.draft).toBe(true);
});

test('edits are known with who made them, for issues and comments at once', async () => {
  const issue = alice.opensIssue({ title: 'A', body: 'one' });
  const comment = alice.comments(issue, 'first');
  const untouched = alice.comments(issue, 'second');
  view.person('rita').edits(issue, { body: 'two' });
  alice.editsComment(comment, 'edited');
  const { data: shown } = await app.rest.issues.listComments({ ...shop, issue_number: issue.number });
  const { data: rest } = await app.rest.issues.get({ ...shop, issue_number: issue.number });

  const ids = [rest.node_id, ...shown.map((one) => one.node_id)];
  const fields = 'lastEditedAt editor { login } body';
  const { data } = await ask(
    `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Issue { ${fields} } ... on IssueComment { ${fields} } } }`,
    { ids },
  );
  expect(data).toMatchObject({
    nodes: [
      { id: ids[0], body: 'two', editor: { login: 'rita' }, lastEditedAt: rest.updated_at },
      { body: 'edited', editor: { login: 'alice' } },
      { body: untouched.body, editor: null, lastEditedAt: null },
    ],
  });
});

test('changes of a title are on the timeline, with who made them', async () => {
  const issue = alice.opensIssue({ title: 'A', body: 'one' });
  view.person('rita').edits(issue, { title: 'B' });
  const { data: rest } = await app.rest.issues.get({ ...shop, issue_number: issue.number });
  const items = 'timelineItems(last: 1, itemTypes: [RENAMED_TITLE_EVENT])';
  const fields = '{ nodes { ... on RenamedTitleEvent { previousTitle currentTitle actor { login } } } }';
  const { data } = await ask(
    `query($id: ID!) { node(id: $id) { ... on Issue { lastEditedAt ${items} ${fields} } } }`,
    {
      id: rest.node_id,
    },
  );
  const rename = { previousTitle: 'A', currentTitle: 'B', actor: { login: 'rita' } };
  expect(data).toEqual({ node: { lastEditedAt: null, timelineItems: { nodes: [rename] } } });
});

test('conversations are listed, resolved and opened again', async () => {
  await view
    .person('rita')
    .reviews(pull, { event: 'COMMENT', comments: [{ path: 'a', line: 2, body: 'Why?' }] });
  const query = `query { repository(owner: "acme", name: "shop") { pullRequest(number: ${pull.number}) {
    isDraft reviewThreads(first: 10) { totalCount pageInfo { hasNextPage }
      nodes { id isResolved path line comments(first: 1) { nodes { body author { login } } } } } } } }`;
  const { data } = await ask(query);
  const thread = {
    isResolved: false,
    path: 'a',
    line: 2,
    comments: { nodes: [{ body: 'Why?', author: { login: 'rita' } }] },
  };
  const threads = {
    totalCount: 1,
    pageInfo: { hasNextPage: false },
    nodes: [{ ...thread, id: expect.any(String) }],
  };
  expect(data).toEqual({ repository: { pullRequest: { isDraft: true, reviewThreads: threads } } });

  const id = /PRRT_[\w-]+/.exec(JSON.stringify(data))?.[0];
  const change = (name: string) =>
    `mutation($id: ID!) { ${name}(input: {threadId: $id}) { thread { isResolved } } }`;
  await ask(change('resolveReviewThread'), { id });
  expect(pull.threads[0]?.resolvedById).toBe(box.app.botId);
  await ask(change('unresolveReviewThread'), { id });
  expect(pull.threads[0]?.resolvedById).toBeNull();
});

test('what is not there is an error beside what is', async () => {
  const id = await nodeOf(pull.number);
  const { data, errors } = await ask(
    'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on PullRequest { number headRefName } } }',
    { ids: [id, 'I_kwDOnothing'] },
  );
  expect(data).toEqual({ nodes: [{ id, number: pull.number, headRefName: 'topic' }, null] });
  expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 1] }]);
  expect(errors?.[0]?.message).toBe("Could not resolve to a node with the global id of 'I_kwDOnothing'");
});

test('a query that GitHub’s schema does not have is refused with its place', async () => {
  const { errors, data } = await ask('{ repository(owner: "acme", name: "shop") { nonsense } }');
  expect(data).toBeUndefined();
  expect(errors?.[0]?.message).toContain('Cannot query field "nonsense" on type "Repository"');
  expect((await ask('{ repository(')).errors).toHaveLength(1);
});

test('a field that the box does not have says so instead of lying', async () => {
  const { errors } = await ask('{ repository(owner: "acme", name: "shop") { stargazerCount } }');
  expect(errors?.[0]?.message).toBe('the box does not know Repository.stargazerCount');
});

test('readers change nothing, and nobody is asked to log in', async () => {
  const rita = tokenClient(box, box.person('rita').token, []);
  const id = await nodeOf(pull.number);
  const query =
    'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { clientMutationId } }';
  const { data, errors } = await ask(query, { id }, rita);
  expect([data, errors?.[0]?.type]).toEqual([{ markPullRequestReadyForReview: null }, 'FORBIDDEN']);
  expect(pull.draft).toBe(true);

  const anonymous = await fetch(`${box.url}/graphql`, {
    method: 'POST',
    body: '{"query":"{viewer{login}}"}',
  });
  expect(anonymous.status).toBe(401);
});
