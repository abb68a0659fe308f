import type { AttemptId, EffectKey, RunId, Sha } from '../domain/ids.ts';
import { effectKey } from '../domain/ids.ts';

/*
 * Idempotency keys: the same intent always has the same key, whoever forms it and whenever. A key names what is to be
 * achieved, never the try.
 */
export const trackingKey = (run: RunId): EffectKey => effectKey(`${run}/tracking`);
export const trackingBodyKey = (run: RunId): EffectKey => effectKey(`${run}/tracking-body`);
export const trackingCloseKey = (run: RunId): EffectKey => effectKey(`${run}/tracking-close`);
export const improveKey = (run: RunId, revision: number): EffectKey =>
  effectKey(`${run}/improve/${revision}`);
export const labelsKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/labels`);
export const subIssueKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/sub-issue`);
export const pullKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/pull`);
export const readyKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/ready`);
export const mergeKey = (run: RunId, issue: number, sha: Sha): EffectKey =>
  effectKey(`${run}/${issue}/merge/${sha}`);
export const closeKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/close`);
export const branchKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/branch`);
export const worktreeKey = (run: RunId, issue: number): EffectKey => effectKey(`${run}/${issue}/worktree`);
export const noticeKey = (run: RunId, issue: number, what: string): EffectKey =>
  effectKey(`${run}/${issue}/notice/${what}`);
export const dependenciesCheckKey = (run: RunId, issue: number, sha: Sha): EffectKey =>
  effectKey(`${run}/${issue}/dependencies/${sha}`);
export const verifyCheckKey = (attempt: AttemptId): EffectKey => effectKey(`${attempt}/verify`);
export const pushKey = (attempt: AttemptId): EffectKey => effectKey(`${attempt}/push`);
export const stopKey = (attempt: AttemptId): EffectKey => effectKey(`${attempt}/stop`);
export const dispatchKey = (attempt: AttemptId, fence: number): EffectKey =>
  effectKey(`${attempt}/dispatch/${fence}`);
export const answerKey = (attempt: AttemptId, what: string): EffectKey =>
  effectKey(`${attempt}/answer/${what}`);
/** One refusal for each person on an issue, however often the label is set. */
export const refusedLabelKey = (issue: number, actor: string): EffectKey =>
  effectKey(`label/${issue}/${actor.toLowerCase()}`);
export const emptyEpicKey = (issue: number, labelEvent: number): EffectKey =>
  effectKey(`empty-epic/${issue}/${labelEvent}`);
export const configKey = (issue: number): EffectKey => effectKey(`config/${issue}`);
/** The issue of a `configKey`, or null for any other key. */
export const configIssue = (key: EffectKey): number | null =>
  Number(/^config\/(\d+)$/.exec(key)?.[1] ?? 0) || null;
export const commandKey = (comment: number, what: string): EffectKey =>
  effectKey(`command/${comment}/${what}`);
