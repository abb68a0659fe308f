import type { Answer, Call } from './router.ts';

/** One page of a list, with GitHub's Link header: 30 items unless `per_page` asks for up to 100. */
export function page<T>(call: Call, items: readonly T[], shape: (item: T) => unknown): Answer {
  const wanted = pageOf(call.query);
  const shown = items.slice((wanted.page - 1) * wanted.size, wanted.page * wanted.size);
  const link = linkHeader(call.url, wanted.page, Math.max(1, Math.ceil(items.length / wanted.size)));
  return { status: 200, body: shown.map(shape), headers: link === '' ? {} : { link } };
}

/** A page of a list that is wrapped with its count, such as `{ total_count, check_runs }`. */
export function wrappedPage<T>(
  call: Call,
  list: { readonly name: string; readonly items: readonly T[]; readonly more?: object },
  shape: (item: T) => unknown,
): Answer {
  const answer = page(call, list.items, shape);
  return { ...answer, body: { total_count: list.items.length, ...list.more, [list.name]: answer.body } };
}

/** Milliseconds of the `since` parameter; undefined when it is not set or not a time. */
export function sinceOf(query: URLSearchParams): number | undefined {
  const at = Date.parse(query.get('since') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function pageOf(query: URLSearchParams): { readonly page: number; readonly size: number } {
  const number = (name: string, fallback: number) => {
    const value = Number(query.get(name) ?? fallback);
    return Number.isSafeInteger(value) && value > 0 ? value : fallback;
  };
  return { page: number('page', 1), size: Math.min(number('per_page', 30), 100) };
}

function linkHeader(url: URL, current: number, last: number): string {
  const links: (readonly [string, number])[] = [];
  if (current > 1) links.push(['prev', Math.min(current - 1, last)]);
  if (current < last) links.push(['next', current + 1], ['last', last]);
  if (current > 1) links.push(['first', 1]);
  return links.map(([rel, page]) => `<${withPage(url, page)}>; rel="${rel}"`).join(', ');
}

function withPage(url: URL, page: number): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return target.href;
}
