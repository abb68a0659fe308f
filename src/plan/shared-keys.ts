import { KeyIndex } from './overlap/key-index.ts';

/**
 * Keys that are equal exactly where the given ones conflict: for schedulers that only compare. Each set keeps its own
 * keys and gets one more for every other key that it conflicts with.
 */
export function sharedKeys(keySets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const pairs = new Map<string, string[]>();
  const index = new KeyIndex<null>();
  for (const key of [...new Set(keySets.flat())].sort()) {
    pairs.set(key, []);
    // No path holds a NUL, so no key of anybody's is named like this.
    for (const { key: other } of index.conflicting(key))
      for (const one of [other, key]) pairs.get(one)?.push(`${other}\0${key}`);
    index.add(key, null);
  }
  return keySets.map((keys) => [...new Set(keys.flatMap((key) => [key, ...(pairs.get(key) ?? [])]))]);
}
