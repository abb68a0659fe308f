/**
 * The hidden marker `<!-- heddle {…json…} -->` by which the App finds its own texts again after a crash.
 * It counts only in texts whose author is the App: anybody can write one.
 */
export interface Marker {
  /** Idempotency key of the action that wrote the text. */
  readonly key: string;
  readonly run?: string;
  readonly issue?: number;
}

const PATTERN = /<!-- heddle (\{[^\n]*\}) -->/;

/** The marker as one line. `--` cannot occur inside, so that the comment ends where it should. */
export const markerText = (marker: Marker): string =>
  `<!-- heddle ${JSON.stringify(marker).replaceAll('--', '-\\u002d').replaceAll('>', '\\u003e')} -->`;

/** The first marker of a text, or null. Never throws: the text may be anything. */
export function readMarker(text: string): Marker | null {
  const json = PATTERN.exec(text)?.[1];
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    return isMarker(value) ? value : null;
  } catch {
    return null;
  }
}

function isMarker(value: unknown): value is Marker {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string';
}

/** A text with its marker as the last line. */
export const withMarker = (body: string, marker: Marker): string =>
  `${body.trimEnd()}\n\n${markerText(marker)}\n`;
