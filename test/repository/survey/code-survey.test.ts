import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SurveyEvent } from '../../../src/domain/ports/code-survey.ts';
import { Hand } from '../../../src/repository/hand.ts';
import {
  type ClosableSurvey,
  type CodeSurveyOptions,
  createCodeSurvey,
} from '../../../src/repository/survey/code-survey.ts';
import type * as Asking from '../../../src/repository/survey/process/ask-maker.ts';
import { home, Origin } from '../origin.ts';
import { Past } from './past.ts';

describe('the survey of a repository', () => {
  let origin: Origin;
  let events: SurveyEvent[];
  const surveys: ClosableSurvey[] = [];
  beforeEach(async () => {
    origin = await Origin.create();
    events = [];
  });
  afterEach(async () => {
    await Promise.all(surveys.splice(0).map((survey) => survey.close()));
    await origin.remove();
  });

  /** A server's survey; it always looks for new commits, and waits for their maps. */
  const open = (options: Partial<CodeSurveyOptions> = {}): ClosableSurvey => {
    const dataDir = join(origin.root, 'data');
    const hand = new Hand({ dataDir, host: { protocol: 'file', host: origin.root }, token: async () => '' });
    const survey = createCodeSurvey({
      hand,
      dataDir,
      freshMs: 0,
      newerPatienceMs: 5_000,
      onEvent: (event) => events.push(event),
      ...options,
    });
    surveys.push(survey);
    return survey;
  };
  const land = async (files: Record<string, string>): Promise<string> => {
    const commit = await origin.commits('main', files);
    await origin.publish('main');
    return commit;
  };

  test('describes the newest commit, and is the same object until there is another one', async () => {
    const survey = open();
    const first = await survey.survey(home);
    expect(first?.files).toEqual(['readme.md']);
    expect(await survey.survey(home)).toBe(first);
    const commit = await land({ 'src/a.ts': "import './b'", 'src/b.ts': '' });
    const second = await survey.survey(home);
    expect(second?.commit).toBe(commit);
    expect(second?.imports).toEqual(new Map([['src/a.ts', ['src/b.ts']]]));
    expect(second?.history.commits).toBe(2);
  });

  test('looks again only after a while, and not at all once it is closed', async () => {
    const survey = open({ freshMs: 60_000 });
    const first = await survey.survey(home);
    await land({ a: '1' });
    expect(await survey.survey(home)).toBe(first);
    await survey.close();
    expect(await survey.survey(home)).toBe(first);
  });

  test('goes on after a restart from what it kept, and throws away what is broken', async () => {
    const before = await open().survey(home);
    const [file = ''] = await readdir(join(origin.root, 'data', 'surveys'));
    const path = join(origin.root, 'data', 'surveys', file);
    const kept = await readFile(path, 'utf8');
    expect(await open().survey(home)).toEqual(before);
    for (const broken of [kept.slice(0, -1), kept.replace('readme', 'README'), '', 'heddle survey 0 x\n{}']) {
      await writeFile(path, broken);
      expect(await open().survey(home)).toEqual(before);
      expect(await readFile(path, 'utf8')).toBe(kept);
    }
  });

  test('does not keep anybody waiting for long: who asked is told when it is there', async () => {
    const told = new EventEmitter();
    const ready = once(told, 'ready');
    const survey = open({ patienceMs: 0, onReady: (key) => told.emit('ready', key), freshMs: 60_000 });
    expect(await survey.survey(home)).toBeNull();
    expect(await ready).toEqual([home.key]);
    expect((await survey.survey(home))?.files).toEqual(['readme.md']);
  });

  test('answers the older map while a newer one is made', async () => {
    const told = new EventEmitter();
    const survey = open({ newerPatienceMs: 0, onReady: (key) => told.emit('ready', key) });
    const first = await survey.survey(home);
    const commit = await land({ a: '1' });
    const ready = once(told, 'ready');
    expect(await survey.survey(home)).toBe(first);
    await ready;
    await expect.poll(async () => (await survey.survey(home))?.commit).toBe(commit);
  });

  test('is none, and says why, where the repository cannot be read; the last one stays', async () => {
    const survey = open();
    const elsewhere = { ...home, name: 'gone', key: { installationId: 7, repositoryId: 43 } };
    expect(await survey.survey(elsewhere)).toBeNull();
    const map = await survey.survey(home);
    await origin.remove();
    expect(await survey.survey(home)).toBe(map);
    expect(events.map(({ kind }) => kind)).toEqual(['failed', 'made', 'failed']);
  });
});

describe('the process that makes a map', () => {
  const built = new URL('../../../dist/repository/survey/process/ask-maker.js', import.meta.url).href;

  test('outlives what strangers wrote: what ends a parser is refused from then on', async () => {
    const { askMaker }: typeof Asking = await import(built);
    const past = await Past.create();
    const deep = `import './b'; x = ${'a+'.repeat(200_000)}a`;
    const commit = await past.commit({
      'a.ts': deep,
      'b.ts': "import './c'",
      'c.py': `import b\nx = ${'('.repeat(100_000)}${')'.repeat(100_000)}`,
      'package.json': `{"name": "__proto__", "dependencies": {"__proto__": "1"}, "workspaces": ["${'*a'.repeat(50)}", "p"]}`,
      'p/package.json': `{"a": ${'['.repeat(200_000)}`,
      'pnpm-workspace.yaml': `packages: ${'['.repeat(100_000)}`,
      'Cargo.toml': `[package]\nname = "constructor"\n[dependencies]\na = ${'['.repeat(10_000)}`,
      'large.ts': `import './b'; //${'x'.repeat(600_000)}`,
    });
    const file = join(past.gitDir, 'survey');
    const ask = () =>
      askMaker({
        gitDir: past.gitDir,
        commit,
        file,
        onProgress: () => {},
        signal: new AbortController().signal,
      });
    const map = await ask();
    expect(map.gaps).toEqual([
      'cannot be read: p/package.json',
      expect.stringContaining('would take too long to match'),
      'cannot be read: Cargo.toml',
      'cannot be parsed safely: a.ts',
      '1 sources are larger than 512 KiB; what is in them is not known: large.ts',
    ]);
    expect([map.packages.map(({ name }) => name), map.files.length]).toEqual([['__proto__'], 8]);
    expect(await ask()).toEqual(map);
    await past.remove();
  });

  test('ends when nobody wants its map any more', async () => {
    const { askMaker }: typeof Asking = await import(built);
    const past = await Past.create();
    const commit = await past.commit({ a: '' });
    const stop = new AbortController();
    const asked = askMaker({
      gitDir: past.gitDir,
      commit,
      file: join(past.gitDir, 'survey'),
      onProgress: () => {},
      signal: stop.signal,
    });
    stop.abort();
    await expect(asked).rejects.toThrow('ended without an answer');
    expect(execFileSync('ls', [past.gitDir], { encoding: 'utf8' })).not.toContain('survey\n');
    await past.remove();
  });
});
