import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import * as heddle from '../src/index.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

it('gives programs the planner, the reader of dependencies and the registry of providers', () => {
  expect(Object.keys(heddle).sort()).toEqual([
    'Dispatcher',
    'PlanError',
    'createDispatcher',
    'createMemoryMetrics',
    'createPlan',
    'createProviders',
    'errorsByPackage',
    'errorsFirst',
    'explainPlan',
    'noMetrics',
    'parseDependencies',
    'planNow',
    'rankPackages',
    'replan',
  ]);
  const plan = heddle.planNow({ tasks: [{ id: 1 }, { id: 2, deps: [1] }], workers: 2 });
  expect(plan.order).toEqual(['1', '2']);
  expect(heddle.createDispatcher({ tasks: [{ id: 1 }], workers: 2 }).start()).toEqual([
    { id: '1', worker: 'w1' },
  ]);
  expect(heddle.parseDependencies('Depends on #1')).toMatchObject([{ number: 1 }]);
});

const CONSUMER = `
import { createPlan, explainPlan, type Plan, PlanError, type PlanRequest, parseDependencies, planNow } from 'heddle';
import { builtInProviders } from 'heddle/providers';
const request: PlanRequest = { tasks: [{ id: 1, priority: 'high' }, { id: 2, deps: [1] }], workers: 2 };
const plan: Plan = planNow(request);
export const later: Promise<Plan> = createPlan(request, { budgetMs: 10, signal: new AbortController().signal });
export const numbers: readonly number[] = parseDependencies('Depends on #1').map(({ number }) => number);
export const waits: readonly string[] = explainPlan(request, plan).map(({ id }) => id);
export const problems = (error: unknown): number => (error instanceof PlanError ? error.problems.length : 0);
export const providers = builtInProviders();
`;

it('is typed for the strictest of programs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heddle-consumer-'));
  const compilerOptions = {
    ...{
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    },
    ...{ module: 'nodenext', target: 'es2023', noEmit: true, typeRoots: [join(root, 'node_modules/@types')] },
    types: ['node'],
  };
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', 'heddle'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'main.ts'), CONSUMER);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  const { stdout } = await execa(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { reject: false });
  await rm(folder, { recursive: true });
  expect(stdout).toBe('');
});

/** The built modules that loading one loads. */
async function modulesFrom(entry: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = await readFile(entry, 'utf8');
  for (const [, path = ''] of text.matchAll(/^(?:import|export)\s[^;='"]*['"](\.[^'"]+\.js)['"]/gm))
    await modulesFrom(join(dirname(entry), path), seen);
  return seen;
}

it('loads nothing of the App: no database, no GitHub, no server', async () => {
  const modules = [...(await modulesFrom(join(root, 'dist/index.js')))].map((path) => relative(root, path));
  const rooms = new Set(modules.map((path) => path.split('/')[1]));
  expect([...rooms].sort()).toEqual(['domain', 'index.js', 'plan', 'telemetry']);
  const texts = await modulesFrom(join(root, 'dist/plan/dependencies.js'));
  expect(texts.size).toBeLessThan(modules.length / 3);
});

it('has a docstring on everything that it exports', async () => {
  const faces = ['src/index.ts', 'src/providers.ts'].map((path) => join(root, path));
  const bare: string[] = [];
  for (const face of faces) {
    const text = await readFile(face, 'utf8');
    for (const [, list = '', path = ''] of text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)) {
      const source = await readFile(join(dirname(face), path), 'utf8');
      const names = [...list.matchAll(/(\w+)(?:,|\s*$)/g)].map(([, name]) => name ?? '');
      bare.push(...names.filter((name) => !hasDocstring(source, name)));
    }
  }
  expect(bare).toEqual([]);
});

const hasDocstring = (source: string, name: string): boolean =>
  new RegExp(`\\*/\\nexport (?:async )?(?:interface|type|class|function|const) ${name}\\b`).test(source);
