import type { Override } from '../../domain/dependency.ts';
import { outsideText } from '../codec.ts';
import type { Trx } from '../schema.ts';

/** Keeps what somebody said about a dependency; what is known stays. */
export async function addOverride(trx: Trx, override: Override, repositoryId: number): Promise<void> {
  const { on } = override;
  await trx
    .insertInto('overrides')
    .values({
      repository_id: repositoryId,
      comment_id: override.commentId,
      line: override.line,
      issue: override.issue,
      on_owner: outsideText(on.owner),
      on_name: outsideText(on.name),
      on_number: on.number,
      relation: override.relation,
      author: outsideText(override.author),
      quote: outsideText(override.quote),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
