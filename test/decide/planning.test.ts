import { describe, expect, it } from 'vitest';
import { Imagined, type ImaginedIssue } from '../support/imagined.ts';

/** Three that exclude one another by other files each: no bound sees at once that nothing is shorter. */
const FILES = [['a.ts', 'b.ts'], ['b.ts', 'c.ts'], ['c.ts', 'a.ts'], [], [], [], []];
const ISSUES: readonly ImaginedIssue[] = FILES.map((files, index) => ({
  number: index + 1,
  blockedBy: index === 6 ? [4] : [],
  files,
}));

function planned(issues: readonly ImaginedIssue[]): Imagined {
  const world = new Imagined(issues);
  world.settle();
  world.wait(2_000);
  return world;
}

const planOf = (world: Imagined) => world.memory.runs[0]?.plan;
const searches = (world: Imagined) => world.log.filter(({ kind }) => kind === 'improve-plan').length;

describe('a plan of the App', () => {
  it('is followed at once, and a better order counts from the next look on, in the same revision', () => {
    const world = planned(ISSUES);
    const plan = planOf(world);
    expect(searches(world)).toBe(1);
    expect(plan).toMatchObject({ revision: 1, improved: true });
    // What had begun stays in front; the others turn round.
    expect(plan?.order).toEqual([4, 1, 5, 7, 6, 3, 2]);
  });

  it('is not searched for where two tasks are left, or nothing can be shorter', () => {
    expect(searches(planned(ISSUES.slice(0, 2)))).toBe(0);
    expect(searches(planned(ISSUES.slice(3, 6)))).toBe(0);
  });

  it('keeps its order when a task joins, and puts that in by its rank', () => {
    const world = planned(ISSUES.slice(3, 5));
    const before = planOf(world)?.order ?? [];
    world.asks({ number: 8, files: ['src/new.ts'] });
    world.wait(2_000);
    const after = planOf(world);
    expect(after?.revision).toBe(2);
    expect(after?.order).toEqual([...before, 8]);
  });
});
