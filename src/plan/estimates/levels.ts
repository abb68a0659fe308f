import type { PastAttempt, Profile } from '../../domain/estimate.ts';
import type { Level } from './pooling.ts';

type Past = Pick<PastAttempt, 'profile' | 'isHere'>;

/** Beyond these, labels divide what is left into groups of one. */
const MOST_LABELS = 3;

/**
 * From all repositories of the store down to the attempts that are most like the next one: this repository, its agent,
 * the kind of task, and then label by label, the one that most attempts have first.
 */
export function levelsFor<S extends Past>(profile: Profile, samples: readonly S[]): readonly Level<S>[] {
  return [
    { groupOf: ({ isHere }) => (isHere ? 'here' : 'elsewhere'), group: 'here' },
    { groupOf: (past) => past.profile.provider, group: profile.provider },
    { groupOf: (past) => past.profile.taskKind ?? '', group: profile.taskKind ?? '' },
    ...tellingLabels(profile, samples).map((label) => ({
      groupOf: (past: S) => (past.profile.labels.includes(label) ? 'with' : 'without'),
      group: 'with',
    })),
  ];
}

function tellingLabels(profile: Profile, samples: readonly Past[]): readonly string[] {
  const counts = new Map(profile.labels.map((label) => [label, 0]));
  for (const { profile: past } of samples) {
    for (const label of past.labels) {
      const count = counts.get(label);
      if (count !== undefined) counts.set(label, count + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .toSorted(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .slice(0, MOST_LABELS)
    .map(([label]) => label);
}
