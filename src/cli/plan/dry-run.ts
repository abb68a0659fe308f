import { NO_SURVEY } from '../../coordinator/clues.ts';
import { numbered } from '../../render/plan/numbered.ts';
import { renderPreview } from '../../render/plan/preview.ts';
import { cycleProblems, previewJson } from '../../render/plan/preview-json.ts';
import { previewMermaid } from '../../render/plan/preview-mermaid.ts';
import type { Preview } from '../../render/plan/preview-view.ts';
import { applyEnvFile } from '../env-file.ts';
import { readLookSettings } from '../settings.ts';
import { pageOf } from '../terminal.ts';
import { accessTo, explained, type Proof, proofOf } from './access.ts';
import type { Call, PlanSource } from './call.ts';
import { writeChart } from './chart.ts';
import { lookAt } from './look.ts';
import { note, out, outMermaid, refuse } from './output.ts';
import { patiently } from './patience.ts';
import { Progress } from './progress.ts';
import { openSurvey } from './survey.ts';

type Named = Extract<PlanSource, { kind: 'repository' }>;

/** `heddle plan --repo owner/name`: what the App would do with the labelled issues, and why. Writes nothing anywhere. */
export async function dryRun(call: Call, named: Named): Promise<void> {
  applyEnvFile();
  const proof = proofOf(process.env);
  const progress = new Progress(`reading ${named.owner}/${named.name}`);
  try {
    const notes = new Set<string>();
    const asked = { call, named, proof, progress, tell: (note: string) => void notes.add(note) };
    const view = await patiently(() => lookOnce(asked), { tell: progress.say });
    progress.end();
    await show(call, { view, notes: [...notes] });
  } catch (error) {
    throw explained(error, proof);
  } finally {
    progress.end();
  }
}

interface Asked {
  readonly call: Call;
  readonly named: Named;
  readonly proof: Proof;
  readonly progress: Progress;
  readonly tell: (note: string) => void;
}

async function lookOnce({ call, named, proof, progress, tell }: Asked): Promise<Preview> {
  const given = readLookSettings(process.env);
  const settings = { ...given, workers: call.workers ?? given.workers };
  const access = await accessTo(named, { proof, settings, onCall: progress.count });
  const tools = { access, settings, budgetMs: call.budgetMs, tell };
  if (!call.survey) return await lookAt({ ...tools, survey: NO_SURVEY });
  const survey = await openSurvey({ settings, token: access.token, say: progress.say, tell });
  try {
    return await lookAt({ ...tools, survey });
  } finally {
    await survey.close();
  }
}

async function show(call: Call, { view, notes }: Shown): Promise<void> {
  for (const line of notes) note(`heddle: note: ${line}`);
  await print(call, { view, notes });
  const problems = cycleProblems(view);
  if (problems.length > 0) refuse(problems, { ids: [], isListed: call.form === 'json' });
}

interface Shown {
  readonly view: Preview;
  /** What is not as somebody might think. */
  readonly notes: readonly string[];
}

async function print(call: Call, { view, notes }: Shown): Promise<void> {
  const isEmpty = view.plan.order.length === 0;
  if (call.svg !== null && !isEmpty) await writeChart(call.svg, numbered(view), '');
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
