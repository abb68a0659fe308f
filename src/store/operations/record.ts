import type { Recording } from '../../domain/effect.ts';
import type { Trx } from '../schema.ts';
import { addAttempt } from './add-attempt.ts';
import { addOverride } from './add-override.ts';
import { addTask } from './add-task.ts';
import { admit } from './admit.ts';
import { cancelAttempt } from './cancel-attempt.ts';
import { handleCommand } from './handle-command.ts';
import { openRun } from './open-run.ts';
import { scoreTask } from './score-task.ts';
import { updateRepository } from './update-repository.ts';
import { updateRun } from './update-run.ts';
import { updateTask } from './update-task.ts';

/** Stores one recording; storing it again changes nothing. */
export async function record(trx: Trx, recording: Recording, repositoryId: number): Promise<void> {
  switch (recording.kind) {
    case 'open-run':
      return await openRun(trx, recording.run, repositoryId);
    case 'update-run':
      return await updateRun(trx, recording, repositoryId);
    case 'admit':
      return await admit(trx, recording.admission, repositoryId);
    case 'add-task':
      return await addTask(trx, recording.task);
    case 'update-task':
      return await updateTask(trx, recording);
    case 'add-attempt':
      return await addAttempt(trx, recording.attempt, repositoryId);
    case 'cancel-attempt':
      return await cancelAttempt(trx, recording.attempt, repositoryId);
    case 'handle-command':
      return await handleCommand(trx, recording.command, repositoryId);
    case 'add-override':
      return await addOverride(trx, recording.override, repositoryId);
    case 'score-task':
      return await scoreTask(trx, recording.scored, repositoryId);
    case 'update-repository':
      return await updateRepository(trx, recording.patch, repositoryId);
    default:
      return recording satisfies never;
  }
}
