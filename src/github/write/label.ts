import type { ActionResult } from '../../domain/effect.ts';
import { DONE, laneOf, named, type Of, type Place, unless } from './place.ts';

const LABELS = '/repos/{owner}/{repo}/issues/{issue_number}/labels';

/**
 * Adds before it removes, so that an issue is never without a state. One label at a time: people may set their own
 * meanwhile, and writing the whole list would take those away. GitHub creates labels that the repository lacks.
 */
export async function setLabels(place: Place, action: Of<'set-labels'>): Promise<ActionResult> {
  const params = { ...named(place), issue_number: action.issue };
  if (action.add.length > 0) {
    const added = { ...params, labels: [...action.add] };
    await place.connection.write(laneOf(place), `POST ${LABELS}`, added, 'plain');
  }
  for (const name of action.remove) {
    const removing = place.connection.write(
      laneOf(place),
      `DELETE ${LABELS}/{name}`,
      { ...params, name },
      'plain',
    );
    await unless([404, 410], removing);
  }
  return DONE;
}
