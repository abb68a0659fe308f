/*
 * A pull request's ETag changes with everything that happens in its repository (the answer holds the repository, its last
 * push included): with many open, reading each one by one costs a call each after every push. So those that are asked for
 * at the same moment are read in one GraphQL query. One alone is read by REST: while nothing happens that costs nothing.
 */
import { Terminal } from '../../domain/errors.ts';
import { type Pull, UNREAD_CHECKS } from '../../domain/pull.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, flagOr, integer, isNull, type Json, shaOf, text, time } from '../json.ts';
import { onePull } from './pull.ts';

/** Pull requests in one query. */
const AT_ONCE = 50;

const FIELDS = 'number id headRefName headRefOid baseRefName state isDraft updatedAt mergeable';

export type ReadPull = (repository: Repository, number: number) => Promise<Pull>;

interface Wish {
  readonly repository: Repository;
  readonly number: number;
  readonly resolve: (pull: Promise<Pull>) => void;
}

/** Reads pull requests as they are now, whether they can be merged included. */
export function pullsTogether(connection: Connection): ReadPull {
  let wishes: Wish[] = [];
  const flush = (): void => {
    const taken = wishes;
    wishes = [];
    for (const group of grouped(taken)) answerAll(connection, group);
  };
  return (repository, number) =>
    new Promise((resolve) => {
      if (wishes.length === 0) queueMicrotask(flush);
      wishes.push({ repository, number, resolve });
    });
}

/** By repository, and never too many at once. */
function grouped(wishes: readonly Wish[]): readonly (readonly Wish[])[] {
  const groups = new Map<number, Wish[][]>();
  for (const wish of wishes) {
    const { repositoryId } = wish.repository.key;
    const known = groups.get(repositoryId) ?? [];
    const last = known.at(-1);
    if (last && last.length < AT_ONCE) last.push(wish);
    else groups.set(repositoryId, [...known, [wish]]);
  }
  return [...groups.values()].flat();
}

function answerAll(connection: Connection, wishes: readonly Wish[]): void {
  const numbers = [...new Set(wishes.map(({ number }) => number))];
  const [first] = wishes;
  const found = first && numbers.length > 1 ? openPulls(connection, first.repository, numbers) : NONE;
  for (const { repository, number, resolve } of wishes)
    resolve(found.then((pulls) => pulls.get(number) ?? onePull(connection, repository, number)));
}

const NONE: Promise<ReadonlyMap<number, Pull>> = Promise.resolve(new Map());

/** Those of the pull requests that are open. What became of the others only REST says in full. */
async function openPulls(
  connection: Connection,
  { owner, name }: Repository,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Pull>> {
  const wanted = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { ${FIELDS} }`);
  const query = `query openPulls($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ${wanted.join(' ')} }
}`;
  const data = await connection.query('openPulls', query, { owner, name }).catch(unlessUnknown);
  if (data === null) return new Map();
  const nodes = numbers.map((number) => at(data, 'repository', `p${number}`));
  const open = nodes.filter((node) => !isNull(node) && at(node, 'state').value === 'OPEN').map(openPull);
  return new Map(open.map((pull) => [pull.number, pull]));
}

/** A GitHub that does not know the query is asked by REST; what may pass is tried again. */
function unlessUnknown(error: unknown): null {
  if (error instanceof Terminal) return null;
  throw error;
}

const MERGEABLE: ReadonlyMap<unknown, boolean> = new Map([
  ['MERGEABLE', true],
  ['CONFLICTING', false],
]);

const openPull = (from: Json): Pull => ({
  number: integer(at(from, 'number')),
  nodeId: text(at(from, 'id')),
  branch: text(at(from, 'headRefName')),
  headSha: shaOf(at(from, 'headRefOid')),
  base: text(at(from, 'baseRefName')),
  state: 'open',
  draft: flagOr(at(from, 'isDraft'), false),
  merged: false,
  mergeSha: null,
  updatedAt: time(at(from, 'updatedAt')),
  mergeable: MERGEABLE.get(at(from, 'mergeable').value) ?? null,
  reviews: [],
  checks: UNREAD_CHECKS,
});
