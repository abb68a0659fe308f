import { vi } from 'vitest';

/**
 * Waits until the check passes or answers something, and answers it: at once where it is so, and patiently on a busy
 * machine. Vitest's own patience is one second.
 */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return await vi.waitFor(check, { timeout: 40_000, interval: 10 });
}
