import type { TrackingText } from './tracking-texts.ts';

/** Tells of each plan once, as soon as the App shows it. */
export class PlanNews {
  readonly #told = new Set<number>();
  readonly #tell: (news: string) => void;

  constructor(tell: (news: string) => void) {
    this.#tell = tell;
  }

  look(texts: readonly TrackingText[]): void {
    for (const { issue, body } of texts) {
      const waves = wavesIn(body);
      if (waves.length === 0 || this.#told.has(issue)) continue;
      this.#told.add(issue);
      this.#tell(`the App plans, on #${issue}: ${waves.join(', then ')}`);
      const waits = /<summary>Why tasks wait for each other[\s\S]*?<\/details>/.exec(body)?.[0] ?? '';
      for (const [, line = ''] of waits.matchAll(/^- (#.*)$/gm))
        this.#tell(`  ${line.replaceAll('\u200b', '')}`);
    }
  }
}

/** `#1, #2 and #3`: what can run together, in its order. */
function wavesIn(body: string): readonly string[] {
  const section = /^### Batches$([\s\S]*?)(?=^### |(?![\s\S]))/m.exec(body)?.[1] ?? '';
  return [...section.matchAll(/^\d+\. (#.*)$/gm)].map(([, wave = '']) => wave);
}
