import type { Action } from '../domain/effect.ts';
import type { IssueFacts, World } from '../domain/facts.ts';

/**
 * The last look at GitHub, with our own label writes since then in it: the next label change is computed from what
 * stands there now, without reading it again. Everything else that we write is known by its result in the outbox.
 */
export function afterWrites(world: World, done: readonly Action[]): World {
  const writes = done.filter((action) => action.kind === 'set-labels');
  if (writes.length === 0) return world;
  const issues = new Map(world.issues);
  for (const write of writes) {
    const known = issues.get(write.issue);
    if (known) issues.set(write.issue, relabelled(known, write));
  }
  return { ...world, issues };
}

function relabelled(
  known: IssueFacts,
  write: { add: readonly string[]; remove: readonly string[] },
): IssueFacts {
  const kept = known.issue.labels.filter(
    (label) => !write.remove.includes(label) && !write.add.includes(label),
  );
  return { ...known, issue: { ...known.issue, labels: [...kept, ...write.add] } };
}
