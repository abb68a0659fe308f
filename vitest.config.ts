import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/support/count-reporter.ts';
import { isElsewhere } from './test/support/github/elsewhere.ts';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/bench/**'],
    reporters: ['default', new CountReporter()],
    // Whole-app stories start real servers, real git and real agents.
    testTimeout: isElsewhere ? 300_000 : 120_000,
    hookTimeout: isElsewhere ? 300_000 : 120_000,
    // Patience costs nothing where there is no failure, and a busy machine is none.
    expect: { poll: { timeout: 40_000 } },
    // Two cores are the smallest machine that the suite promises to fit. Another server has one App for all stories.
    maxWorkers: isElsewhere ? 1 : 2,
    // Of the stories that run side by side in a file: they wait more than they work.
    maxConcurrency: 3,
    // A worker loads the sources, GitHub's schemas and the validators compiled from them once, not once a file: that
    // was a quarter of the time. So a file leaves nothing behind that others would meet: no mocks, no environment.
    isolate: false,
    unstubEnvs: true,
    sequence: { sequencer: LongestFirst },
  },
});
