import { minutesText } from '../words.ts';
import { numberText } from './names.ts';
import type { Preview } from './preview-view.ts';

/** How long and how dear, as learnt from earlier attempts; or that nothing was learnt yet. */
export function expectedLine({ expected }: Pick<Preview, 'expected'>): string {
  if (expected === null)
    return 'Times are assumed, by the kind and size of each task: nothing was measured in this repository yet. Nothing is known of the cost.';
  const { p50, p90 } = expected.span;
  const time = `Expected: ${minutesText(p50)}, in nine cases of ten at most ${minutesText(p90)}, without the time that people take`;
  return `${time}; ${costText(expected)}. Learnt from ${basisText(expected)}.`;
}

type Expected = NonNullable<Preview['expected']>;

function costText({ usd, tokens }: Expected): string {
  if (usd !== null) return `about $${usd.toFixed(2)}`;
  return tokens === null
    ? 'no agent has said what it costs'
    : `about ${numberText(Math.round(tokens))} tokens`;
}

function basisText({ tasks }: Expected): string {
  const here = tasks.filter(({ basis }) => basis === 'here').length;
  return here === tasks.length ? 'earlier work here' : 'earlier work here and elsewhere';
}
