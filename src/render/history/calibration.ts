import type { Calibration, CalibrationGroup, Verdict } from '../../domain/summary.ts';
import { percent } from '../overlaps.ts';
import { flat, table, wrap } from '../plan/cells.ts';
import type { Page } from '../plan/view.ts';
import { count, KIND_WORDS, minutesText, roughText } from '../words.ts';

/** `heddle report --estimates`: what attempts were predicted to take beside what they took, and how to read that. */
export function renderCalibration(calibration: Calibration, page: Page): string {
  const { predicted, unpredicted, groups } = calibration;
  if (predicted === 0) return wrap(nothingYet(unpredicted), page.width, page.cellsOf).join('\n');
  const [head = '', ...rows] = table([HEAD, ...groups.map(cells)], page);
  const paragraphs = [
    [page.style.strong('Predicted against real'), page.style.faint(head), ...rows],
    plotLines(calibration, page),
    ...reading(calibration).map((text) => wrap(text, page.width, page.cellsOf)),
  ];
  return paragraphs.map((lines) => lines.join('\n')).join('\n\n');
}

const nothingYet = (unpredicted: number): string =>
  unpredicted === 0
    ? 'There is nothing to compare yet: no attempt has come back.'
    : `There is nothing to compare yet: ${count(unpredicted, 'attempt')} came back, but ${unpredicted === 1 ? 'it was' : 'they were'} decided before there was a history to predict from. The next ones are predicted.`;

const HEAD = ['', 'Attempts', 'Predicted', 'Real', 'Within p50', 'Within p90', 'Bias', 'Off by', 'So'];

const cells = (group: CalibrationGroup): readonly string[] => [
  nameOf(group),
  `${group.count}`,
  minutesText(group.predictedMinutes),
  minutesText(group.realMinutes),
  percent(group.withinP50),
  percent(group.withinP90),
  `×${roughText(group.bias)}`,
  `×${roughText(group.error)}`,
  VERDICTS[group.verdict],
];

function nameOf({ by, name }: CalibrationGroup): string {
  if (by === 'all') return 'all';
  const words: Readonly<Record<string, string>> = KIND_WORDS;
  return by === 'purpose' ? (words[name] ?? name) : flat(name).replaceAll('-', ' ');
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  few: 'too few to say',
  right: 'as it should be',
  'too-short': 'predicted too short',
  'too-long': 'predicted too long',
  'too-narrow': 'p90 too short',
  'too-wide': 'p90 too long',
};

/** How often attempts took so many times what was predicted. */
function plotLines({ ratios }: Calibration, { width, style }: Page): readonly string[] {
  const most = Math.max(...ratios.map((ratio) => ratio.count));
  const room = Math.max(10, Math.min(50, width - LABELS_WIDTH - 8));
  const lines = ratios.map(({ count: number }, at) => {
    const bar = '█'.repeat(Math.ceil((room * number) / most));
    return `${(LABELS[at] ?? '').padStart(LABELS_WIDTH)}  ${bar}${bar === '' ? '' : ' '}${number}`;
  });
  return [style.strong('Real time as a multiple of the predicted p50'), ...lines];
}

/** Of the buckets between 1/4, 1/2, 1, 2 and 4. */
const LABELS = ['below 1/4', '1/4 to 1/2', '1/2 to 1', '1 to 2', '2 to 4', '4 and more'];
const LABELS_WIDTH = 11;

const reading = ({ unpredicted }: Calibration): readonly string[] => [
  'How to read it: half of the attempts should be within their predicted p50, nine of ten within their p90. Bias ×2 means that attempts take twice as long as predicted, ×0.5 half as long; “off by” counts both directions. The last column says what is more than chance (95 % confidence, at least ten attempts). Times are of agent and verify commands; an attempt that ran out of time counts as that long, one that failed early not at all.',
  ...(unpredicted === 0
    ? []
    : [`${count(unpredicted, 'attempt')} came back without a prediction: there was no history yet.`]),
];
