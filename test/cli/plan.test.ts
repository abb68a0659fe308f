import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf } from '../support/schedule-checker.ts';
import { Desk, MAIN, refusal } from './command.ts';

const SHOP = {
  tasks: [
    { id: 12, title: 'Add a parser', duration: 30 },
    { id: 13, title: 'Format prices', duration: 20, exclusiveKeys: ['src/cart.js'] },
    { id: 14, title: 'Round totals', duration: 20, exclusiveKeys: ['src/cart.js'] },
    { id: 15, title: 'Use the parser', duration: 25, deps: [12] },
  ],
  workers: 3,
};

/** One of each kind of problem, and one that is only seen beside the others. */
const WRONG = {
  tasks: [
    { id: 'a', deps: ['b', 'build-ui'] },
    { id: 'b', deps: ['a'] },
    { id: 'c', duration: -1 },
    { id: 'c' },
    { id: 'build-gui', requires: ['gpu'] },
  ],
  workers: 2,
};

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.opens();
  await desk.keeps('shop.json', SHOP);
  await desk.keeps('wrong.json', WRONG);
});

afterAll(async () => {
  await desk.closes();
});

describe('heddle plan', () => {
  test('shows who does what when, and why a task waits', async () => {
    const { exitCode, stdout, stderr } = await desk.runs(['plan', 'shop.json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('4 tasks on 3 workers: 55 min instead of 1 h 35 min, 1.73 times as fast.');
    expect(stdout).toMatch(/20 min +14 Round totals +20 min +w\d +13 holds key src\/cart\.js/);
    expect(stdout).toContain('Critical path: 12 → 15 (55 min)');
  });

  test('prints one JSON document with a plan that keeps every rule, and why tasks wait', async () => {
    const { exitCode, stdout, stderr } = await desk.runs(['plan', 'shop.json', '--json']);
    const plan = JSON.parse(stdout);
    expect({ exitCode, stderr, faults: faultsOf(SHOP, plan) }).toEqual({
      exitCode: 0,
      stderr: '',
      faults: [],
    });
    expect(plan).toMatchObject({ makespan: 55, lowerBound: 55, optimal: true, sequential: 95 });
    expect(plan.waits).toContainEqual({
      id: '14',
      readyAt: 0,
      reasons: [{ kind: 'key', key: 'src/cart.js', heldBy: '13' }],
    });
  });

  test('reads standard input, and takes the number of workers from the command line', async () => {
    const { stdout, exitCode } = await desk.pipes(`\ufeff${JSON.stringify(SHOP)}`, [
      'plan',
      '-',
      '--json',
      '--workers=1',
      '--budget-ms',
      '0',
    ]);
    expect({ exitCode, makespan: JSON.parse(stdout).makespan }).toEqual({ exitCode: 0, makespan: 95 });
  });

  test('prints a Mermaid graph, and writes a chart beside it', async () => {
    const { stdout, stderr } = await desk.runs(['plan', 'shop.json', '--mermaid', '--svg', 'plan.svg']);
    expect(stdout).toMatch(/^flowchart LR\n {2}t0\["12 Add a parser<br\/>30 min"\]:::critical\n/);
    expect(stderr).toBe('The chart is in plan.svg.');
    expect(await desk.finds('plan.svg')).toMatch(
      /^<svg [^>]*role="img"[\s\S]*<title id="plan-title">4 tasks/,
    );
  });

  test('shows its own help', async () => {
    for (const args of [
      ['plan', '--help'],
      ['plan', '-h'],
      ['help', 'plan'],
    ])
      expect((await desk.runs(args)).stdout).toMatch(/^heddle plan: .*\n\nUsage: heddle plan FILE/);
  });

  test('says that there is nothing to plan', async () => {
    const { exitCode, stdout } = await desk.pipes('{"tasks": [], "workers": 2}', ['plan', '-']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'No tasks: there is nothing to plan.',
    });
  });

  test('ends in peace when its reader has seen enough', async () => {
    const tasks = Array.from({ length: 20_000 }, (_, id) => ({ id, duration: 1 }));
    const name = await desk.keeps('long.json', { tasks, workers: 8 });
    const child = spawn(process.execPath, [MAIN, 'plan', name, '--json', '--budget-ms', '0'], {
      cwd: desk.folder,
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect([...(await once(child, 'close')), said]).toEqual([0, null, '']);
  });
});

describe('a plan of thousands of tasks', () => {
  test('is summed up for people, and complete as JSON', async () => {
    const tasks = Array.from({ length: 5_000 }, (_, id) => ({
      id,
      duration: 1 + (id % 9),
      deps: id > 50 ? [id - 50] : [],
    }));
    const name = await desk.keeps('thousands.json', { tasks, workers: 60 });
    const { stdout } = await desk.runs(['plan', name, '--budget-ms', '0']);
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(120);
    expect(stdout).toContain('… and 4,960 more; --json has them all.');
    expect(JSON.parse((await desk.runs(['plan', name, '--json'])).stdout).schedule).toHaveLength(5_000);
  });
});

describe('problems of the tasks', () => {
  test('are all named at once, each in a line with what to do about it', async () => {
    const { exitCode, stdout, stderr } = await desk.runs(['plan', 'wrong.json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "heddle: tasks[2].duration must be 0 to 1000000000 minutes, but is -1
      heddle: the id "c" occurs more than once; give each task an id of its own
      heddle: "a" depends on "build-ui", which is no task; did you mean "build-gui"?
      heddle: "build-gui" requires gpu, and no worker has all of that; change the workers or the capacity, or what the task asks for
      heddle: these tasks wait for each other: a → b → a; remove one of these dependencies"
    `);
  });

  test('are one JSON document on standard output with --json, and a line on standard error', async () => {
    const { exitCode, stdout, stderr } = await desk.runs(['plan', 'wrong.json', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).problems.map(({ kind }: { kind: string }) => kind)).toEqual([
      'invalid',
      'duplicate-id',
      'unknown-dependency',
      'unmet-requirement',
      'cycle',
    ]);
    expect(JSON.parse(stdout).problems).toContainEqual({
      kind: 'cycle',
      path: ['a', 'b', 'a'],
      message: 'these tasks wait for each other: a → b → a',
    });
    expect(stderr).toMatch(/^heddle: .* \(and 4 more, all on standard output\)$/);
  });

  test('in thousands do not flood the terminal', async () => {
    const tasks = Array.from({ length: 3_000 }, (_, id) => ({ id, deps: [`missing-${id}`] }));
    const { stderr } = await desk.pipes(JSON.stringify({ tasks, workers: 1 }), ['plan', '-']);
    expect(stderr.split('\n')).toHaveLength(21);
    expect(stderr).toMatch(/… and 2,980 more problems; --json lists them all$/);
  });
});

test('a field that was most likely meant to be another one is told, and does not stop the plan', async () => {
  const tasks = [
    { id: 1, name: 'One' },
    { id: 2, dependsOn: [1], url: 'x' },
    { id: 3, dependsOn: [2], __proto__x: 1 },
    { id: 4, dep: [1], duration: 0 },
  ];
  const workers = [{ id: 'w', capabilties: ['gpu'] }];
  const ended = await desk.pipes(JSON.stringify({ tasks, workers }), ['plan', '-', '--json']);
  expect([ended.exitCode, JSON.parse(ended.stdout).makespan]).toEqual([0, 180]);
  expect(ended.stderr).toMatchInlineSnapshot(`
    "heddle: note: a task has "name", which nothing reads; did you mean "title"?
    heddle: note: 2 tasks have "dependsOn", which nothing reads; did you mean "deps"?
    heddle: note: a task has "dep", which nothing reads; did you mean "deps"?
    heddle: note: a worker has "capabilties", which nothing reads; did you mean "capabilities"?"
  `);
});

describe('a file that cannot be read', () => {
  test.each([
    ['that is empty', '', /is empty; write \{"tasks"/],
    ['with a number that is none', '{"tasks": [],\n "workers": NaN}', /line 2, column 13: NaN and Infinity/],
    ['with a comma too many', '{"tasks": [],}', /is not JSON: line 1, column 14: the comma/],
    ['of another encoding', new Uint8Array([0xff, 0xfe, 0x7b, 0]), /is UTF-16; save it as UTF-8/],
    ['that is no text', new Uint8Array([0x7b, 0xc3, 0x28]), /is no UTF-8 text/],
    ['that holds nothing', 'null', /the request must be an object, such as \{"tasks"/],
    ['that is a list', '[1]', /the request must be an object, such as \{"tasks"/],
    ['without workers', '{"tasks": []}', /workers must be .*; write it in the file, or give --workers N/],
  ])('%s is refused in one line', async (_, content, words) => {
    const name = await desk.keeps('odd.json', content);
    expect(refusal(await desk.runs(['plan', name]))).toMatch(words);
  });

  test('because it is not there, or is a folder, is refused in one line', async () => {
    expect(refusal(await desk.runs(['plan', 'none.json']))).toMatch(/none\.json does not exist; name/);
    expect(refusal(await desk.runs(['plan', '.']))).toMatch(/is a folder; name a file in it/);
  });

  test('is a problem in the JSON document, too', async () => {
    const { stdout, exitCode } = await desk.runs(['plan', 'none.json', '--json']);
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
      exitCode: 2,
      problems: [{ kind: 'invalid', path: 'none.json' }],
    });
  });
});

describe('a wrong call', () => {
  test('is refused with everything that is wrong with it', async () => {
    const args = [
      'plan',
      'shop.json',
      '--workers',
      '0',
      '--bugdet-ms',
      '5',
      '--jsn',
      '--repo',
      'a/b',
      '--svg',
    ];
    const { exitCode, stdout, stderr } = await desk.runs(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "heddle: --bugdet-ms is no option of heddle plan. Did you mean --budget-ms? "heddle plan --help" lists them
      heddle: --jsn is no option of heddle plan. Did you mean --json? "heddle plan --help" lists them
      heddle: --svg needs the name of a file after it
      heddle: --workers must be a whole number from 1 to 1000000, but is "0""
    `);
  });

  test.each([
    [[], /FILE is missing/],
    [['a.json', 'b.json'], /takes one FILE, but got "a\.json", "b\.json"/],
    [['shop.json', '--workers', 'x'], /--workers must be a whole number from 1 to 1000000, but is "x"/],
    [['shop.json', '--budget-ms', '-1'], /--budget-ms must be a whole number from 0/],
    [['shop.json', '--json=yes'], /--json takes no value/],
    [['shop.json', '--svg', './shop.json'], /--svg would overwrite the file with the tasks/],
    [['shop.json', '--svg', 'nowhere/plan.svg'], /--svg cannot write .*there is no such folder/],
  ])('%j is refused in one line', async (args, words) => {
    const ended = await desk.runs(['plan', ...args]);
    expect(`${ended.exitCode} ${ended.stderr}`).toMatch(words);
    expect(ended.stderr.split('\n')).toHaveLength(1);
  });

  test('with --json is answered in JSON', async () => {
    const { stdout } = await desk.runs(['plan', 'shop.json', '--json', '--workers', '0']);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ kind: 'invalid', path: '--workers' }] });
  });
});
