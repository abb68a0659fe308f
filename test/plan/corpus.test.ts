import { describe, expect, it } from 'vitest';
import { parseDependencies } from '../../src/plan/dependencies.ts';
import { DEPENDING } from './corpus/depending.ts';
import { INDEPENDENT } from './corpus/independent.ts';

/** `#1 o/r#2`: as short as people write it. */
const refsOf = (text: string): readonly string[] =>
  parseDependencies(text).map(
    ({ owner, name, number }) => `${owner === null ? '' : `${owner}/${name}`}#${number}`,
  );

const CORPUS = [
  ...Object.values(DEPENDING).flat(),
  ...Object.values(INDEPENDENT).flatMap((texts) => texts.map((text) => [text, ''] as const)),
];

describe.each(Object.entries(DEPENDING))('a text with %s', (_, texts) => {
  it.each(texts)('says in %j: %s', (text, refs) => {
    expect(refsOf(text).join(' ')).toBe(refs);
  });
});

describe.each(Object.entries(INDEPENDENT))('a text with %s', (_, texts) => {
  it.each(texts.map((text) => [text]))('says nothing in %j', (text) => {
    expect(refsOf(text)).toEqual([]);
  });
});

describe('the whole corpus', () => {
  const read = CORPUS.map(([text, refs]) => ({
    found: refsOf(text),
    meant: refs.split(' ').filter(Boolean),
  }));
  const count = (of: 'found' | 'meant'): number => read.reduce((sum, each) => sum + each[of].length, 0);
  const right = read.reduce(
    (sum, { found, meant }) => sum + found.filter((ref) => meant.includes(ref)).length,
    0,
  );

  it('holds each text once, and enough of both kinds', () => {
    expect(new Set(CORPUS.map(([text]) => text)).size).toBe(CORPUS.length);
    expect(CORPUS.filter(([, refs]) => refs !== '').length).toBeGreaterThanOrEqual(150);
    expect(CORPUS.filter(([, refs]) => refs === '').length).toBeGreaterThanOrEqual(150);
  });

  it('is read with precision 1 and recall 1', () => {
    expect({ precision: right / count('found'), recall: right / count('meant') }).toEqual({
      precision: 1,
      recall: 1,
    });
  });
});
