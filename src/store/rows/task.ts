import type { Insertable, Selectable } from 'kysely';
import { runId } from '../../domain/ids.ts';
import { type Ended, type NeedsHuman, PRIORITIES, type Priority, type Task } from '../../domain/task.ts';
import { decodeOrNull, encodeOrNull, outsideText } from '../codec.ts';
import type { TaskTable } from '../schema.ts';

export const taskRow = (task: Task): Insertable<TaskTable> => ({
  run_id: task.runId,
  issue: task.issue,
  requested_by: outsideText(task.requestedBy),
  joined_at: task.joinedAt,
  branch: task.branch,
  text_hash: task.textHash,
  approved_at: task.approvedAt,
  priority: task.priority,
  paused_at: task.pausedAt,
  forgiven_attempts: task.forgivenAttempts,
  approved_attempts: task.approvedAttempts,
  released_attempts: task.releasedAttempts,
  needs_human: encodeOrNull(task.needsHuman),
  ended: encodeOrNull(task.ended),
});

export const readTask = (row: Selectable<TaskTable>): Task => ({
  runId: runId(row.run_id),
  issue: row.issue,
  requestedBy: row.requested_by,
  joinedAt: row.joined_at,
  branch: row.branch,
  textHash: row.text_hash,
  approvedAt: row.approved_at,
  priority: readPriority(row.priority),
  pausedAt: row.paused_at,
  forgivenAttempts: row.forgiven_attempts,
  approvedAttempts: row.approved_attempts,
  releasedAttempts: row.released_attempts,
  needsHuman: decodeOrNull<NeedsHuman>(row.needs_human),
  ended: decodeOrNull<Ended>(row.ended),
});

const readPriority = (text: string | null): Priority | null =>
  PRIORITIES.find((priority) => priority === text) ?? null;
