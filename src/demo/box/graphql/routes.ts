import {
  type DocumentNode,
  defaultFieldResolver,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  parse,
  validate,
} from 'graphql';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Actor } from '../account.ts';
import { readBody } from '../body.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import type { BoxEnv, Register } from '../router.ts';
import { errorShape } from './error.ts';
import { account } from './nodes/account.ts';
import { comment, issue } from './nodes/issue.ts';
import { pull } from './nodes/pull.ts';
import { repository } from './nodes/repository.ts';
import { review, reviewComment, thread } from './nodes/review.ts';
import { rootOf } from './root.ts';
import { gitHubSchema } from './schema.ts';
import type { View } from './view.ts';

/** GraphQL: where an enterprise server has it, where github.com has it, and where it is looked for by mistake. */
export const graphqlRoutes: Register = (routes, box) => {
  routes.raw.on('POST', ['/api/graphql', '/graphql', '/api/v3/graphql'], (c) => answer(box, c));
};

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Errors come with status 200 in `errors`, as on GitHub; only a missing login is refused. */
async function answer(box: BoxCore, c: Context<BoxEnv>): Promise<Response> {
  c.set('route', '/graphql');
  const actor = c.get('actor');
  if (actor.kind === 'nobody') throw new HttpError(401, 'This endpoint requires you to be authenticated.');
  const wanted = readBody(request, await c.req.text());
  const { data, errors } = await run(viewOf(box, actor), wanted);
  return c.json({ ...(data !== undefined && { data }), ...(errors && { errors: errors.map(errorShape) }) });
}

async function run(view: View, wanted: z.infer<typeof request>): Promise<ExecutionResult> {
  const schema = await gitHubSchema();
  const document = parsed(wanted.query);
  if (document instanceof GraphQLError) return { errors: [document] };
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems };
  return await execute({
    schema,
    document,
    rootValue: rootOf(view),
    variableValues: wanted.variables,
    operationName: wanted.operationName,
    fieldResolver: known,
  });
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** A field that the box does not have is an error of the box: null would be a lie about GitHub. */
const known: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (typeof source === 'object' && source !== null && info.fieldName in source) {
    return defaultFieldResolver(source, args, context, info);
  }
  throw new Error(`the box does not know ${info.parentType.name}.${info.fieldName}`);
};

function viewOf(box: BoxCore, actor: Actor): View {
  const view: View = {
    box,
    actor,
    account: (one) => account(view, one),
    repository: (repo) => repository(view, repo),
    issue: (repo, one) => issue(view, repo, one),
    comment: (repo, one) => comment(view, repo, one),
    pull: (repo, one) => pull(view, repo, one),
    review: (at, one) => review(view, at, one),
    reviewComment: (at, one) => reviewComment(view, at, one),
    thread: (at, one) => thread(view, at, one),
  };
  return view;
}
