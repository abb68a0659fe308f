/** An object out of JSON with comments and commas too many, as tsconfig files have them; null: it is none. */
export function looseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return objectOf(JSON.parse(withoutComments(text.replace(/^\uFEFF/, ''))));
  } catch {
    return null;
  }
}

/** A plain object, of which only own properties are to be looked at; null for everything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

export const own = (object: Readonly<Record<string, unknown>> | null, name: string): unknown =>
  object !== null && Object.hasOwn(object, name) ? object[name] : undefined;

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/**
 * Texts stay as they are, in the same expression, so that no comment is found within one. What is not closed ends with
 * the file: nothing is looked through twice.
 */
const withoutComments = (json: string): string =>
  json
    .replace(/("(?:[^"\\\n]|\\.)*(?:"|\\?\n|\\?$))|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, '$1')
    .replace(/("(?:[^"\\\n]|\\.)*(?:"|\\?\n|\\?$))|,(?=\s*[}\]])/g, '$1');
