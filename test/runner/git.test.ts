import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { git } from '../../src/runner/git/git.ts';
import { tempRoom, write } from './support.ts';

afterEach(() => vi.unstubAllEnvs());

test('what git prints is waited for until the pipe is closed, however late it comes', async () => {
  const room = tempRoom();
  write(join(room, 'git'), '#!/bin/sh\n(sleep 0.4; echo late) &\n');
  chmodSync(join(room, 'git'), 0o755);
  vi.stubEnv('PATH', `${room}:${process.env.PATH}`);
  expect(await git({ gitDir: room }, ['write-tree'])).toBe('late\n');
});
