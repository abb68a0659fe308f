import { execFileSync } from 'node:child_process';
import { limited, type Row } from '../result.ts';

const COUNT = 100_000;

/** A process of its own: how much more memory it has ever had after the first plan than before. */
export function memory(): Row {
  const library = new URL('../../../../dist/index.js', import.meta.url).href;
  const graph = new URL('./speed.js', import.meta.url).href;
  const script = `
    const { planNow } = await import(${JSON.stringify(library)});
    const { graphOf } = await import(${JSON.stringify(graph)});
    const request = { tasks: graphOf(${COUNT}), workers: 8 };
    globalThis.gc();
    const before = process.memoryUsage().rss;
    planNow(request);
    console.log(process.resourceUsage().maxRSS / 1024 - before / 1048576);`;
  const text = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return limited({
    name: `planNow, memory, ${COUNT.toLocaleString('en')} tasks`,
    measured: Number(text),
    unit: 'MB',
    limit: 100,
  });
}
