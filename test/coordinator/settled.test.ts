import { expect, test } from 'vitest';
import { settledFacts, settledIssues } from '../../src/coordinator/settled.ts';
import type { IssueFacts, Memory, World } from '../../src/domain/facts.ts';
import { aTask, NOON } from '../store/builders.ts';
import { Imagined } from '../support/imagined.ts';
import { anIssue, UNREAD } from './builders.ts';

const NUMBERS = Array.from({ length: 30 }, (_, index) => index + 1);
const { world, memory } = new Imagined(NUMBERS.map((number) => ({ number })));

/** The last look: all tasks have ended, all issues are closed but those. */
function looked(...open: readonly number[]): { previous: World; memory: Memory } {
  const issues = new Map(
    NUMBERS.map((number) => [number, closed(number, open.includes(number) ? 'open' : 'closed')] as const),
  );
  const ended = { as: 'landed', cause: '', at: NOON, mergeSha: null } as const;
  const tasks = NUMBERS.map((issue) => aTask({ issue, ended }));
  return { previous: { ...world, issues }, memory: { ...memory, tasks } };
}

function closed(number: number, state: 'open' | 'closed'): IssueFacts {
  const facts = world.issues.get(number);
  if (!facts) throw new Error(`there is no #${number}`);
  return { ...facts, issue: anIssue({ number, state, updatedAt: NOON }) };
}

const settled = async (given: { previous: World | null; memory: Memory }, updated: readonly number[]) => {
  const github = { ...UNREAD, issuesSince: async () => updated.map((number) => anIssue({ number })) };
  const found = await settledIssues({ github, repository: world.repository, ...given });
  return found.map(({ number }) => number);
};

test('closed issues of ended tasks are not read again, but for those that were updated and those that are open', async () => {
  expect(await settled(looked(3, 4), [5, 6])).toEqual(NUMBERS.filter((number) => number < 3 || number > 6));
});

test('without an earlier look, all are read', async () => {
  expect(await settled({ ...looked(), previous: null }, [])).toEqual([]);
});

test('what is known of a settled issue holds until it is updated, reopened or worked on again', () => {
  const given = looked(3);
  const one = closed(1, 'closed').issue;
  expect(settledFacts(given, one)).toBe(given.previous.issues.get(1));
  expect(settledFacts(given, { ...one, updatedAt: NOON + 1 })).toBeNull();
  expect(settledFacts(given, { ...one, state: 'open' })).toBeNull();
  expect(settledFacts(given, { ...one, number: 3 })).toBeNull();
  const retried = { ...given.memory, tasks: [aTask({ issue: 1 })] };
  expect(settledFacts({ ...given, memory: retried }, one)).toBeNull();
});
