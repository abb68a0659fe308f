/** Nominal strings: an id of one kind does not compile where another kind is wanted. */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type RunId = Branded<'RunId'>;
export type AttemptId = Branded<'AttemptId'>;
export type EffectKey = Branded<'EffectKey'>;
export type Sha = Branded<'Sha'>;

export const runId = (text: string): RunId => text as RunId;
export const attemptId = (text: string): AttemptId => text as AttemptId;
export const effectKey = (text: string): EffectKey => text as EffectKey;

/** Accepts a full SHA-1 or SHA-256 object name; throws on anything else, so that no option or path poses as one. */
export function sha(text: string): Sha {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text))
    throw new TypeError(`not a git object name: ${JSON.stringify(text)}`);
  return text as Sha;
}

/** What the loop works on: one repository of one installation. */
export interface RepositoryKey {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** The key as one string, for maps and columns. */
export const keyText = (key: RepositoryKey): string => `${key.installationId}/${key.repositoryId}`;

/** An issue anywhere on the same GitHub. */
export interface IssueRef {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

/** An issue as people point at it; owner and name null: in the repository of the text. */
export interface WrittenRef {
  readonly owner: string | null;
  readonly name: string | null;
  readonly number: number;
}

/** `#12` at home, `owner/name#12` elsewhere: as people write it. */
export function refText(ref: IssueRef, home: { readonly owner: string; readonly name: string }): string {
  return isHome(ref, home) ? `#${ref.number}` : `${ref.owner}/${ref.name}#${ref.number}`;
}

/** Whether the issue lies in the given repository (GitHub compares names without case). */
export function isHome(ref: IssueRef, home: { readonly owner: string; readonly name: string }): boolean {
  return same(ref.owner, home.owner) && same(ref.name, home.name);
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
