import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { PlanRequest } from '../../src/domain/plan.ts';
import { explainPlan } from '../../src/plan/explain/explain.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { planMermaid } from '../../src/render/plan/mermaid.ts';
import { planSvg } from '../../src/render/plan/svg.ts';
import { renderPlan } from '../../src/render/plan/text.ts';
import { ticks } from '../../src/render/plan/ticks.ts';
import { type Page, PLAIN, type PlanView } from '../../src/render/plan/view.ts';
import { requests } from '../support/plan-requests.ts';
import { hostile } from './hostile.ts';

const page = (width: number): Page => ({ width, cellsOf: stringWidth, style: PLAIN });

function viewOf(request: PlanRequest): PlanView {
  const plan = planNow(request);
  return { request, plan, waits: explainPlan(request, plan) };
}

const shown = (request: PlanRequest, width = 80): string => `\n${renderPlan(viewOf(request), page(width))}\n`;

const SHOP: PlanRequest = {
  tasks: [
    { id: 12, title: 'Add a parser', duration: 30 },
    { id: 13, title: 'Format prices', duration: 20, exclusiveKeys: ['src/cart.js'] },
    { id: 14, title: 'Round totals', duration: 20, exclusiveKeys: ['src/cart.js'] },
    { id: 15, title: 'Use the parser', duration: 25, deps: [12] },
    { id: 16, title: 'Draw charts', duration: 20, requires: ['browser'] },
    { id: 17, title: 'Test charts', duration: 15, requires: ['browser'], demand: { cpu: 4 } },
    { id: 18, title: 'Measure', duration: 12.5, demand: { cpu: 4 }, notBefore: 10 },
  ],
  workers: [
    { id: 'ada', slots: 3 },
    { id: 'bob', capabilities: ['browser'] },
  ],
  capacity: { cpu: 6 },
};

/** Titles and names as people who wish harm would choose them. */
const hostileRequests = fc
  .record({ request: requests, words: fc.array(hostile(8), { minLength: 1, maxLength: 8 }) })
  .map(({ request, words }): PlanRequest => {
    const nameOf = (index: number): string => `${words[index % words.length]}${index}`;
    const tasks = request.tasks.map((task, index) => ({
      ...task,
      id: nameOf(index),
      title: nameOf(index + 1),
      deps: (task.deps ?? []).map((dep) => nameOf(Number(String(dep).slice(1)))),
      exclusiveKeys: (task.exclusiveKeys ?? []).map((key) => `${key}${nameOf(2)}`),
    }));
    return { ...request, tasks };
  });

describe('a plan for people', () => {
  test('names every kind of wait', () => {
    expect(shown(SHOP)).toMatchInlineSnapshot(`
      "
      7 tasks on 2 workers with 4 slots: 55 min instead of 2 h 22 min, 2.59 times as
      fast.
      Optimal: no plan is shorter (lower bound 55 min).

      Start        Task               Takes        Worker  Waits for
      0            13 Format prices   20 min       ada     –
      0            16 Draw charts     20 min       bob     –
      0            12 Add a parser    30 min       ada     –
      10 min       18 Measure         12 min 30 s  ada     not before 10 min
      20 min       14 Round totals    20 min       ada     13 holds key src/cart.js
      22 min 30 s  17 Test charts     15 min       bob     too little cpu before 18
                                                           ends
      30 min       15 Use the parser  25 min       ada     blocked by 12

      ada [13────────────────────────][14───────────────────────]
      ada [12━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━][15━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━]
      ada               [18─────────────]
      bob [16────────────────────────]   [17─────────────────]
          |0            |10 min       |20 min      |30 min       |40 min       55 min|

      Critical path: 12 → 15 (55 min)

      Batches, which could run together:
         1  12, 13, 16 and 18
         2  15, 14 and 17
      "
    `);
  });

  test('stays in a narrow terminal, with wide characters and long ids', () => {
    const tasks = [
      { id: 'x'.repeat(300), title: 'y'.repeat(500), duration: 10 },
      { id: '漢字'.repeat(40), duration: 15, deps: ['x'.repeat(300)] },
      { id: '\u001b[31mred\nnews', title: '👩‍💻 works', duration: 5 },
    ];
    expect(shown({ tasks, workers: [{ id: 'ワーカー' }] }, 50)).toMatchInlineSnapshot(`
      "
      3 tasks on 1 worker: 30 min.
      Optimal: no plan is shorter (lower bound 30 min).

      Start   Task         Takes   Worker    Waits for
      0       xxxxxxxxxxx  10 min  ワーカー  –
              xxxxxxxxxxx
              x…
              yyyyyyyyyyy
              yyyyyyy…
      10 min  漢字漢字漢   15 min  ワーカー  blocked by
              字漢字漢字                     xxxxxxxxxxx
              漢字漢字漢                     xxxxxxxxxxx
              字漢字漢字                     x…
              漢字漢…
      25 min  red news 👩‍💻  5 min   ワーカー  no worker
              works                          before
                                             漢字漢字漢
                                             字漢字漢字
                                             漢字漢字漢
                                             字漢字漢字
                                             漢字漢…
                                             ends

      ワーカー [xxxxxxxxxxx…][漢字漢字漢字漢字…━][─────]
               |0            |10 min             30 min|

      Critical path: xxxxxxxxxxxxxxxxxxxxxxx… →
      漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢…
      (25 min)

      Batches, which could run together:
         1  xxxxxxxxxxxxxxxxxxxxxxx…
         2  漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字
            漢…
         3  red news
      "
    `);
  });

  test('shows how busy everybody is where tasks are too many to be drawn', () => {
    const tasks = Array.from({ length: 900 }, (_, id) => ({
      id,
      duration: 1,
      deps: id > 600 ? [id - 1] : [],
    }));
    const text = shown({ tasks, workers: 4 }, 60);
    expect(text).toMatch(/^w4 █+$/m);
    expect(text).toContain('… and 860 more; --json has them all.\n4 of 900 tasks can start at once; the');
  });

  test('has no chart where there is nothing to see, and says where a duration was only estimated', () => {
    const text = shown({
      tasks: [
        { id: 1, duration: 5e-324 },
        { id: 2, duration: 0 },
      ],
      workers: 1,
    });
    expect(text).not.toContain('|0');
    expect(shown({ tasks: [{ id: 1 }], workers: 1 })).toContain(
      '1 task has no duration: what its title says',
    );
  });

  test('fits its width, whatever the tasks are called', () => {
    fc.assert(
      fc.property(hostileRequests, fc.integer({ min: 40, max: 160 }), (request, width) => {
        const lines = renderPlan(viewOf(request), page(width)).split('\n');
        expect(lines.filter((line) => stringWidth(line) > width || /[\p{Cc}\u202e]/u.test(line))).toEqual([]);
      }),
    );
  });
});

describe('a plan as a graph', () => {
  test('has an arrow from each blocker, and a dotted line where tasks take turns', () => {
    expect(planMermaid(viewOf(SHOP)).text).toMatchInlineSnapshot(`
      "flowchart LR
        t0["12 Add a parser<br/>30 min"]:::critical
        t1["15 Use the parser<br/>25 min"]:::critical
        t2["13 Format prices<br/>20 min"]:::task
        t3["14 Round totals<br/>20 min"]:::task
        t4["16 Draw charts<br/>20 min"]:::task
        t5["17 Test charts<br/>15 min"]:::task
        t6["18 Measure<br/>12 min 30 s"]:::task
        t0 --> t1
        t2 -.-|"src#47;cart.js"| t3
        classDef task fill:#d0d7de,stroke:#57606a,color:#1f2328
        classDef critical fill:#ffd8b5,stroke:#953800,color:#1f2328,stroke-width:3px"
    `);
  });

  test('says when it is too large for GitHub', () => {
    const tasks = Array.from({ length: 600 }, (_, id) => ({ id, deps: id > 0 ? [id - 1] : [] }));
    expect(planMermaid(viewOf({ tasks, workers: 1 })).isTooLarge).toBe(true);
  });

  test('holds nothing of its tasks but quoted labels', () => {
    fc.assert(
      fc.property(hostileRequests, (request) => {
        const [, ...lines] = planMermaid(viewOf(request)).text.split('\n');
        const form =
          /^ {2}(?:t\d+\["[^"<>[\]{}]*<br\/>[\w ]+"\]:::\w+|t\d+ --> t\d+|t\d+ -\.-\|"[^"<>|]*"\| t\d+|classDef [\w#:,-]+ [\w#:,-]+)$/u;
        expect(lines.filter((line) => !form.test(line))).toEqual([]);
      }),
    );
  });
});

test('the marks of a chart stand at round times, no more than asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (end, most) => {
        const times = ticks(end, most);
        expect(times.length).toBeLessThanOrEqual(most + 1);
        expect(times[0]).toBe(0);
        expect(times.filter((time) => time > end)).toEqual([]);
      },
    ),
  );
});

describe('a plan as a chart', () => {
  test('is a picture with a title, a description, and a tip on every bar', () => {
    const svg = planSvg(viewOf(SHOP), stringWidth);
    expect(svg).toContain('role="img" aria-labelledby="plan-title plan-desc"');
    expect(svg).toContain('<desc id="plan-desc">A row for each worker, a bar for each task');
    expect(svg).toContain(
      '<title>14 Round totals: 20 min to 40 min on ada, waits: 13 holds key src/cart.js</title>',
    );
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).not.toMatch(/<script|href|url\(|@import/);
  });

  test('is well-formed, whatever the tasks are called', () => {
    fc.assert(
      fc.property(hostileRequests, (request) => {
        expect(faultsOfXml(planSvg(viewOf(request), stringWidth))).toEqual([]);
      }),
    );
  });

  test('draws tasks of less than a pixel together', () => {
    const tasks = Array.from({ length: 20_000 }, (_, id) => ({ id, duration: 1 }));
    const svg = planSvg(viewOf({ tasks, workers: 2 }), stringWidth);
    expect(svg.length).toBeLessThan(5_000);
    expect(svg).toContain('<title>10,000 short tasks</title>');
  });
});

/** Tags that are not closed in their order, and characters that XML does not allow where they stand. */
function faultsOfXml(text: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  const tag = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*")*)(\/?)>/g;
  for (const [whole, close, name = '', , self] of text.matchAll(tag)) {
    if (close === '/' && open.pop() !== name) faults.push(whole);
    if (close === '' && self === '') open.push(name);
  }
  const rest = text.replaceAll(tag, '').replaceAll(/&#\d+;/g, '');
  return [...faults, ...open, ...(rest.match(/[<&]|(?=\p{Cc})[^\n]|\p{Cs}/gu) ?? [])];
}
