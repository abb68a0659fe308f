import { defineConfig } from 'vitest/config';
import { CountReporter } from '../support/count-reporter.ts';

/** What takes too long for every change: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    reporters: ['verbose', new CountReporter()],
    testTimeout: 360_000,
    hookTimeout: 360_000,
    maxWorkers: 2,
    // Whole runs wait more than they work.
    maxConcurrency: 4,
  },
});
