import { expect, it } from 'vitest';
import { didYouMean, editDistance } from '../../src/domain/did-you-mean.ts';

const VERBS = ['help', 'plan', 'run', 'status', 'explain', 'pause', 'resume', 'cancel', 'retry', 'skip'];

it.each([
  ['halp', 'help'],
  ['paln', 'plan'],
  ['STATS', 'status'],
  ['re-try', 'retry'],
  ['cancle', 'cancel'],
  ['frobnicate', null],
  ['', null],
  ['x', null],
])('answers %j with %j', (word, expected) => {
  expect(didYouMean(word, VERBS)).toBe(expected);
});

it('counts a swap of neighbours as one edit', () => {
  expect(editDistance('plan', 'paln')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

it('does not spend time on a word that is too long to be an error of typing', () => {
  expect(didYouMean('x'.repeat(1_000_000), VERBS)).toBeNull();
});
