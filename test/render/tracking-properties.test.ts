import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarker } from '../../src/domain/marker.ts';
import type { Overlap, PredictedKey } from '../../src/domain/overlap.ts';
import { mermaidLabel } from '../../src/render/graph.ts';
import { planReply } from '../../src/render/plan-reply.ts';
import { statusReply } from '../../src/render/run-replies.ts';
import { renderTracking } from '../../src/render/tracking.ts';
import type { TrackingView } from '../../src/render/tracking-view.ts';
import { runs } from '../support/property-runs.ts';
import { HOME, preview } from './builders.ts';
import { hostile } from './hostile.ts';
import { htmlOf, wordsOf } from './markdown.ts';
import { anyTracking } from './views.ts';

const textsOf = (view: TrackingView): readonly string[] => [
  renderTracking(view).body,
  renderTracking({ ...view, ended: true }).body,
  statusReply(view, 1),
  planReply({ tracking: view, preview: preview(view) }),
];

/** The cells of a table's line: pipes that no backslash disarms separate them. */
const columns = (line: string): number => line.replaceAll(/\\./g, '').split('|').length;

/** Runs of lines that begin with a pipe. */
const tablesOf = (text: string): readonly (readonly string[])[] =>
  text
    .split(/\n\n+/)
    .map((part) => part.split('\n').filter((line) => line.startsWith('|')))
    .filter((lines) => lines.length > 0);

const NODE = /^ {2}[iox][\w]*(?:\["[^"`[\]<>]*"\]|\(\["[^"`[\]<>]*"\]\)):::\w+$/;
const EDGE = /^ {2}[iox]\w* (?:-->|-\. circle \.->) i\d+$/;
const CLASS = /^ {2}classDef \w+ [\w:#, -]+$/;

describe('whatever people write', () => {
  test('the texts of a run stay below the limit of GitHub', () => {
    fc.assert(
      fc.property(anyTracking(120), (view) => {
        for (const shown of [view, { ...view, ended: true }])
          for (const text of textsOf(shown)) expect(text.length).toBeLessThan(65_000);
      }),
      runs(15),
    );
  });

  test('nobody but the people involved is mentioned, and nothing poses as a marker', () => {
    fc.assert(
      fc.property(anyTracking(), (view) => {
        for (const text of textsOf(view)) {
          expect(readMarker(text)).toBeNull();
          expect(wordsOf(text)).not.toMatch(/@(?!alice\b)[\w-]|gh-\d|:\/\/|www\./i);
        }
      }),
      runs(40),
    );
  });

  test('tables keep their columns and folded sections their ends', () => {
    fc.assert(
      fc.property(anyTracking(), (view) => {
        for (const text of textsOf(view)) {
          for (const lines of tablesOf(text)) expect(new Set(lines.map(columns)).size).toBe(1);
          const html = htmlOf(text);
          expect(
            html.filter(
              (each) => !/^<(details>\n<summary>[^<>]*<\/summary|\/details|code|\/code)>$/.test(each),
            ),
          ).toEqual([]);
          expect(html.filter((each) => each.startsWith('<details>')).length).toBe(
            html.filter((each) => each === '</details>').length,
          );
        }
      }),
      runs(40),
    );
  });

  test('every line of the graph is one that Mermaid understands', () => {
    fc.assert(
      fc.property(anyTracking(), (view) => {
        const graph = /```mermaid\nflowchart LR\n([\s\S]*?)\n```/.exec(renderTracking(view).body)?.[1] ?? '';
        for (const line of graph.split('\n').filter((each) => each !== '')) {
          expect(NODE.test(line) || EDGE.test(line) || CLASS.test(line), line).toBe(true);
        }
      }),
      runs(40),
    );
  });

  test('a label of the graph holds no character with a meaning', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        expect(mermaidLabel(text).replaceAll(/#\d+;/g, '')).not.toMatch(/["'`[\](){}<>|;:%&#\\@\n]/);
      }),
    );
  });
});

test('a text of the worst titles and causes fits all the same', () => {
  const bad = '&'.repeat(500);
  const rows = Array.from({ length: 600 }, (_, index) => ({
    ...{
      issue: index + 1,
      title: bad,
      attempt: null,
      agent: bad,
      pull: null,
      requestedBy: bad,
      minutes: null,
    },
    status: { state: 'needs-human', need: { at: 0, who: bad, cause: bad, nextStep: bad } } as const,
  }));
  const to = { ...HOME, number: 1 };
  const dependencies = rows.map(
    ({ issue }) =>
      ({ from: { ...HOME, number: issue }, to, source: 'text', quote: bad, confidence: 1 }) as const,
  );
  const path = rows.map(({ issue }) => issue);
  const cycles = Array.from({ length: 20 }, () => ({ path, evidence: dependencies }));
  const view: TrackingView = {
    ...{
      scope: { kind: 'rolling' },
      repository: HOME,
      revision: 1,
      expectedMinutes: 1,
      sequentialMinutes: 1,
      expectedSpan: null,
      done: null,
      paused: true,
    },
    ...{
      rows,
      dependencies,
      disagreements: dependencies.map((each) =>
        Array.from(
          { length: 9 },
          () => ({ dependency: each, relation: 'depends-on', counts: false }) as const,
        ),
      ),
      cycles,
      batches: [path, path],
      measured: { wallMinutes: 1, sumMinutes: 1 },
      approvalNeeded: true,
    },
    ...{ ended: false, notLinked: path, configInvalid: true },
    ...{ overlaps: manyOverlaps(bad), gaps: Array.from({ length: 50 }, () => bad), accuracy: null },
  };
  for (const shown of [view, { ...view, ended: true }])
    for (const text of textsOf(shown)) expect(text.length).toBeLessThan(65_000);
});

/** 2,000 pairs of the worst words. */
function manyOverlaps(bad: string): readonly Overlap[] {
  const clues = Array.from({ length: 9 }, () => ({
    ...({ source: 'co-change', quote: bad, via: bad, confidence: 0.5 } as const),
  }));
  const key: PredictedKey = { key: bad, clues, confidence: 0.5, level: 'warn' };
  return Array.from({ length: 2_000 }, (_, at) => ({
    ...({ issues: [at, at + 1], keys: [key, key], level: 'warn', confidence: 0.25 } as const),
  }));
}
