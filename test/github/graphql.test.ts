import nock from 'nock';
import { beforeEach, expect, test } from 'vitest';
import { API, allowTokens, home, issueJson, playWire, type Wire } from './wire.ts';

let wire: Wire;

beforeEach(() => {
  wire = playWire();
  allowTokens(9);
});

const MINUTE = 60_000;
const SHA = '1'.repeat(40);
const node = {
  number: 1,
  id: 'PR_1',
  headRefName: 'parallel/1-a',
  headRefOid: SHA,
  baseRefName: 'main',
  state: 'OPEN',
  isDraft: false,
  updatedAt: '2026-01-01T00:00:00Z',
  mergeable: 'MERGEABLE',
};
const without = (field: string) => ({ ...node, [field]: undefined });
const pullsOf = (first: object | null, second: object | null = first) => ({
  data: { repository: { p1: first, p2: second && { ...second, number: 2 } } },
});

/** The next answer to a query. */
const answers = (status: number, body: string | object, headers: Record<string, string> = {}) =>
  nock(API).post('/graphql').reply(status, body, headers);

/** Pull requests as REST has them, as often as they are asked for. */
function restHasPulls(...numbers: readonly number[]): void {
  for (const number of numbers)
    nock(API)
      .get(`/repos/acme/shop/pulls/${number}`)
      .times(9)
      .reply(200, {
        number,
        node_id: `PR_${number}`,
        head: { ref: `parallel/${number}-a`, sha: SHA },
        base: { ref: 'main' },
        state: 'open',
        draft: false,
        updated_at: '2026-01-01T00:00:00Z',
        mergeable: true,
      });
}

/** Both pull requests at the same moment. */
const both = async () => {
  const reader = wire.github.reader(7);
  const pulls = await Promise.all([reader.pull(home, 1), reader.pull(home, 2)]);
  return pulls.map(({ number, mergeable }) => [number, mergeable]);
};
const queries = (): number => wire.calls.filter(({ method }) => method === 'graphql').length;

test.each([
  ['an error of the server', 500, ''],
  ['no such thing', 501, 'not implemented'],
  ['not found', 404, { message: 'Not Found' }],
  ['a page', 200, '<html>Welcome</html>'],
  ['errors', 200, { errors: [{ message: "Field 'mergeable' doesn't exist on type 'PullRequest'" }] }],
  ['errors in another form', 200, { errors: 'nope', data: null }],
  ['nothing', 200, {}],
  ['no repository', 200, { data: { repository: null } }],
  ['no pull requests', 200, pullsOf(null)],
  ['pull requests that say not whether they can be merged', 200, pullsOf(without('mergeable'))],
  ['pull requests with words of its own', 200, pullsOf({ ...node, mergeable: 'PERHAPS' })],
  ['pull requests without a state', 200, pullsOf(without('state'))],
  ['pull requests without a head', 200, pullsOf(without('headRefOid'))],
])(
  'a server that answers a query with %s is asked by REST at once, and not by a query again for minutes',
  async (_, status, body) => {
    restHasPulls(1, 2);
    answers(status, body);
    const expected = [
      [1, true],
      [2, true],
    ];
    expect(await both()).toEqual(expected);
    expect(await both()).toEqual(expected);
    wire.clock.now += 4 * MINUTE;
    expect(await both()).toEqual(expected);
    expect(queries()).toBe(1);
  },
);

test('after some minutes the query is tried again', async () => {
  restHasPulls(1, 2);
  answers(500, '');
  await both();
  wire.clock.now += 6 * MINUTE;
  answers(200, pullsOf({ ...node, mergeable: 'CONFLICTING' }));
  expect(await both()).toEqual([
    [1, false],
    [2, false],
  ]);
});

test('a rate limit holds for REST too: nothing else is asked', async () => {
  answers(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '30' });
  await expect(both()).rejects.toMatchObject({ retryAfterMs: 30_000 });
  expect(wire.calls.filter(({ method }) => method === 'GET')).toEqual([]);
});

test('one pull request that the query does not know is asked by REST, the other is not', async () => {
  restHasPulls(2);
  answers(200, pullsOf({ ...node, mergeable: 'CONFLICTING' }, null));
  expect(await both()).toEqual([
    [1, false],
    [2, true],
  ]);
});

test('what no query tells is asked by REST the second time: whether it can be merged', async () => {
  restHasPulls(1, 2);
  const unknown = pullsOf({ ...node, mergeable: 'UNKNOWN' });
  answers(200, unknown);
  expect(await both()).toEqual([
    [1, null],
    [2, null],
  ]);
  answers(200, unknown);
  expect(await both()).toEqual([
    [1, true],
    [2, true],
  ]);
});

test('last edits come in one request; gone texts are left out', async () => {
  nock(API)
    .post('/graphql', (body: { variables: { ids: string[] } }) => body.variables.ids.length === 3)
    .reply(200, {
      data: {
        nodes: [
          { id: 'a', lastEditedAt: null, editor: null },
          { id: 'b', lastEditedAt: '2026-01-01T00:00:00Z', editor: { login: 'eve' } },
          null,
        ],
      },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 2], message: 'Could not resolve to a node' }],
    });
  const edits = await wire.github.reader(7).lastEdits(home, ['a', 'b', 'c', 'a']);
  expect([...edits]).toEqual([
    ['a', null],
    ['b', { at: Date.parse('2026-01-01T00:00:00Z'), editor: 'eve' }],
  ]);
});

test.each([
  ['is not there', 404, { message: 'Not Found' }],
  ['is a page', 200, '<html>Welcome</html>'],
  ['does not know the field', 200, { data: { nodes: [{ id: 'a', editor: null }] } }],
  ['answers with errors', 200, { errors: [{ message: 'Cannot query field "lastEditedAt"' }] }],
])(
  'where GraphQL %s, nobody knows the last edits, and it is not asked again for minutes',
  async (_, status, body) => {
    answers(status, body);
    const reader = wire.github.reader(7);
    expect([...(await reader.lastEdits(home, ['a']))]).toEqual([]);
    expect([...(await reader.lastEdits(home, ['a']))]).toEqual([]);
    expect(queries()).toBe(1);
  },
);

test('a disturbed GraphQL is waited for, but not for ever', async () => {
  nock(API).post('/graphql').times(9).reply(502, '');
  const reader = wire.github.reader(7);
  for (let tries = 0; tries < 4; tries++) {
    await expect(reader.lastEdits(home, ['a'])).rejects.toThrow('502');
    wire.clock.now += MINUTE / 4;
  }
  expect([...(await reader.lastEdits(home, ['a']))]).toEqual([]);
});

test('a pause that GitHub asked for never passes for a missing GraphQL', async () => {
  const limit = { 'retry-after': '600' };
  nock(API)
    .get('/repos/acme/shop/issues/3')
    .reply(429, {}, limit)
    .get('/repos/acme/shop/issues/3')
    .reply(200, issueJson(3));
  const reader = wire.github.reader(7);
  await expect(reader.issue(home, 3)).rejects.toMatchObject({ retryAfterMs: 600_000 });
  for (let tries = 0; tries < 4; tries++) {
    await expect(reader.lastEdits(home, ['a'])).rejects.toThrow('pause');
    wire.clock.now += MINUTE;
  }
});
