import type { Complexity, TaskKind } from '../../domain/estimate.ts';
import { wordsOf } from './words.ts';

/** What a task is expected to take where nothing was measured: minutes. */
export const PRIOR_MINUTES: Readonly<Record<Complexity, number>> = {
  low: 30,
  medium: 60,
  high: 120,
  critical: 240,
};

const LEVELS: readonly Complexity[] = ['low', 'medium', 'high', 'critical'];

/**
 * How much work a task is: what its labels say (the most, where they differ), else what its title does, else what is
 * usual for its kind.
 *
 * | label | low | medium | high | critical |
 * |---|---|---|---|---|
 * | `complexity`, `effort`, `difficulty`, `size`, `estimate` and a word | trivial, minor, small, easy, simple, quick, low | medium, moderate, normal | large, big, hard, difficult, complex, major, high | huge, extreme, critical |
 * | these and a T-shirt size, or the size alone | XS, S | M | L | XL, XXL, XXXL |
 * | these or `points`, `sp` and a number of story points | to 2 | to 5 | to 8 | more |
 * | others | good first issue | | | |
 */
export function complexityOf(of: {
  readonly title: string;
  readonly labels: readonly string[];
  readonly taskKind: TaskKind | null;
}): Complexity {
  const said = new Set(of.labels.map(complexityOfLabel));
  return LEVELS.findLast((level) => said.has(level)) ?? complexityOfTitle(of.title) ?? usualFor(of.taskKind);
}

/** Null: the label speaks of something else, as `priority: high` does. */
export function complexityOfLabel(label: string): Complexity | null {
  const words = wordsOf(label);
  const sizes = words.filter((word) => !AXES.has(word));
  const [size = ''] = sizes;
  if (sizes.length !== 1) return sizes.join(' ') === 'good first issue' ? 'low' : null;
  if (words.length === 1) return TSHIRTS.get(size) ?? null;
  return WORDS.get(size) ?? TSHIRTS.get(size) ?? ofPoints(size);
}

const AXES: ReadonlySet<string> = new Set(
  'complexity effort difficulty size estimate estimation tshirt points point story sp'.split(' '),
);

const table = (rows: Readonly<Record<Complexity, string>>): ReadonlyMap<string, Complexity> =>
  new Map(LEVELS.flatMap((level) => rows[level].split(' ').map((word) => [word, level] as const)));

const WORDS = table({
  low: 'trivial tiny minor small easy simple quick low',
  medium: 'medium moderate normal',
  high: 'large big hard difficult complex major high',
  critical: 'huge extreme critical',
});

const TSHIRTS = table({ low: 'xs s', medium: 'm', high: 'l', critical: 'xl xxl xxxl' });

function ofPoints(text: string): Complexity | null {
  if (!/^\d{1,3}$/.test(text)) return null;
  const points = Number(text);
  if (points <= 2) return 'low';
  if (points <= 5) return 'medium';
  return points <= 8 ? 'high' : 'critical';
}

/** Words of a title that mean little or much work, whatever the rest says. */
function complexityOfTitle(title: string): Complexity | null {
  const words = wordsOf(title);
  if (words.some((word) => LARGE.has(word))) return 'high';
  return words.some((word) => SMALL.has(word)) ? 'low' : null;
}

const SMALL: ReadonlySet<string> = new Set('typo typos rename bump trivial tiny'.split(' '));
const LARGE: ReadonlySet<string> = new Set(
  'rewrite redesign rearchitect overhaul migrate migration architecture'.split(' '),
);

/** Texts and settings are soon written; most else takes as long as anything. */
const usualFor = (kind: TaskKind | null): Complexity =>
  kind === 'documentation' || kind === 'configuration' ? 'low' : 'medium';
