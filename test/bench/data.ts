import { cp } from 'node:fs/promises';

/** From `.bench/test/bench`, where this runs. */
const ROOT = new URL('../../../', import.meta.url);

/** Puts the files that test helpers read beside their compiled modules; the compiler takes modules along and nothing else. */
export async function bringData(): Promise<void> {
  const place = 'test/support/openapi/';
  await cp(new URL(place, ROOT), new URL(`.bench/${place}`, ROOT), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts'),
  });
}
