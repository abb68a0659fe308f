import type { z } from 'zod';
import { HttpError } from './errors.ts';

/** Reads a JSON body in the form of a schema. 400 when it is not JSON, 422 when the form is wrong. */
export function readBody<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  const result = schema.safeParse(parse(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `For '/${issue.path.join('/')}', ${issue.message}.`);
  throw new HttpError(422, `Invalid request.\n\n${problems.join('\n')}`);
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'Problems parsing JSON');
  }
}
