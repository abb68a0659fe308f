import { createPrivateKey } from 'node:crypto';
import { getPrivateKey } from '@probot/get-private-key';
import { messageOf, UserFacing } from '../domain/errors.ts';
import type { Env } from './settings.ts';

/** How the App proves to GitHub that it is the App. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
}

/**
 * Reads the stock variables of Probot. Null: none of them is set, the App has not been created yet. Throws one UserFacing
 * error that names everything that is missing or wrong, after what cannot be done without them.
 */
export function readCredentials(env: Env, cannot = 'cannot start'): Credentials | null {
  const problems: string[] = [];
  const appId = readAppId(env, problems);
  const privateKey = readKey(env, problems);
  if (!env.APP_ID && privateKey === null && problems.length === 0) return null;
  if (!env.APP_ID) problems.unshift('APP_ID is missing: the number in the settings of the App');
  if (privateKey === null && problems.every((problem) => !problem.startsWith('PRIVATE_KEY')))
    problems.push('PRIVATE_KEY is missing (or PRIVATE_KEY_PATH, the .pem file that GitHub made for the App)');
  if (problems.length > 0) throw new UserFacing(`${cannot}: ${problems.join('; ')}`);
  return privateKey === null ? null : { appId, privateKey };
}

function readAppId({ APP_ID }: Env, problems: string[]): number {
  if (APP_ID && !/^\d{1,15}$/.test(APP_ID))
    problems.push(
      `APP_ID=${JSON.stringify(APP_ID)} is not a number; the settings of the App show its App ID`,
    );
  return Number(APP_ID);
}

/** Null: there is none, or it cannot be used and a problem says why. */
function readKey(env: Env, problems: string[]): string | null {
  try {
    const key = getPrivateKey({ env });
    if (key !== null) createPrivateKey(key);
    return key;
  } catch (error) {
    const why = messageOf(error).replace('[@probot/get-private-key] ', '');
    const remedy = 'Use the whole .pem file that GitHub made for the App';
    problems.push(
      `${env.PRIVATE_KEY ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH'} cannot be used: ${why.replace(/\.$/, '')}. ${remedy}`,
    );
    return null;
  }
}
