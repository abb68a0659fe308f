import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Measured, longest first: where the longest file began last, one worker would wait for the other. */
const LONGEST = [
  'scenarios/crash',
  'scenarios/faults',
  'scenarios/commands',
  'scenarios/dependencies',
  'scenarios/scope',
  'scenarios/webhooks',
  'scenarios/attempts',
  'scenarios/review',
  'scenarios/failure',
  'scenarios/config',
  'scenarios/tracking',
  'scenarios/overlap',
  'cli/serve',
  'demo/sample-agent',
  'cli/plan-repo',
  'demo/box/pulls',
  'repository/push',
  'demo/demo',
  'store/crash',
  'cli/plan',
  'scenarios/story',
  'runner/follow-up',
  'decide/property',
  'runner/safety',
  'repository/box',
  'runner/parallel',
  'runner/implement',
  'plan/bad-input',
  'plan/plan-now',
];

/** Begins with the files that take long, also on a clean clone, where vitest has no times to remember. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((left, right) => rank(left) - rank(right));
  }
}
