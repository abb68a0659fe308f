import { z } from 'zod';
import type { CheckAnnotation, CheckRun } from '../check.ts';
import type { BoxCore } from '../core.ts';
import { HttpError, notFound } from '../errors.ts';
import { needs } from '../needs.ts';
import { page, wrappedPage } from '../pages.ts';
import { choice, ok, type Register, type RepoCall, type Routes } from '../router.ts';
import { checkRunShape, checkSuiteShape } from '../shapes/check.ts';
import { repositoryPage } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';
import { checksOf, latestChecks } from './latest.ts';
import { type CheckReport, createCheckRun, type Reporter, updateCheckRun } from './run.ts';

const read = needs('checks:read', 'read');
const write = needs('checks:write', 'admin');

/** Check runs and suites: read by many, written by Apps only. */
export const checkRoutes: Register = (routes, box) => {
  writing(routes, box);
  reading(routes, box);
  listing(routes, box);
};

/** GitHub's limits: characters of summary and text, annotations in one call, buttons. */
const longText = z.string().max(65_535);
const annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().nullable().default(null),
  raw_details: z.string().nullable().default(null),
  start_column: z.number().int().nullable().default(null),
  end_column: z.number().int().nullable().default(null),
});
const action = z.object({
  label: z.string().max(20),
  description: z.string().max(40),
  identifier: z.string().max(20),
});
const conclusions = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
  'stale',
] as const;
const report = z.object({
  name: z.string().min(1).optional(),
  details_url: z.url().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z.enum(conclusions).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: longText.optional(),
      text: longText.optional(),
      annotations: z.array(annotation).max(50).optional(),
    })
    .optional(),
  actions: z.array(action).max(3).optional(),
});
const newRun = report.extend({ name: z.string().min(1), head_sha: z.string() });

function writing(routes: Routes, box: BoxCore): void {
  routes.repo('POST', '/check-runs', write, async (call) => {
    const reporter = reporterOf(call);
    const { head_sha: wanted, ...body } = await call.body(newRun);
    const sha = await box.git.resolve(call.repo, wanted);
    if (sha === undefined) throw new HttpError(422, `No commit found for SHA: ${wanted}`);
    refuseOpenEnd(body);
    const details = { reporter, report: reportOf(body) };
    const run = await createCheckRun(box, call.repo, { sha, name: body.name }, details);
    return ok(checkRunShape(box, call.repo, run), 201);
  });
  routes.repo('PATCH', '/check-runs/:check_run_id', write, async (call) => {
    const reporter = reporterOf(call);
    const run = runOf(call);
    if (run.appId !== reporter.appId) throw new HttpError(403, 'Invalid app_id');
    const body = await call.body(report);
    refuseOpenEnd(body);
    await updateCheckRun(box, call.repo, run, { reporter, report: reportOf(body) });
    return ok(checkRunShape(box, call.repo, run));
  });
}

function reporterOf({ actor }: RepoCall): Reporter {
  if (actor.kind === 'installation') return { appId: actor.app.id, account: actor.account };
  throw new HttpError(403, 'You must authenticate via a GitHub App.');
}

function refuseOpenEnd({ status, conclusion }: z.infer<typeof report>): void {
  if (status === 'completed' && conclusion === undefined) {
    throw new HttpError(422, 'Invalid request.\n\nMissing conclusion for a completed check run.');
  }
}

function reportOf(body: z.infer<typeof report>): CheckReport {
  const time = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return {
    name: body.name,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    status: body.status,
    conclusion: body.conclusion,
    startedAt: time(body.started_at),
    completedAt: time(body.completed_at),
    output: body.output,
    actions: body.actions,
  };
}

function reading(routes: Routes, box: BoxCore): void {
  const path = '/check-runs/:check_run_id';
  routes.repo('GET', path, read, (call) => ok(checkRunShape(box, call.repo, runOf(call))));
  routes.repo('GET', `${path}/annotations`, read, (call) => {
    const run = runOf(call);
    return page(call, run.output.annotations, (one) => annotationShape(box, call.repo, run, one));
  });
}

function annotationShape(box: BoxCore, repo: Repository, run: CheckRun, one: CheckAnnotation) {
  return { ...one, blob_href: `${repositoryPage(box, repo)}/blob/${run.headSha}/${one.path}` };
}

function runOf(call: RepoCall): CheckRun {
  const run = call.repo.checkRuns.get(call.number('check_run_id'));
  if (!run) throw notFound();
  return run;
}

function listing(routes: Routes, box: BoxCore): void {
  routes.repo('GET', '/commits/:ref{.+}/check-runs', read, async (call) => {
    const sha = await commitOf(box, call);
    const repo = box.listed(call);
    const all = choice(call, 'filter', ['latest', 'all'], 'latest') === 'all';
    const items = (all ? checksOf(repo, sha) : latestChecks(repo, sha)).filter((run) => isWanted(call, run));
    return wrappedPage(call, { name: 'check_runs', items }, (run) => checkRunShape(box, repo, run));
  });
  routes.repo('GET', '/commits/:ref{.+}/check-suites', read, async (call) => {
    const sha = await commitOf(box, call);
    const repo = box.listed(call);
    const appId = call.query.get('app_id');
    const found = [...repo.checkSuites.values()].filter(
      (suite) => suite.headSha === sha && (appId === null || suite.appId === Number(appId)),
    );
    const items = await Promise.all(found.map((suite) => checkSuiteShape(box, repo, suite)));
    return wrappedPage(call, { name: 'check_suites', items }, (shape) => shape);
  });
}

function isWanted(call: RepoCall, run: CheckRun): boolean {
  const [name, status, appId] = ['check_name', 'status', 'app_id'].map((one) => call.query.get(one));
  return (
    (name === null || name === run.name) &&
    (status === null || status === run.status) &&
    (appId === null || Number(appId) === run.appId)
  );
}

/** The commit of a branch, tag or SHA in a path; 422 when there is none. */
export async function commitOf(box: BoxCore, call: RepoCall): Promise<string> {
  const sha = await box.git.resolve(call.repo, call.param('ref'));
  if (sha === undefined) throw new HttpError(422, `No commit found for SHA: ${call.param('ref')}`);
  return sha;
}
