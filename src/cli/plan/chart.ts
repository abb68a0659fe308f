import { writeFile } from 'node:fs/promises';
import stringWidth from 'string-width';
import { messageOf } from '../../domain/errors.ts';
import { PlanError } from '../../plan/plan-error.ts';
import { planSvg } from '../../render/plan/svg.ts';
import type { PlanView } from '../../render/plan/view.ts';
import { invalid } from './invalid.ts';
import { note } from './output.ts';

/** Writes the chart of a plan; `hint`: what to do about a gap. Throws PlanError where the file cannot be written. */
export async function writeChart(file: string, view: PlanView, hint?: string): Promise<void> {
  try {
    await writeFile(file, planSvg(view, stringWidth, hint));
  } catch (error) {
    const isNowhere = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isNowhere ? 'there is no such folder' : messageOf(error);
    const why = `--svg cannot write ${JSON.stringify(file)}: ${reason}; name a file that can be written`;
    throw new PlanError([invalid('--svg', why)], { cause: error });
  }
  note(`The chart is in ${file}.`);
}
