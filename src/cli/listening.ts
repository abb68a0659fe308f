import { createServer } from 'node:net';
import { messageOf, UserFacing } from '../domain/errors.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_HOST = 'localhost';

/** Tries whether the server can listen where it is told to. Throws UserFacing with the remedy where it cannot. */
export async function checkListening(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const port = Number(env.PORT) || DEFAULT_PORT;
  const host = env.HOST || DEFAULT_HOST;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ port, host }, resolve);
    });
  } catch (error) {
    throw new UserFacing(`cannot listen on ${host}:${port}: ${reasonOf(error)}`, { cause: error });
  }
  await new Promise((resolve) => server.close(resolve));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'the port is in use; stop what listens there, or set PORT to another one';
  if (code === 'EACCES') return 'this user may not use that port; set PORT to one above 1023';
  return `${messageOf(error)}; check HOST and PORT`;
}
