import type { CodeMap } from '../../../domain/code-map.ts';
import type { Slice } from './messages.ts';

/** Entries of one slice: a line of some ten kilobytes. */
const ENTRIES = 200;

/** The map in the order in which it can be put together again. */
export function* slicesOf(map: CodeMap): Generator<Slice> {
  const places = new Map(map.files.map((path, at) => [path, at]));
  const place = (path: string): number => places.get(path) ?? -1;
  const { changes, together, commits } = map.history;
  for (const files of parts(map.files)) yield { kind: 'files', files };
  for (const packages of parts(map.packages)) yield { kind: 'packages', packages };
  for (const part of parts([...map.imports]))
    yield { kind: 'imports', imports: part.map(([path, those]) => [place(path), those.map(place)]) };
  for (const owners of parts(map.owners)) yield { kind: 'owners', owners };
  for (const part of parts([...changes]))
    yield { kind: 'changes', changes: part.map(([path, count]) => [place(path), count]) };
  for (const part of parts([...together])) {
    const entries = part.map(([path, partners]) => {
      const named = partners.map((one) => [place(one.path), one.support, one.lift, one.confidence] as const);
      return [place(path), named] as const;
    });
    yield { kind: 'together', together: entries };
  }
  for (const hot of parts(map.hot)) yield { kind: 'hot', hot };
  for (const gaps of parts(map.gaps)) yield { kind: 'gaps', gaps };
  yield { kind: 'done', commits };
}

function* parts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += ENTRIES) yield all.slice(at, at + ENTRIES);
}
