import { parse } from 'smol-toml';
import { objectOf } from '../imports/json.ts';

/** Null: it cannot be read. The parser refuses deep nesting. */
export function tomlObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return objectOf(parse(text));
  } catch {
    return null;
  }
}
