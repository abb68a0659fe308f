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

describe('heddle plan --repo', () => {
  test('shows what would be done when, and every reason, and writes nothing', async () => {
    const { exitCode, stdout } = await desk.runs(['plan', '--repo', 'acme/shop'], shop.asPerson('ann'));
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "acme/shop: 7 issues in 2 runs, at most 2 attempts at once. This is a dry run: it
      writes nothing and starts nothing.

      7 tasks on 2 workers: 4 h 26 min instead of 7 h 46 min, 1.75 times as fast.
      At most 14.3 % above the shortest (lower bound 3 h 53 min); a larger --budget-ms
      may find a shorter plan.

      Start       Task               Takes      Worker  Waits for
      0           #3 Format prices   1 h 6 min  w1      –
      0           #6 Draw the form   1 h 6 min  w2      –
      1 h 6 min   #7 Check the form  1 h 6 min  w1      blocked by #6; no worker
                                                        before #3 ends
      1 h 6 min   #1 Add a parser    1 h 6 min  w2      no worker before #6 ends
      2 h 13 min  #2 Use the parser  1 h 6 min  w1      blocked by #1; no worker
                                                        before #7 ends
      2 h 13 min  #4 Round totals    1 h 6 min  w2      no worker before #1 ends
      3 h 20 min  #8 Mail receipts   1 h 6 min  w1      no worker before #2 ends

      w1 [#3───────────────][#7────────────────][#2━━━━━━━━━━━━━━━][#8───────────────]
      w2 [#6───────────────][#1━━━━━━━━━━━━━━━━][#4───────────────]
         |0               |1 h              |2 h             |3 h          4 h 26 min|

      Critical path: #1 → #2 (2 h 13 min)

      Times are assumed, by the kind and size of each task: nothing was measured in
      this repository yet. Nothing is known of the cost.

      Waves of epic #5, each of which could run together:
         1  #6
         2  #7

      Waves of loose issues, each of which could run together:
         1  #3 and #1
         2  #2 and #4
         3  #8

      Why tasks wait for each other:
        #7 waits for #6 (GitHub’s “blocked by”): “marked as blocked by #6”
        #2 waits for #1 (text of the issue, 85 % sure): “Depends on #1: it needs the
          parser.”
        #8 waits for acme/api#1 (text of the issue, 95 % sure): “Blocked by
          acme/api#1”

      Where tasks may change the same:
        #3 and #4 don’t run side by side: both change src/cart.js (#3: the issue
          names it; #4: the issue names it)

      Waits for what is not planned here; times do not count that:
        #8: acme/api#1

      Does not start:
        #9 was labelled by tim, who may not write here"
    `);
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
});
