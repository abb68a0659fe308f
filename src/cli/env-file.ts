import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { messageOf, UserFacing } from '../domain/errors.ts';

/** As Probot does later: the file goes before the environment. */
export function applyEnvFile(): void {
  try {
    Object.assign(process.env, parseEnv(readFileSync('.env', 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new UserFacing(`the file .env cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
