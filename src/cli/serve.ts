import type { Heddle, Traces } from '../app.ts';
import { UserFacing } from '../domain/errors.ts';
import { readCredentials } from './credentials.ts';
import { applyEnvFile } from './env-file.ts';
import { checkListening } from './listening.ts';
import { readSettings } from './settings.ts';

/**
 * `heddle serve`: Probot's server with the App in it, until SIGTERM or SIGINT. Everything that can be wrong with the
 * call is found before Probot starts, so that it is one line and not a server that half works.
 */
export async function serve(args: readonly string[], traces: Traces = {}): Promise<void> {
  if (args.length > 0) throw new UserFacing(`serve takes no arguments, but got ${JSON.stringify(args[0])}`);
  applyEnvFile();
  const isSetup = readCredentials(process.env) === null;
  if (isSetup) refuseSetupInProduction();
  else readSettings(process.env);
  await checkListening(process.env);
  // Loaded only now: a refusal comes at once.
  const [{ run }, { load }] = await Promise.all([import('probot'), import('../app.ts')]);
  let heddle: Heddle | null = null;
  // Without credentials Probot loads nothing, but serves the page that creates the App and writes them to `.env`.
  const server = await run(async (app) => {
    heddle = await load(app, traces);
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await heddle?.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.removeAllListeners('SIGINT').once('SIGINT', () => void stop());
}

function refuseSetupInProduction(): void {
  if (process.env.NODE_ENV !== 'production') return;
  throw new UserFacing(
    'cannot start: APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) are missing; the README says how to create the ' +
      'App. Without NODE_ENV=production, heddle serve shows a page that creates it',
  );
}
