import picomatch from 'picomatch';
import { BOUNDS } from '../bounds.ts';

/** Which directories patterns choose; a pattern with `!` takes away what those before it chose. */
export interface Chosen {
  /** `directory` relative to where the patterns are written. */
  readonly has: (directory: string) => boolean;
  /** Patterns that were not understood, or would take too long to match. */
  readonly refused: readonly string[];
}

export function chosenBy(patterns: readonly string[]): Chosen {
  const read = patterns.slice(0, BOUNDS.patterns);
  const refused = [...read.filter(isCostly), ...patterns.slice(BOUNDS.patterns)];
  const rules = read.filter((pattern) => !isCostly(pattern)).map(ruleOf);
  return {
    has: (directory) => rules.findLast(({ matches }) => matches(directory))?.chooses ?? false,
    refused,
  };
}

/** A pattern becomes a regular expression: with many stars that takes exponential time on some paths. */
const isCostly = (pattern: string): boolean =>
  pattern.length > 200 ||
  pattern.split('**').length > 4 ||
  /[(+@?*]\(|\{[^}]*\{|\[\[/.test(pattern.slice(1)) ||
  pattern.split('/').some((segment) => segment !== '**' && segment.split('*').length > 3);

function ruleOf(pattern: string) {
  const chooses = !pattern.startsWith('!');
  const glob = pattern
    .replace(/^!/, '')
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
  return {
    chooses,
    matches: picomatch(glob === '' ? '.' : glob, { noextglob: true, nonegate: true, dot: true }),
  };
}
