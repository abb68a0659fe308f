import type { ActionResult } from '../domain/effect.ts';
import { Terminal } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import { branchRef, type Mirror, type Remote } from './mirror.ts';
import { pushRef, remoteTip } from './push.ts';

/** Deletes a landed branch, unless somebody has pushed to it since. */
export async function deleteBranch(given: {
  readonly mirror: Mirror;
  readonly remote: Remote;
  readonly branch: string;
  readonly expected: Sha;
}): Promise<ActionResult> {
  const { mirror, branch } = given;
  const answer = await pushRef({ ...given, source: '' });
  switch (answer.kind) {
    case 'moved':
    case 'gone':
      await mirror.setRefs({ [branchRef(branch)]: null });
      return { kind: 'done' };
    case 'stale':
      // Git's lease does not tell a branch that is gone from one that has moved.
      if ((await remoteTip(given)) === null) return { kind: 'done' };
      return { kind: 'refused', message: `somebody else pushed to ${branch}; it was kept`, stale: true };
    case 'declined':
      throw new Terminal(`GitHub refused to delete ${branch}: ${answer.reason}`);
    default:
      return answer satisfies never;
  }
}
