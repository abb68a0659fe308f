import { refusal } from './error.ts';

/** The arguments of every list in GraphQL. */
export interface ListArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A list as GraphQL pages it; `first` or `last` must be given, and 100 is the most, as on GitHub. */
export function connection<T>(name: string, items: readonly T[], shape: (item: T) => object) {
  return (wanted: ListArguments) => {
    const { first, last } = wanted;
    const size = first ?? last;
    if (size === null || size === undefined) {
      throw refusal(
        'UNPROCESSABLE',
        `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      );
    }
    if (size < 1 || size > 100) {
      throw refusal(
        'UNPROCESSABLE',
        `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      );
    }
    const low = wanted.after ? indexOf(wanted.after) + 1 : 0;
    const high = wanted.before ? indexOf(wanted.before) : items.length;
    const start = typeof first === 'number' ? low : Math.max(low, high - size);
    const end = typeof first === 'number' ? Math.min(high, low + size) : high;
    return slice(items, { start, end }, shape);
  };
}

function slice<T>(
  items: readonly T[],
  { start, end }: { readonly start: number; readonly end: number },
  shape: (item: T) => object,
) {
  const nodes = items.slice(start, end).map(shape);
  const edges = nodes.map((node, index) => ({ cursor: cursor(start + index), node }));
  return {
    totalCount: items.length,
    nodes,
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString('base64');
}

function indexOf(text: string): number {
  const index = Number(/^cursor:(\d+)$/.exec(Buffer.from(text, 'base64').toString())?.[1]);
  if (Number.isNaN(index))
    throw refusal('UNPROCESSABLE', `\`${text}\` does not appear to be a valid cursor.`);
  return index;
}
