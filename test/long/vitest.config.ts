import { defineConfig } from 'vitest/config';
import { CountReporter } from '../support/count-reporter.ts';

/** What takes too long for every change: `npm run test:long`. */
export default defineConfig({
  test: {
    include: [
      'test/long/**/*.test.ts',
      // Those that try properties on `runs` examples: here on ten times as many.
      'test/{decide,plan,render}/*propert*.test.ts',
      'test/plan/{explain,plan-now,markdown,problems}.test.ts',
      'test/render/pull-request.test.ts',
      'test/cli/json-fault.test.ts',
    ],
    env: { PROPERTY_FACTOR: '10' },
    reporters: ['verbose', new CountReporter()],
    testTimeout: 360_000,
    hookTimeout: 360_000,
    maxWorkers: 2,
    // Whole runs wait more than they work.
    maxConcurrency: 4,
  },
});
