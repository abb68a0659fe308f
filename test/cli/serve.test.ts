import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBox } from '../support/github/boxed-site.ts';
import type { Site } from '../support/github/site.ts';
import { freePort, Server } from '../support/story/server.ts';
import { Desk, MAIN, refusal, someKey } from './command.ts';

let desk: Desk;
let site: Site;
let good: Readonly<Record<string, string>>;

beforeAll(async () => {
  desk = await Desk.opens();
  site = await openBox();
  good = {
    NODE_ENV: 'production',
    APP_ID: String(site.app.id),
    PRIVATE_KEY: site.app.privateKey,
    GHE_HOST: site.host,
    GHE_PROTOCOL: 'http',
    HEDDLE_SANDBOX: 'none',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
  };
});

afterAll(async () => {
  await site.close();
  await desk.closes();
});

/** What `heddle serve` says to these settings, all others being right. */
const told = async (env: Readonly<Record<string, string>>): Promise<string> =>
  refusal(await desk.runs(['serve'], { ...good, ...env }));

describe('heddle serve refuses, in one line that names the remedy', () => {
  test('an App without a number or a key', async () => {
    expect(await told({ APP_ID: 'heddle' })).toMatch(/APP_ID="heddle" is not a number/);
    expect(await told({ APP_ID: '' })).toContain('APP_ID is missing');
    expect(await told({ PRIVATE_KEY: '' })).toContain('PRIVATE_KEY is missing');
    expect(await told({ APP_ID: '', PRIVATE_KEY: '' })).toMatch(/APP_ID and PRIVATE_KEY.*README/);
  });

  test('a key that is none', async () => {
    expect(await told({ PRIVATE_KEY: 'secret' })).toMatch(/PRIVATE_KEY cannot be used.*\.pem/);
    const broken = someKey().replace(/\n[^-\n]+\n/, '\nAAAA\n');
    expect(await told({ PRIVATE_KEY: broken })).toMatch(/PRIVATE_KEY cannot be used.*\.pem/);
    expect(await told({ PRIVATE_KEY: '', PRIVATE_KEY_PATH: 'nowhere.pem' })).toContain('nowhere.pem');
  });

  test('credentials that GitHub does not know', async () => {
    expect(await told({ PRIVATE_KEY: someKey() })).toMatch(/does not take APP_ID=.*PRIVATE_KEY.*401/);
    expect(await told({ APP_ID: '1' })).toContain('does not take APP_ID=1');
  });

  test('every wrong setting at once', async () => {
    const all = await told({
      HEDDLE_WORKERS: 'many',
      HEDDLE_QUIET_MS: '-1',
      HEDDLE_SANDBOX: 'auto',
      LOG_LEVEL: 'loud',
      PORT: 'http',
      GHE_HOST: 'https://github.example.com',
      GHE_PROTOCOL: 'ftp',
      DATABASE_URL: 'postgres://db',
    });
    for (const name of [
      'WORKERS',
      'QUIET_MS',
      'SANDBOX',
      'LEVEL',
      'PORT',
      'GHE_HOST',
      'PROTOCOL',
      'DATABASE',
    ])
      expect(all).toContain(name);
  });

  test('a resync that would never rest', async () => {
    expect(await told({ HEDDLE_RESYNC_SECONDS: '0' })).toMatch(/RESYNC_SECONDS="0".* from 1 to 86400/);
    expect(await told({ HEDDLE_RESYNC_SECONDS: '99999999' })).toContain('from 1 to 86400');
  });

  test('a data folder that cannot be one', async () => {
    await writeFile(join(desk.folder, 'file'), '');
    expect(await told({ HEDDLE_DATA_DIR: 'file' })).toMatch(/file cannot be created.*HEDDLE_DATA_DIR/);
    expect(await told({ HEDDLE_DATA_DIR: 'file/below' })).toContain('HEDDLE_DATA_DIR');
    await mkdir(join(desk.folder, 'taken', 'heddle.db'), { recursive: true });
    expect(await told({ HEDDLE_DATA_DIR: 'taken' })).toContain('heddle.db cannot be opened');
  });

  test('a port that is in use, and a host that is not this machine', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    const address = await new Promise((resolve) => other.once('listening', () => resolve(other.address())));
    const { port } = Object(address);
    expect(await told({ PORT: String(port) })).toMatch(/port is in use.*set PORT/);
    other.close();
    expect(await told({ HOST: '192.0.2.1' })).toContain('check HOST and PORT');
  });

  test('the data folder of a server that runs', async () => {
    const dataDir = join(desk.folder, 'shared');
    const server = new Server({ site, dataDir });
    await server.starts();
    expect(await told({ HEDDLE_DATA_DIR: dataDir })).toMatch(/[Aa]nother Heddle server.*HEDDLE_DATA_DIR/);
    await server.stops();
  });

  test('an .env file that is none', async () => {
    const other = await Desk.opens();
    await mkdir(join(other.folder, '.env'));
    expect(refusal(await other.runs(['serve'], good))).toContain('.env cannot be read');
    await other.closes();
  });
});

test('an App that is not created yet gets the page of Probot that creates it', async () => {
  const port = await freePort();
  const env = { PATH: process.env.PATH ?? '', HOME: desk.folder, PORT: String(port), NO_SMEE_SETUP: 'true' };
  const server = execa(process.execPath, [MAIN, 'serve'], {
    cwd: desk.folder,
    env,
    extendEnv: false,
    reject: false,
  });
  const page = async () => await fetch(`http://localhost:${port}/probot`).catch(() => null);
  const shown = await vi.waitUntil(page, { timeout: 40_000 });
  expect(await shown.text()).toMatch(/register/i);
  server.kill('SIGTERM');
  expect((await server).exitCode).toBe(0);
});

test('settings in .env count, as with Probot', async () => {
  const other = await Desk.opens();
  await writeFile(join(other.folder, '.env'), 'HEDDLE_WORKERS=lots\n');
  expect(refusal(await other.runs(['serve'], good))).toContain('HEDDLE_WORKERS="lots"');
  await other.closes();
});
