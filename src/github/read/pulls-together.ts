/*
 * A pull request's ETag changes with everything that happens in its repository (the answer holds the repository, its last
 * push included): with many open, reading each one by one costs a call each after every push. So those that are asked for
 * at the same moment are read in one GraphQL query. One alone is read by REST: while nothing happens that costs nothing.
 * This is for thrift alone: a server that does not answer the query in full is asked by REST, in the same pass.
 */
import { Terminal } from '../../domain/errors.ts';
import type { Sha } from '../../domain/ids.ts';
import { type Pull, UNREAD_CHECKS } from '../../domain/pull.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, flag, integer, isNull, type Json, shaOf, text, time } from '../json.ts';
import { Trial } from '../trial.ts';
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
  const together = new Together(connection);
  let wishes: Wish[] = [];
  const flush = (): void => {
    const taken = wishes;
    wishes = [];
    for (const group of grouped(taken)) together.answer(group);
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

class Together {
  readonly #connection: Connection;
  readonly #trial: Trial;
  /** By repository, the heads of which the last query did not know whether they can be merged. */
  readonly #unknown = new Map<number, ReadonlyMap<number, Sha>>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#trial = new Trial(connection.now, 0);
  }

  /** All of one repository. */
  answer(wishes: readonly Wish[]): void {
    const numbers = [...new Set(wishes.map(({ number }) => number))];
    const [first] = wishes;
    const found = first && numbers.length > 1 ? this.#open(first.repository, numbers) : NONE;
    for (const { repository, number, resolve } of wishes)
      resolve(found.then((pulls) => pulls.get(number) ?? onePull(this.#connection, repository, number)));
  }

  async #open(repository: Repository, numbers: readonly number[]): Promise<ReadonlyMap<number, Pull>> {
    const found = (await this.#trial.ask(() => openPulls(this.#connection, repository, numbers))) ?? [];
    const stuck = this.#stillUnknown(repository.key.repositoryId, found);
    return new Map(found.filter((pull) => !stuck.has(pull)).map((pull) => [pull.number, pull]));
  }

  /** What no query answers is asked by REST, which makes GitHub find out. */
  #stillUnknown(repositoryId: number, found: readonly Pull[]): ReadonlySet<Pull> {
    const before = this.#unknown.get(repositoryId);
    const now = found.filter(({ mergeable }) => mergeable === null);
    this.#unknown.set(repositoryId, new Map(now.map(({ number, headSha }) => [number, headSha])));
    return new Set(now.filter(({ number, headSha }) => before?.get(number) === headSha));
  }
}

const NONE: Promise<ReadonlyMap<number, Pull>> = Promise.resolve(new Map());

/** Those of the pull requests that are open. What became of the others only REST says in full. */
async function openPulls(
  connection: Connection,
  { owner, name }: Repository,
  numbers: readonly number[],
): Promise<readonly Pull[]> {
  const wanted = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { ${FIELDS} }`);
  const query = `query openPulls($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ${wanted.join(' ')} }
}`;
  const data = await connection.query('openPulls', query, { owner, name });
  const nodes = numbers.map((number) => at(data, 'repository', `p${number}`)).filter((node) => !isNull(node));
  if (nodes.length === 0) throw new Terminal('openPulls: GitHub answered nothing');
  return nodes.filter((node) => text(at(node, 'state')) === 'OPEN').map(openPull);
}

const MERGEABLE: ReadonlyMap<string, boolean | null> = new Map([
  ['MERGEABLE', true],
  ['CONFLICTING', false],
  ['UNKNOWN', null],
]);

/** A word that is not known is no answer: taken for "not known yet" it would be waited for, for ever. */
function mergeableOf(from: Json): boolean | null {
  const known = MERGEABLE.get(text(from));
  if (known === undefined) throw new Terminal(`openPulls: ${from.where} is none of GitHub's words`);
  return known;
}

const openPull = (from: Json): Pull => ({
  number: integer(at(from, 'number')),
  nodeId: text(at(from, 'id')),
  branch: text(at(from, 'headRefName')),
  headSha: shaOf(at(from, 'headRefOid')),
  base: text(at(from, 'baseRefName')),
  state: 'open',
  draft: flag(at(from, 'isDraft')),
  merged: false,
  mergeSha: null,
  updatedAt: time(at(from, 'updatedAt')),
  mergeable: mergeableOf(at(from, 'mergeable')),
  reviews: [],
  checks: UNREAD_CHECKS,
});
