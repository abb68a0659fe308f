import type { Admission } from '../../domain/effect.ts';
import { flag, outsideText } from '../codec.ts';
import type { Trx } from '../schema.ts';

/** Stores the last word about an issue's label. */
export async function admit(trx: Trx, admission: Admission, repositoryId: number): Promise<void> {
  const columns = {
    label_event_id: admission.labelEventId,
    actor: outsideText(admission.actor),
    allowed: flag(admission.allowed),
    seen_at: admission.seenAt,
    joined: flag(admission.joined),
    times_joined: admission.timesJoined,
  };
  await trx
    .insertInto('admissions')
    .values({ repository_id: repositoryId, issue: admission.issue, ...columns })
    .onConflict((conflict) => conflict.columns(['repository_id', 'issue']).doUpdateSet(columns))
    .execute();
}
