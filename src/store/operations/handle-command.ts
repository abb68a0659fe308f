import type { HandledCommand } from '../../domain/effect.ts';
import { outsideText } from '../codec.ts';
import type { Trx } from '../schema.ts';

/** Notes what became of a command line; its first result stays. */
export async function handleCommand(trx: Trx, command: HandledCommand, repositoryId: number): Promise<void> {
  await trx
    .insertInto('commands')
    .values({
      repository_id: repositoryId,
      comment_id: command.commentId,
      line: command.line,
      verb: outsideText(command.verb),
      author: outsideText(command.author),
      result: command.result,
      at: command.at,
    })
    .onConflict((conflict) => conflict.columns(['repository_id', 'comment_id', 'line']).doNothing())
    .execute();
}
