import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import type { AppOptions } from '../../src/demo/box/apps.ts';
import { type Box, startBox } from '../../src/demo/box/start.ts';
import type { Problems } from './box-clients.ts';
import { Listener } from './listener.ts';

/** What a test of a file finds when it begins. */
export interface Boxed {
  readonly box: Box;
  /** Hears the App's webhooks, where the file asks for that. */
  readonly listener: Listener;
  /** Where an exchange was not GitHub's; a test that leaves one here fails. */
  readonly problems: Problems;
}

/**
 * A box of its own for each test of a file, closed afterwards. Answers how to get at it, from a later hook on.
 * @param given `listens`: the App's webhooks go to a listener.
 */
export function boxEachTest(given: { readonly app?: AppOptions; readonly listens?: boolean } = {}) {
  let now: Boxed | undefined;
  beforeEach(async () => {
    const listener = await Listener.start();
    const webhook = given.listens ? { webhook: { url: listener.url } } : {};
    now = { box: await openTestBox({ ...given.app, ...webhook }), listener, problems: [] };
  });
  afterEach(async () => {
    await now?.box.close();
    await now?.listener.close();
    expect(now?.problems).toEqual([]);
  });
  return (): Boxed => {
    if (!now) throw new Error('there is a box in tests and in hooks that are registered later');
    return now;
  };
}

/** A box whose App has the one key of this process: making one takes as long as the rest of a box ten times over. */
export async function openTestBox(app: AppOptions = {}): Promise<Box> {
  privateKey ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
  return await startBox({ app: { privateKey, ...app } });
}

let privateKey: string | undefined;
