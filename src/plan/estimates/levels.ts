import type { PastAttempt, Profile } from '../../domain/estimate.ts';
import type { Level } from './tree.ts';

type Past = Pick<PastAttempt, 'profile' | 'isHere'>;

/** Beyond these, labels divide what is left into groups of one. */
const MOST_LABELS = 3;

/**
 * From all repositories of the store down to the attempts that are most like the next one: this repository, its agent,
 * the kind of task, and then label by label, the one that most attempts have first.
 */
export function levelsAmong<S extends Past>(
  samples: readonly S[],
): (profile: Profile) => readonly Level<S>[] {
  const counts = countLabels(samples);
  return (profile) => [
    { name: 'here', groupOf: ({ isHere }) => (isHere ? 'here' : 'elsewhere'), group: 'here' },
    { name: 'provider', groupOf: (past) => past.profile.provider, group: profile.provider },
    { name: 'kind', groupOf: (past) => past.profile.taskKind ?? '', group: profile.taskKind ?? '' },
    ...tellingLabels(profile, counts).map((label) => ({
      name: `label ${label}`,
      groupOf: (past: S) => (past.profile.labels.includes(label) ? 'with' : 'without'),
      group: 'with',
    })),
  ];
}

function countLabels(samples: readonly Past[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { profile } of samples)
    for (const label of profile.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

const tellingLabels = ({ labels }: Profile, counts: ReadonlyMap<string, number>): readonly string[] =>
  labels
    .filter((label) => counts.has(label))
    .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, MOST_LABELS);
