import { run } from 'probot';
import { type Heddle, load, type Traces } from '../app.ts';
import { UserFacing } from '../domain/errors.ts';
import { readSettings } from './settings.ts';

/** `heddle serve`: Probot's server with the App in it, until SIGTERM or SIGINT. */
export async function serve(args: readonly string[], traces: Traces = {}): Promise<void> {
  if (args.length > 0) throw new UserFacing(`serve takes no arguments, but got ${JSON.stringify(args[0])}`);
  // Before Probot starts listening, so that a wrong setting is one line and not a server that half works.
  readSettings(process.env);
  let heddle: Heddle | null = null;
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
