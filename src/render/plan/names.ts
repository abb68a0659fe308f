import type { PlanTask } from '../../domain/plan.ts';
import { minutesText } from '../words.ts';
import { flat } from './cells.ts';
import type { PlanView } from './view.ts';

/** Characters of an id; what is longer is cut: no table could hold it. */
const MOST_ID = 24;
/** Of an id and a title, or a key. */
const MOST_NAME = 44;

/** An id as people read it. */
export const idText = (id: string): string => shortened(flat(id) || JSON.stringify(id), MOST_ID);

/** A key, a resource or a capability. */
export const keyText = (key: string): string => shortened(flat(key) || JSON.stringify(key), MOST_NAME);

/** Several ids: `a, b and 7 more`. */
export function idList(ids: readonly string[], max: number): string {
  const shown = ids.slice(0, max).map(idText);
  const rest = ids.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${numberText(rest)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A way through tasks: `a → b → c`; a long one is cut in the middle. */
export function pathText(ids: readonly string[]): string {
  const texts = ids.length > 14 ? [...ids.slice(0, 9), ...ids.slice(-4)] : ids;
  const words = texts.map(idText);
  if (texts.length < ids.length) words.splice(9, 0, `… ${numberText(ids.length - 13)} more …`);
  return words.join(' → ');
}

/** Tasks by their ids: for titles. */
export const tasksById = ({ request }: PlanView): ReadonlyMap<string, PlanTask> =>
  new Map(request.tasks.map((task) => [String(task.id), task]));

/** `12 Add a parser`. */
export function nameText(id: string, task: PlanTask | undefined): string {
  const title = flat(task?.title ?? '');
  return title === '' ? idText(id) : shortened(`${idText(id)} ${title}`, MOST_NAME);
}

/** When something starts; minutes from the beginning. */
export const atText = (minutes: number): string => (minutes === 0 ? '0' : minutesText(minutes));

/** `12,345`. */
export const numberText = (number: number): string => number.toLocaleString('en-US');

function shortened(text: string, most: number): string {
  const characters = [...text.slice(0, 4 * most)];
  if (characters.length <= most && text.length <= 4 * most) return text;
  return `${characters.slice(0, most - 1).join('')}…`;
}
