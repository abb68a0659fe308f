import { createPlan } from '../../plan/create-plan.ts';
import { explainPlan } from '../../plan/explain/explain.ts';
import { numbered } from '../../render/plan/numbered.ts';
import { renderPreview } from '../../render/plan/preview.ts';
import { cycleProblems, previewJson } from '../../render/plan/preview-json.ts';
import { previewMermaid } from '../../render/plan/preview-mermaid.ts';
import type { Preview } from '../../render/plan/preview-view.ts';
import { applyEnvFile } from '../env-file.ts';
import { readLookSettings } from '../settings.ts';
import { pageOf } from '../terminal.ts';
import { accessTo, explained, proofOf } from './access.ts';
import type { Call, PlanSource } from './call.ts';
import { writeChart } from './chart.ts';
import { type Look, lookAt } from './look.ts';
import { note, out, outMermaid, refuse } from './output.ts';
import { patiently } from './patience.ts';
import { Progress } from './progress.ts';

type Named = Extract<PlanSource, { kind: 'repository' }>;

/** `heddle plan --repo owner/name`: what the App would do with the labelled issues, and why. Writes nothing anywhere. */
export async function dryRun(call: Call, named: Named): Promise<void> {
  const { view, notes } = await lookPatiently(call, named);
  const searched = call.budgetMs === null ? view : await improved(view, call.budgetMs);
  for (const line of notes) note(`heddle: note: ${line}`);
  await show(call, { view: searched, notes });
  const problems = cycleProblems(view);
  if (problems.length > 0) refuse(problems, { ids: [], isListed: call.form === 'json' });
}

async function lookPatiently(call: Call, named: Named): Promise<Look> {
  applyEnvFile();
  const proof = proofOf(process.env);
  const settings = readLookSettings(process.env);
  const progress = new Progress(`reading ${named.owner}/${named.name}`);
  const look = async (): Promise<Look> => {
    const access = await accessTo(named, { proof, settings, onCall: progress.count });
    return await lookAt(access, { ...settings, workers: call.workers ?? settings.workers });
  };
  try {
    return await patiently(look, { tell: progress.say });
  } catch (error) {
    throw explained(error, proof);
  } finally {
    progress.end();
  }
}

/** The App plans at once; a longer search may show what is left to gain. */
async function improved(view: Preview, budgetMs: number): Promise<Preview> {
  const plan = await createPlan(view.request, { budgetMs });
  return { ...view, plan, waits: explainPlan(view.request, plan) };
}

async function show(call: Call, { view, notes }: Look): Promise<void> {
  const isEmpty = view.plan.order.length === 0;
  if (call.svg !== null && !isEmpty) await writeChart(call.svg, numbered(view));
  switch (call.form) {
    case 'json':
      return out(JSON.stringify(previewJson(view, notes)));
    case 'mermaid':
      return outMermaid(previewMermaid(view));
    case 'text':
      return out(renderPreview(view, pageOf(process.stdout, process.env)));
    default:
      return call.form satisfies never;
  }
}
