import type { Accuracy, Score, SourceAccuracy } from '../domain/overlap.ts';
import { paragraphs, section } from './fit.ts';
import { percent, SOURCE_NAMES } from './overlaps.ts';
import { count } from './words.ts';

/** Precision and recall of the predictions, as a whole and for each source; nothing where none has been compared. */
export function accuracyText(accuracy: Accuracy | null, max: number): string {
  if (!accuracy) return '';
  const { foreseen, held, sources } = accuracy;
  return paragraphs([
    '### What was foreseen',
    [
      precisionText(foreseen),
      `${count(foreseen.real, 'file')} changed, ${foreseen.found} of them foreseen (recall ${ratio(foreseen.found, foreseen.real)}).`,
      held.predicted === foreseen.predicted
        ? ''
        : `Of the ${count(held.predicted, 'key')} held, ${held.hits} came true.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
    section('By source', sources, { max, lineOf: (each) => sourceLine(each, foreseen.real) }),
  ]);
}

const precisionText = ({ predicted, hits }: Score): string =>
  `Of ${count(predicted, 'key')} foreseen, ${hits} came true (precision ${ratio(hits, predicted)}).`;

/** Recall is of all that was changed, also by tasks of which this source said nothing. */
function sourceLine({ source, score, holdsFrom }: SourceAccuracy, real: number): string {
  const { predicted, hits, expected, found } = score;
  const right = `${hits} of ${predicted} right (precision ${ratio(hits, predicted)}, expected ${ratio(expected / 1e6, predicted)})`;
  const recall = `${found} of ${real} files found (recall ${ratio(found, real)})`;
  const now =
    source === 'named'
      ? ''
      : holdsFrom === null
        ? '; alone it never holds a key'
        : `; alone it now holds a key from ${percent(holdsFrom)} on`;
  return `${SOURCE_NAMES[source]}: ${right}, ${recall}${now}`;
}

const ratio = (part: number, whole: number): string => (whole === 0 ? '–' : percent(part / whole));
