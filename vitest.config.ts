import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/support/count-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/bench/**'],
    reporters: ['default', new CountReporter()],
    // Whole-app stories start real servers, real git and real agents.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores are the smallest machine that the suite promises to fit.
    maxWorkers: 2,
  },
});
