import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceOf } from '../../src/decide/evidence.ts';
import { currentTasks, viewTasks } from '../../src/decide/lookup.ts';
import type { Claim, Override, Relation } from '../../src/domain/dependency.ts';
import { HOME, Imagined } from '../support/imagined.ts';
import { runs } from '../support/property-runs.ts';

/* Whatever texts and people say about a few issues: one word counts, and nothing of it is hidden. */

const issue = fc.integer({ min: 1, max: 4 });
const pair = fc.tuple(issue, issue).filter(([a, b]) => a !== b);
const written = fc.uniqueArray(pair, { maxLength: 8, selector: String });
const said = fc.array(fc.tuple(pair, fc.constantFrom<Relation>('depends-on', 'independent-of')), {
  maxLength: 8,
});

function evidence(texts: readonly (readonly number[])[], overrides: readonly Override[]) {
  const issues = [1, 2, 3, 4].map((number) => ({
    number,
    blockedBy: texts.flatMap(([from, to]) => (from === number && to !== undefined ? [to] : [])),
  }));
  const world = new Imagined(issues);
  world.memory = { ...world.memory, overrides };
  world.settle();
  world.wait(2_000);
  return evidenceOf(world.facts, currentTasks(viewTasks(world.facts)));
}

const overridesOf = (
  words: readonly (readonly [readonly [number, number], Relation])[],
): readonly Override[] =>
  words.map(([[from, to], relation], index) => ({
    issue: from,
    on: { ...HOME, number: to },
    relation,
    author: `person-${index}`,
    quote: '',
    commentId: 1 + (index >> 1),
    line: 1 + (index & 1),
  }));

const edge = ({ dependency: { from, to } }: Pick<Claim, 'dependency'>): string =>
  `${from.number} ${to.number}`;

test('the last word about two issues counts, whatever else is said, and every other word is shown', () => {
  fc.assert(
    fc.property(written, said, (texts, words) => {
      const { dependencies, disagreements } = evidence(texts, overridesOf(words));
      const counting = new Set([...dependencies.values()].flat().map((dependency) => edge({ dependency })));
      for (const [[from, to], relation] of words.slice(-1))
        expect(counting.has(`${from} ${to}`)).toBe(relation === 'depends-on');
      const shown = new Set([...disagreements.values()].flat(2).map(edge));
      const all = [
        ...texts,
        ...words.filter(([, relation]) => relation === 'depends-on').map(([two]) => two),
      ];
      for (const [from, to] of all)
        expect(counting.has(`${from} ${to}`) || shown.has(`${from} ${to}`)).toBe(true);
    }),
    runs(40),
  );
});

test('no command ever makes two issues wait for each other, in whatever order the words are read', () => {
  fc.assert(
    fc.property(written, said, fc.nat(), (texts, words, turn) => {
      const overrides = overridesOf(words);
      const { dependencies } = evidence(texts, overrides);
      const counting = [...dependencies.values()].flat();
      const commanded = counting.filter(({ source }) => source === 'command');
      const edges = new Set(counting.map((dependency) => edge({ dependency })));
      for (const { from, to } of commanded) expect(edges.has(`${to.number} ${from.number}`)).toBe(false);
      const at = turn % Math.max(1, overrides.length);
      const turned = evidence(texts, [...overrides.slice(at), ...overrides.slice(0, at)]);
      expect(
        new Set([...turned.dependencies.values()].flat().map((dependency) => edge({ dependency }))),
      ).toEqual(edges);
    }),
    runs(40),
  );
});
