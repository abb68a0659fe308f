/** The longest record: a path, or a line of git's own. */
const LONGEST = 1024 * 1024;

/** What stands between NUL bytes, many at a time. Throws where a record is longer than any path. */
export async function* recordsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = all.lastIndexOf(0);
    rest = all.subarray(end + 1);
    if (rest.length > LONGEST) throw new Error('git printed a name that is longer than a megabyte');
    if (end >= 0) yield all.toString('utf8', 0, end).split('\0');
  }
}
