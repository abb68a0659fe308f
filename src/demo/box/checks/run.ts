import type { Account } from '../account.ts';
import type { CheckAction, CheckAnnotation, CheckConclusion, CheckRun, CheckStatus } from '../check.ts';
import type { BoxCore } from '../core.ts';
import { checkRunShape } from '../shapes/check.ts';
import { nextId, type Repository } from '../state.ts';
import { checkSuiteOf, emitSuite, suiteFor } from './suite.ts';
import { summaryOf } from './summary.ts';

/** What an App says about a check run; what is undefined stays as it is. */
export interface CheckReport {
  readonly name?: string | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly startedAt?: number | undefined;
  readonly completedAt?: number | undefined;
  readonly output?: CheckReportOutput | undefined;
  readonly actions?: readonly CheckAction[] | undefined;
}

export interface CheckReportOutput {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly text?: string | undefined;
  /** Added to those that are there. */
  readonly annotations?: readonly CheckAnnotation[] | undefined;
}

/** The App that reports, with its bot. */
export interface Reporter {
  readonly appId: number;
  readonly account: Account;
}

/** A new check run on a commit; a conclusion completes it at once. */
export async function createCheckRun(
  box: BoxCore,
  repo: Repository,
  head: { readonly sha: string; readonly name: string },
  { reporter, report }: { readonly reporter: Reporter; readonly report: CheckReport },
): Promise<CheckRun> {
  const { appId } = reporter;
  const suite = suiteFor(box, repo, { appId, sha: head.sha, branch: await branchAt(box, repo, head.sha) });
  const run: CheckRun = {
    id: nextId(box.world),
    suiteId: suite.id,
    appId,
    headSha: head.sha,
    name: head.name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: box.clock.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    actions: [],
  };
  repo.checkRuns.set(run.id, run);
  write(box, run, report);
  emitRun(box, repo, run, { action: 'created', sender: reporter.account });
  await announceEnd(box, repo, run, reporter);
  return run;
}

/** Changes a check run; completing it, or completing it anew, is told as `completed`. */
export async function updateCheckRun(
  box: BoxCore,
  repo: Repository,
  run: CheckRun,
  { reporter, report }: { readonly reporter: Reporter; readonly report: CheckReport },
): Promise<void> {
  const wasCompleted = run.status === 'completed';
  write(box, run, report);
  if (!wasCompleted) await announceEnd(box, repo, run, reporter);
}

/** Sends a `check_run` webhook; clicks on the run concern its own App only. */
export function emitRun(
  box: BoxCore,
  repo: Repository,
  run: CheckRun,
  { action, sender, more }: RunAction,
): void {
  const own = action === 'rerequested' || action === 'requested_action';
  const payload = { check_run: checkRunShape(box, repo, run), ...more };
  box.emit({ event: 'check_run', action, repo, sender, payload, ...(own && { onlyAppId: run.appId }) });
}

export interface RunAction {
  readonly action: 'created' | 'completed' | 'rerequested' | 'requested_action';
  readonly sender: Account;
  readonly more?: Readonly<Record<string, unknown>>;
}

function write(box: BoxCore, run: CheckRun, report: CheckReport): void {
  run.name = report.name ?? run.name;
  run.externalId = report.externalId ?? run.externalId;
  run.detailsUrl = report.detailsUrl ?? run.detailsUrl;
  run.startedAt = report.startedAt ?? run.startedAt;
  run.actions = report.actions ?? run.actions;
  if (report.output) writeOutput(run, report.output);
  writeStatus(box, run, report);
}

/** A conclusion completes a run; any other status takes its conclusion back. */
function writeStatus(box: BoxCore, run: CheckRun, report: CheckReport): void {
  const status = report.conclusion === undefined ? report.status : 'completed';
  if (status === undefined) return;
  run.status = status;
  run.conclusion = status === 'completed' ? (report.conclusion ?? run.conclusion) : null;
  run.completedAt = status === 'completed' ? (report.completedAt ?? box.clock.now()) : null;
}

function writeOutput(run: CheckRun, output: CheckReportOutput): void {
  run.output = {
    title: output.title ?? run.output.title,
    summary: output.summary ?? run.output.summary,
    text: output.text ?? run.output.text,
    annotations: [...run.output.annotations, ...(output.annotations ?? [])],
  };
}

async function announceEnd(
  box: BoxCore,
  repo: Repository,
  run: CheckRun,
  { account, appId }: Reporter,
): Promise<void> {
  if (run.status !== 'completed') return;
  emitRun(box, repo, run, { action: 'completed', sender: account });
  const suite = checkSuiteOf(repo, run);
  if (summaryOf(repo, suite).status !== 'completed') return;
  suite.updatedAt = box.clock.now();
  await emitSuite(box, repo, suite, { action: 'completed', by: { account, appId } });
}

async function branchAt(box: BoxCore, repo: Repository, sha: string): Promise<string | null> {
  const heads = await box.git.refs(repo, 'refs/heads/');
  return heads.find((ref) => ref.sha === sha)?.name.slice('refs/heads/'.length) ?? null;
}
