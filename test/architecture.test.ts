import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importCircles } from './support/architecture/circles.ts';
import { isPure, refusal, roomOf, rooms } from './support/architecture/rooms.ts';
import { analyse, readSources } from './support/architecture/source.ts';

const sources = readSources();
const map = new URL('../src/README.md', import.meta.url);

describe('the sources', () => {
  test('belong to a room each', () => {
    expect(sources.filter((it) => !rooms[roomOf(it.path)]).map((it) => it.path)).toEqual([]);
  });

  test('import only what their room may', () => {
    const refused = sources.flatMap((it) => it.imports.flatMap((target) => refusal(it.path, target) ?? []));
    expect(refused).toEqual([]);
  });

  test('import each other without circles', () => {
    expect(importCircles(sources)).toEqual([]);
  });

  test('read no clock, no randomness and no environment in the pure rooms', () => {
    const impure = sources.filter((it) => isPure(it.path) && it.impure.length > 0);
    expect(impure.map((it) => `${it.path}: ${it.impure.join(', ')}`)).toEqual([]);
  });

  test('decide and render without waiting for anything', () => {
    const waiting = sources.filter(
      (it) => ['decide', 'render', 'domain'].includes(roomOf(it.path)) && it.asynchronous,
    );
    expect(waiting.map((it) => it.path)).toEqual([]);
  });

  test('say nothing to people while deciding: every text is in render', () => {
    const prose = sources.filter((it) => roomOf(it.path) === 'decide' && it.phrases.length > 0);
    expect(prose.map((it) => `${it.path}: ${it.phrases.join(' | ')}`)).toEqual([]);
  });

  test('have at most 250 lines each', () => {
    expect(sources.filter((it) => it.lines > 250).map((it) => `${it.path}: ${it.lines}`)).toEqual([]);
  });

  test('are made of short functions', () => {
    const lengths = sources.flatMap((it) => it.functions).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length * 0.5)] ?? 0).toBeLessThanOrEqual(10);
    expect(lengths[Math.floor(lengths.length * 0.95)] ?? 0).toBeLessThanOrEqual(35);
  });

  test('never say any', () => {
    expect(sources.filter((it) => it.anys > 0).map((it) => it.path)).toEqual([]);
  });

  test.runIf(existsSync(map))('have a map that names every room', () => {
    const text = readFileSync(map, 'utf8');
    const found = [...new Set(sources.map((it) => roomOf(it.path)))];
    expect(
      found.filter((room) => !text.includes(room.endsWith('.ts') ? `\`${room}\`` : `\`${room}/\``)),
    ).toEqual([]);
  });
});

describe('the reading of a source', () => {
  test('finds every way to import', () => {
    const text = `import a from './a.ts'; import type { B } from '../plan/b.ts'; export * from './c.ts';
      export { d } from 'zod'; export type E = import('execa').E; const f = () => import('node:fs');`;
    const { imports } = analyse('src/decide/x.ts', text);
    expect([...imports].sort()).toEqual(
      ['execa', 'node:fs', 'src/decide/a.ts', 'src/decide/c.ts', 'src/plan/b.ts', 'zod'].sort(),
    );
  });

  test('finds the clock, randomness and any', () => {
    const text =
      'const a: any = Date.now() + Math.random(); const b = new Date(); const c = new Date(5); fetch(a);';
    const { impure, anys } = analyse('src/decide/x.ts', text);
    expect([...impure].sort()).toEqual(['Date.now', 'Math.random', 'fetch', 'new Date()']);
    expect(anys).toBe(1);
  });

  test('finds what reads like a text, but no names, keys and patterns', () => {
    const text = `const a = 'needs a person'; const b = \`\${a} said so\`; const c = \`\${a} landed\`;`;
    expect(analyse('src/decide/x.ts', text).phrases).toEqual(['needs a person', ' said so', ' landed']);
    const names = `const a = ['set-labels', 'heddle[bot]', \`key: \${b}\`, \`\${b}/tracking\`, /^a b$/];`;
    expect(analyse('src/decide/x.ts', names).phrases).toEqual([]);
  });

  test('finds a circle and its path', () => {
    const file = (name: string, text: string) => analyse(`src/plan/${name}.ts`, text);
    const circle = [file('a', "import './b.ts'"), file('b', "import './c.ts'"), file('c', "import './b.ts'")];
    expect(importCircles(circle)).toEqual(['src/plan/b.ts > src/plan/c.ts > src/plan/b.ts']);
  });
});

describe('the rooms table', () => {
  test('refuses an adapter in the coordinator and a package in the core', () => {
    expect(refusal('src/coordinator/loop.ts', 'src/github/client.ts')).toBeDefined();
    expect(refusal('src/decide/landing.ts', 'zod')).toBeDefined();
    expect(refusal('src/render/words.ts', 'node:fs')).toBeDefined();
    expect(refusal('src/attic/box.ts', 'zod')).toBeDefined();
  });

  test('lets a room use itself, its neighbours and its packages', () => {
    expect(refusal('src/github/reads.ts', 'src/github/client.ts')).toBeUndefined();
    expect(refusal('src/github/reads.ts', 'src/domain/issue.ts')).toBeUndefined();
    expect(refusal('src/github/client.ts', '@octokit/rest')).toBeUndefined();
    expect(refusal('src/plan/evidence.ts', 'mdast-util-from-markdown')).toBeUndefined();
  });
});
