import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceGraphProvider } from '../src/domain/ports/providers.ts';
import { builtInProviders, surveyProviders, surveyRepository } from '../src/providers.ts';
import { Past } from './repository/survey/past.ts';

/** As anybody may write one. */
const bazel: WorkspaceGraphProvider = {
  name: 'bazel',
  reads: (path) => path.endsWith('BUILD.bazel'),
  graph: (tree) => ({
    packages: tree.files
      .filter((path) => path.endsWith('BUILD.bazel'))
      .map((path) => ({
        name: tree.text(path) ?? '',
        directory: path.slice(0, -12),
        manifest: path,
        dependencies: [],
      })),
    gaps: [],
  }),
};

describe('providers', () => {
  let past: Past;
  beforeAll(async () => {
    past = await Past.create();
  });
  afterAll(() => past.remove());

  test("of one's own are asked like Heddle's", async () => {
    const revision = await past.commit({ 'lib/BUILD.bazel': 'lib', 'package.json': '{"name":"web"}' });
    const map = await surveyRepository(past.gitDir, {
      revision,
      providers: surveyProviders().register('workspace-graph', bazel),
    });
    expect(map.packages.map(({ name, directory }) => [name, directory])).toEqual([
      ['web', ''],
      ['lib', 'lib'],
    ]);
  });

  test('have a name of their own within their kind', () => {
    const providers = builtInProviders();
    expect(providers.of('workspace-graph').map(({ name }) => name)).toEqual(['npm', 'go', 'cargo', 'python']);
    expect(providers.of('repository-info').map(({ name }) => name)).toEqual([
      'codeowners',
      'co-change',
      'hot-files',
    ]);
    expect([...providers.of('diagnostics'), ...providers.of('metrics')].map(({ name }) => name)).toEqual([
      'typescript',
      'memory',
    ]);
    expect(() => providers.register('workspace-graph', { ...bazel, name: 'npm' })).toThrow(
      '"npm" is registered already',
    );
  });
});
