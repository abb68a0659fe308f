import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha } from '../../../src/domain/ids.ts';
import { plainMap } from '../../../src/repository/survey/plain-map.ts';
import { surveyRepository } from '../../../src/repository/survey/survey-repository.ts';
import { type Files, Past } from './past.ts';

describe('the map of a small repository', () => {
  let past: Past;
  beforeEach(async () => {
    past = await Past.create();
  });
  afterEach(() => past.remove());

  const mapOf = async (...commits: readonly Files[]) => {
    const made = await past.commits(commits.map((files) => ({ files })));
    const commit = made.at(-1) ?? sha('');
    const map = await plainMap({ gitDir: past.gitDir, commit, file: join(past.gitDir, 'survey') });
    return { map, commit };
  };

  test('is made here where nothing is to be parsed, and is the same as elsewhere', async () => {
    const { map, commit } = await mapOf({ 'a.md': '1', 'bin/b.sh': '1' }, { 'a.md': '2', 'bin/b.sh': '2' });
    expect(map?.history.commits).toBe(2);
    expect(map).toEqual(await surveyRepository(past.gitDir, { revision: commit }));
  });

  test.each([['a.ts'], ['deep/a.py'], ['package.json'], ['Cargo.toml'], ['tsconfig.json'], ['CODEOWNERS']])(
    'is not made here where there is %s: a text of strangers would be read',
    async (path) => {
      expect((await mapOf({ 'a.md': '1', [path]: '' })).map).toBeNull();
    },
  );

  test('is not made here where there are many files', async () => {
    const files = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`${at}.md`, '']));
    expect((await mapOf(files)).map).toBeNull();
  });
});
