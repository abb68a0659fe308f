import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../domain/errors.ts';
import type { CodeSurvey, SurveyEvent } from '../../domain/ports/code-survey.ts';
import { Hand } from '../../repository/hand.ts';
import { createCodeSurvey } from '../../repository/survey/code-survey.ts';
import type { LookSettings } from '../settings.ts';

/** A survey whose mirror goes away with it. */
export interface PassingSurvey extends CodeSurvey {
  close(): Promise<void>;
}

/** Somebody waits for it, so that it may take longer than a pass of the server. Milliseconds. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Surveys a repository in a mirror of its own, in a temporary folder: that of a server belongs to the server. `say` is
 * told how it goes on, `tell` what is to be known of the result.
 */
export async function openSurvey(given: {
  readonly settings: LookSettings;
  readonly token: () => Promise<string>;
  readonly say: (line: string) => void;
  readonly tell: (note: string) => void;
}): Promise<PassingSurvey> {
  const { settings, token, say, tell } = given;
  const { protocol, host } = settings.github;
  const dataDir = await mkdtemp(join(tmpdir(), 'heddle-survey-'));
  const hand = new Hand({ dataDir, host: { protocol, host: host ?? 'github.com' }, token });
  const onEvent = (event: SurveyEvent): void => {
    if (event.kind === 'progress' && event.of > 0) say(`surveyed ${event.done} of ${event.of} files`);
    if (event.kind === 'failed') tell(`Its files and history could not be read: ${messageOf(event.error)}`);
  };
  const survey = createCodeSurvey({ hand, dataDir, patienceMs: PATIENCE_MS, onEvent });
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  const interrupted = (): void => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  return {
    survey: (repository) => survey.survey(repository),
    close: async () => {
      process.off('SIGINT', interrupted);
      await survey.close();
      remove();
    },
  };
}
