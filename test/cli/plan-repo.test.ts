import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk, refusal } from './command.ts';
import { Shop } from './shop.ts';

let desk: Desk;
let shop: Shop;

beforeAll(async () => {
  [desk, shop] = await Promise.all([Desk.opens(), Shop.opens()]);
  shop.fills();
});

afterAll(async () => {
  await desk.closes();
  await shop.box.close();
});

/** The call and what it prints. */
function readmeBlock(): readonly string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, block = ''] = /^```console\n\$ (heddle plan --repo [\s\S]*?)\n```/m.exec(readme) ?? [];
  return `$ ${block}`.split('\n');
}

/** Which of several equally good orders is found is the planner's affair: head and reasons are compared. */
function withoutPlan(lines: readonly string[]): readonly string[] {
  const reasons = lines.indexOf(
    'Times are assumed, by the kind and size of each task: nothing was measured in',
  );
  const waves = lines.filter((line) => /^ +\d+ {2}#/.test(line));
  return [...lines.slice(0, 4), ...lines.slice(reasons).filter((line) => !waves.includes(line))];
}

describe('heddle plan --repo', () => {
  test('shows what the README shows, with every reason, and writes nothing', async () => {
    const [line = '', ...shown] = readmeBlock();
    const { exitCode, stdout } = await desk.runs(line.split(' ').slice(2), shop.asPerson('ann'));
    expect(exitCode).toBe(0);
    expect(withoutPlan(stdout.split('\n'))).toEqual(withoutPlan(shown));
    expect(await desk.finds('plan.svg')).toContain('<title id="plan-title">7 tasks on 2 workers');
    const writes = shop.box.calls.all.filter(({ method, route }) => method !== 'GET' && route !== '/graphql');
    expect(writes).toEqual([]);
  });

  test('sees the same as the App, names circles, and then ends with 2', async () => {
    shop.box.installsApp('acme');
    shop.turnsInACircle();
    const args = ['plan', '--repo', 'acme/shop', '--json', '--no-survey'];
    const ended = await Promise.all([desk.runs(args, shop.asApp()), desk.runs(args, shop.asPerson('ann'))]);
    const [asApp, asPerson] = ended.map(({ stdout }) => JSON.parse(stdout));
    expect(asApp).toEqual(asPerson);
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([2, 2]);
    expect(asApp.problems).toEqual([
      {
        kind: 'cycle',
        path: ['#10', '#11', '#10'],
        message: 'these issues wait for each other: #10 → #11 → #10',
      },
    ]);
  });

  test('tries again what may pass, does without what it may not ask, and says so', async () => {
    const { faults } = shop.box;
    faults.request({ path: /\/repos\/acme\/shop$/ }, { kind: 'status', status: 502, when: 'before' });
    faults.request({ path: '/permission', times: 2 }, { kind: 'status', status: 403, when: 'before' });
    const ended = await desk.runs(['plan', '--repo', 'acme/shop', '--no-survey'], shop.asPerson('ann'));
    expect(ended.stderr).toMatch(/GitHub answered 502; trying again in 1 s/);
    expect(ended.stderr).toMatch(/note: The token may not ask who may write/);
    expect(ended.stdout).not.toContain('was labelled by tim');
  });

  test('says how to ask for work where nobody has, and what keeps the App from starting', async () => {
    const ended = await desk.runs(['plan', '--repo', 'acme/api'], shop.asPerson('ann'));
    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^acme\/api has nothing to plan/),
    });
    expect(ended.stderr).toMatch(/The App would start nothing yet: \.github\/parallel\.yml does not exist/);
  });

  test('refuses in one line with the remedy', async () => {
    const asked = async (env: Readonly<Record<string, string>>, repo = 'acme/shop'): Promise<string> =>
      refusal(await desk.runs(['plan', '--repo', repo], env)).replaceAll(shop.box.host, 'HOST');
    expect([
      await asked({}),
      await asked({ ...shop.here(), GH_TOKEN: 'nonsense' }),
      await asked(shop.asPerson('ann'), 'acme/nowhere'),
      await asked(shop.asApp(), 'acme/nowhere'),
      await asked({}, 'https://github.com/acme/shop.git'),
    ]).toMatchInlineSnapshot(`
      [
        "heddle: cannot look at GitHub: set GITHUB_TOKEN to a token that can read the repository's issues and contents ("gh auth token" prints one), or APP_ID and PRIVATE_KEY of the App",
        "heddle: GitHub does not know the token in GH_TOKEN: it is wrong or has run out",
        "heddle: HOST has no repository acme/nowhere, or the token in GITHUB_TOKEN may not see it: check the name and what the token has access to",
        "heddle: the App is not installed on acme/nowhere, or HOST has no such repository: install it there, or set GITHUB_TOKEN to a token that can read it",
        "heddle: --repo must be owner/name, but is "https://github.com/acme/shop.git"; did you mean acme/shop?",
      ]
    `);
  });

  test('refuses in one JSON document where one is asked for', async () => {
    const ended = await desk.runs(['plan', '--repo', 'acme/shop', '--json'], {});
    expect(ended.exitCode).toBe(2);
    expect(JSON.parse(ended.stdout)).toEqual({
      problems: [{ kind: 'invalid', path: '--repo', message: expect.stringMatching(/set GITHUB_TOKEN/) }],
    });
  });
});
