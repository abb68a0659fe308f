import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/support/count-reporter.ts';
import { isElsewhere } from './test/support/github/elsewhere.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/bench/**'],
    reporters: ['default', new CountReporter()],
    // Whole-app stories start real servers, real git and real agents.
    testTimeout: isElsewhere ? 300_000 : 60_000,
    hookTimeout: isElsewhere ? 300_000 : 60_000,
    // Two cores are the smallest machine that the suite promises to fit. Another server has one App for all stories.
    maxWorkers: isElsewhere ? 1 : 2,
  },
});
