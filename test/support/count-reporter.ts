import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed`, for machines and for people who look at the last line only. A
 * file that could not be loaded and an error outside of any test count as failed too: no run that exits with 1 may end
 * in "0 failed". Skipped tests are in vitest's own summary above.
 */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((it) => [...it.children.allTests()]);
    const passed = tests.filter((it) => it.result().state === 'passed').length;
    const failed = tests.filter((it) => it.result().state === 'failed').length;
    const outside = modules.flatMap((it) => it.errors()).length + unhandled.length;
    console.log(`${passed} passed, ${failed + outside} failed`);
  }
}
