import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import { boxEachTest } from '../boxed.ts';
import { refuseProblems, watchExchanges } from './watch.ts';

let box: Box;
let problems: ReadonlySet<string>;

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box } = boxed());
  await box.createsRepository('acme/shop', { collaborators: { alice: 'write' } });
  problems = watchExchanges(box);
});

const alice = async (method: string, path: string, body?: unknown): Promise<number> => {
  const headers = { authorization: `Bearer ${box.person('alice').token}` };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await fetch(`${box.url}/api/v3/repos/acme/shop${path}`, { method, headers, ...init })).status;
};

test('what GitHub could have said and heard is no problem', async () => {
  expect(await alice('POST', '/issues', { title: 'A' })).toBe(201);
  expect(await alice('GET', '/issues?state=all')).toBe(200);
  expect(await alice('GET', '/issues/99')).toBe(404);
  refuseProblems(problems);
});

test('an invented parameter is found in the body and in the query, once', async () => {
  await alice('POST', '/issues', { title: 'A', colour: 'red' });
  await alice('POST', '/issues', { title: 'B', colour: 'red' });
  await alice('GET', '/issues?label=parallel');
  expect([...problems]).toHaveLength(2);
  expect(() => refuseProblems(problems)).toThrow(/POST .*colour[\s\S]*GET .*label/);
});

test('an answer that never went out is not judged', async () => {
  box.faults.request({ method: 'POST' }, { kind: 'closed', when: 'after' });
  await expect(alice('POST', '/issues', { title: 'A', colour: 'red' })).rejects.toThrow();
  refuseProblems(problems);
});
