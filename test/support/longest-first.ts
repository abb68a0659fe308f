import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Measured, longest first: where the longest file began last, one worker would wait for the other. */
const LONGEST = [
  'scenarios/crash',
  'scenarios/faults',
  'scenarios/commands',
  'scenarios/scope',
  'scenarios/review',
  'scenarios/failure',
  'scenarios/attempts',
  'scenarios/config',
  'runner/follow-up',
  'scenarios/dependencies',
  'repository/box',
  'decide/property',
  'demo/sample-agent',
  'demo/box/git-http',
  'demo/box/reviews',
  'demo/box/pulls',
  'runner/implement',
  'scenarios/webhooks',
  'store/crash',
  'plan/markdown',
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
