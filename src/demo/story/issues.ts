/** What people ask for in the sample repository; `agent/recipes.mjs` there can write all of it. */
export interface Wish {
  /** The function; also how other wishes name this one. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  readonly text: string;
  /** Calls and what they give. */
  readonly examples: readonly (readonly [call: string, result: string])[];
  /** Wishes that the issue's text names as what it depends on. */
  readonly dependsOn?: readonly string[];
  /** A wish that GitHub itself knows as the blocker. */
  readonly blockedBy?: string;
  /** Whether it is a sub-issue of the epic. */
  readonly inEpic?: boolean;
}

export const EPIC = {
  title: 'Dates and times that people can read',
  body: 'Customers ask when their wool arrives. The sub-issues say what is missing.',
} as const;

const cart = "[{ name: 'Silk', price: 900, count: 2 }, { name: 'Wool', price: 450, count: 1 }]";
const bill = '2 x Silk: €18.00\\n1 x Wool: €4.50\\nTotal: €22.50';

/** In the order in which they are opened, so that each names only earlier ones. */
export const WISHES: readonly Wish[] = [
  {
    name: 'words',
    title: 'Split a text into words',
    path: 'src/text.js',
    text: 'The words of a text, without punctuation; the letters of every language count.',
    examples: [
      ["words('Blue wool, 2 m')", "['Blue', 'wool', '2', 'm']"],
      ["words('…')", '[]'],
    ],
  },
  {
    name: 'slugify',
    title: 'Turn titles into links',
    path: 'src/urls.js',
    text: 'A title in the form in which it can stand in an address.',
    examples: [["slugify('Crème brûlée yarn!')", "'creme-brulee-yarn'"]],
    dependsOn: ['words'],
  },
  {
    name: 'initials',
    title: 'Initials of a name',
    path: 'src/users.js',
    text: 'The first letters of a name, for the round badge.',
    examples: [["initials('Ada de la Cruz')", "'ADLC'"]],
    dependsOn: ['words'],
  },
  {
    name: 'profilePath',
    title: 'Link to the page of a maker',
    path: 'src/makers.js',
    text: 'Where the page of a maker is, with the badge.',
    examples: [["profilePath('Ada Cruz')", "'/makers/ada-cruz?badge=AC'"]],
    dependsOn: ['slugify', 'initials'],
  },
  {
    name: 'clamp',
    title: 'Keep a number within bounds',
    path: 'src/numbers.js',
    text: 'A number, or the bound that it would cross.',
    examples: [
      ['clamp(7, 1, 5)', '5'],
      ['clamp(3, 1, 5)', '3'],
    ],
  },
  {
    name: 'median',
    title: 'Median of numbers',
    path: 'src/numbers.js',
    text: 'The number in the middle, or the mean of the two in the middle.',
    examples: [
      ['median([9, 1, 5])', '5'],
      ['median([4, 1, 3, 2])', '2.5'],
    ],
  },
  {
    name: 'chunk',
    title: 'Cut a list into pieces',
    path: 'src/lists.js',
    text: 'A list in pieces of the same size; the last one may be shorter.',
    examples: [
      ['chunk([1, 2, 3, 4], 2)', '[[1, 2], [3, 4]]'],
      ['chunk([1, 2, 3], 2)', '[[1, 2], [3]]'],
    ],
  },
  {
    name: 'cartTotal',
    title: 'Total of a cart',
    path: 'src/carts.js',
    text: 'What everything in a cart costs together, in cents.',
    examples: [
      [`cartTotal(${cart})`, '2250'],
      ['cartTotal([])', '0'],
    ],
  },
  {
    name: 'receipt',
    title: 'Receipt of a cart',
    path: 'src/receipts.js',
    text: 'A line for each item of a cart, and the total.',
    examples: [[`receipt(${cart})`, `'${bill}'`]],
    dependsOn: ['cartTotal'],
  },
  {
    name: 'thankYou',
    title: 'Thank customers with the receipt',
    path: 'src/receipts.js',
    text: 'A letter of thanks with the receipt.',
    examples: [[`thankYou('ada', ${cart})`, `'Thank you, Ada!\\n\\n${bill}'`]],
    blockedBy: 'receipt',
  },
  {
    name: 'addDays',
    title: 'Add days to a date',
    path: 'src/dates.js',
    text: 'The date some days later, or earlier with a number below zero.',
    examples: [["isoDay(addDays(new Date('2026-02-27'), 2))", "'2026-03-01'"]],
    inEpic: true,
  },
  {
    name: 'parseMinutes',
    title: 'Read durations',
    path: 'src/durations.js',
    text: 'The minutes in a duration as people write it.',
    examples: [
      ["parseMinutes('1 h 30 min')", '90'],
      ["parseMinutes('45 min')", '45'],
    ],
    inEpic: true,
  },
];

/** The text of an issue. `numberOf` knows the numbers of the issues that were opened before. */
export function issueBody(wish: Wish, numberOf: (name: string) => number): string {
  const examples = wish.examples.map(([call, result]) => `${call} // ${result}`);
  const depends = (wish.dependsOn ?? []).map((name) => `Depends on #${numberOf(name)}`);
  return [
    `Add a function \`${wish.name}\` to \`${wish.path}\`.`,
    wish.text,
    `Examples:\n\n\`\`\`js\n${examples.join('\n')}\n\`\`\``,
    ...(depends.length > 0 ? [depends.join('\n')] : []),
  ].join('\n\n');
}
