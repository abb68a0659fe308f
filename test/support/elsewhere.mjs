/*
 * Plays somebody else's GitHub: a box in this process, which the tests know by its address and tokens only, and a
 * command with the environment that names it.
 *
 *     npm run build && node test/support/elsewhere.mjs npx vitest run test/scenarios
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBox } from '../../dist/demo/box/start.js';

const ORGANIZATION = 'elsewhere';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: node test/support/elsewhere.mjs COMMAND [ARGUMENT…]\n');
  process.exit(2);
}
const directory = await mkdtemp(join(tmpdir(), 'heddle-elsewhere-'));
const box = await startBox({ app: { slug: 'weaver', webhook: { secret: 'a-secret-of-elsewhere' } } });
try {
  process.exitCode = await run(await settings());
} finally {
  await box.close();
  await rm(directory, { recursive: true, force: true });
}

/** Nobody and nothing is called here as in the stories: whatever takes a name for granted fails. */
async function settings() {
  box.owns('the-owner', ORGANIZATION);
  box.installsApp(ORGANIZATION);
  const keyFile = join(directory, 'app.pem');
  await writeFile(keyFile, box.privateKey, { mode: 0o600 });
  const people = ['alice', 'bob', 'tess', 'mallory', 'carol'];
  const tokens = people.map((name) => [
    `HEDDLE_TEST_TOKEN_${name.toUpperCase()}`,
    box.person(`${name}-x`).token,
  ]);
  return {
    GHE_HOST: box.host,
    GHE_PROTOCOL: 'http',
    HEDDLE_TEST_OWNER: ORGANIZATION,
    HEDDLE_TEST_APP_ID: String(box.app.id),
    HEDDLE_TEST_PRIVATE_KEY_PATH: keyFile,
    HEDDLE_TEST_WEBHOOK_SECRET: 'a-secret-of-elsewhere',
    HEDDLE_TEST_TOKEN_ADMIN: box.person('the-owner').token,
    ...Object.fromEntries(tokens),
  };
}

async function run(env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
