import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitsOf } from '../../src/decide/blockers.ts';
import { keysOf } from '../../src/decide/keys-held.ts';
import { type TaskView, viewTasks } from '../../src/decide/lookup.ts';
import { queueOf } from '../../src/decide/queue.ts';
import { sightOf } from '../../src/decide/sight.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { keysConflict } from '../../src/plan/conflicts.ts';
import { waitText } from '../../src/render/states.ts';
import { heldKeys } from '../support/held-keys.ts';
import { HOME, Imagined, policyWith } from '../support/imagined.ts';

const labels = { gpu: { requires: ['gpu'] } };

/** What the queue says with so many more slots than there are. */
function queueWith(facts: Facts, more: number) {
  const policy = policyWith({ labels });
  const views = viewTasks(facts);
  const settings = { ...facts.settings, workers: facts.settings.workers + more };
  return queueOf({ facts: { ...facts, settings }, policy, views, gates: waitsOf(facts, views) });
}

describe('the queue', () => {
  it('starts, with any number of slots, what a walk in the order of the plan would start', () => {
    const issue = fc.record({
      waits: fc.array(fc.nat(8), { maxLength: 1 }),
      files: fc.subarray(['a.ts', 'src/b.ts', 'src/c.ts', 'src/**', '**/*.md'], { maxLength: 2 }),
      ends: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(issue, { minLength: 1, maxLength: 10 }), fc.nat(4), (drafts, more) => {
        const issues = drafts.map(({ waits, files }, index) => ({
          number: index + 1,
          files,
          blockedBy: waits.filter((wait) => wait > 0 && wait < index + 1),
        }));
        const world = new Imagined(issues);
        world.settle();
        world.wait(2_000);
        for (const attempt of world.running()) if (drafts[attempt.issue - 1]?.ends) world.succeeds(attempt);
        const started = queueWith(world.facts, more).starts.map(({ view }) => view.task.issue);
        expect(started).toEqual(walk(world.facts, more));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a task waiting whose label requires what no worker has, and says what to do', () => {
    const issues = [{ number: 1, labels: ['gpu'] }, { number: 2 }];
    const world = new Imagined(issues, { policy: policyWith({ labels }) });
    world.settle();
    world.wait(2_000);
    expect(world.running().map(({ issue }) => issue)).toEqual([2]);
    expect(wordsOf(world.facts, 1)).toBe(
      'waits because there is no worker with `gpu`; @alice, run the server with `HEDDLE_CAPABILITIES` where there is one, or take the label off that asks for it',
    );
  });

  it('starts it where the server has it', () => {
    const policy = policyWith({ labels });
    const world = new Imagined([{ number: 1, labels: ['gpu'] }], {
      policy,
      settings: { capabilities: ['gpu'] },
    });
    world.settle();
    world.wait(2_000);
    expect(world.running().map(({ issue }) => issue)).toEqual([1]);
  });
});

function wordsOf(facts: Facts, issue: number): string {
  const { statuses } = sightOf(facts);
  const [, status] = [...statuses].find(([view]) => view.task.issue === issue) ?? [];
  return status ? waitText(status, { home: HOME, requestedBy: 'alice' }) : '';
}

/** Without any queue: one task after the other, each compared with all that is held. */
function walk(facts: Facts, more: number): readonly number[] {
  const { waits } = queueWith(facts, -facts.settings.workers);
  const held: { key: string; by: number }[] = [...heldKeys(facts, viewTasks(facts))];
  const busy = facts.memory.attempts.filter(({ outcome }) => outcome === null).length;
  let slots = facts.settings.workers + more - busy;
  const wants = ({ task }: TaskView): boolean => ['slot', 'key'].includes(waits.get(task.issue)?.kind ?? '');
  return viewTasks(facts)
    .filter(wants)
    .flatMap((view) => {
      const { issue } = view.task;
      const keys = keysOf(facts, view);
      const meets = held.some(({ key, by }) => by !== issue && keys.some((own) => keysConflict(own, key)));
      if (meets || slots === 0) return [];
      slots--;
      held.push(...keys.map((key) => ({ key, by: issue })));
      return [issue];
    });
}
