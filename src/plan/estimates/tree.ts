/** One level of a hierarchy: into which groups it divides its parent's samples, and in which of them the next one is. */
export interface Level<S> {
  /** The same name always divides in the same way. */
  readonly name: string;
  readonly groupOf: (sample: S) => string;
  readonly group: string;
}

/** What is believed where a level has been gone down. */
export interface Step<S, B> {
  /** What the parent believes. */
  readonly parent: B;
  /** The samples of the group, which are fewer than the parent's; there may be none. */
  readonly own: readonly S[];
  /** All groups of the parent's samples. */
  readonly groups: readonly (readonly S[])[];
}

interface Node<S, B> {
  readonly members: readonly S[];
  readonly belief: B;
  readonly children: Map<string, Node<S, B>>;
}

/**
 * Goes down the levels from all samples to those of the last group, or to the first group that has none; a level on which
 * all are in one group is passed by. Every group is looked at once, however many ways lead through it.
 */
export function grow<S, B>(
  samples: readonly S[],
  { root, step }: { readonly root: B; readonly step: (given: Step<S, B>) => B },
): (levels: readonly Level<S>[]) => B {
  const top: Node<S, B> = { members: samples, belief: root, children: new Map() };
  return (levels) => {
    let node = top;
    for (const level of levels) {
      if (node.members.length === 0) break;
      const key = `${level.name}: ${level.group}`;
      const child = node.children.get(key) ?? childOf(node, level, step);
      node.children.set(key, child);
      node = child;
    }
    return node.belief;
  };
}

function childOf<S, B>(
  node: Node<S, B>,
  { groupOf, group }: Level<S>,
  step: (given: Step<S, B>) => B,
): Node<S, B> {
  const groups = new Map<string, S[]>();
  for (const member of node.members) {
    const known = groups.get(groupOf(member));
    if (known) known.push(member);
    else groups.set(groupOf(member), [member]);
  }
  const own = groups.get(group) ?? [];
  if (own.length === node.members.length) return { ...node, children: new Map() };
  const belief = step({ parent: node.belief, own, groups: [...groups.values()] });
  return { members: own, belief, children: new Map() };
}
