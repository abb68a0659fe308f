export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** Characters from 1. */
  readonly column: number;
  readonly what: string;
}

/**
 * Where a text stops being JSON (RFC 8259), and what to do about it; null where it is JSON. JSON.parse knows the place
 * only sometimes, and does not say what people mostly did.
 */
export function jsonFault(text: string): JsonFault | null {
  const scanner = new Scanner(text);
  const what = scanner.run();
  return what === null ? null : { ...placeOf(text, scanner.at), what };
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let next = before.indexOf('\n'); next >= 0; next = before.indexOf('\n', next + 1)) line++;
  return { line, column: [...before.slice(lineStart)].length + 1 };
}

const SPACE = /[ \t\n\r]*/y;
const PLAIN = '[^"\\\\\\u0000-\\u001f]*';
const TEXT = new RegExp(`"${PLAIN}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${PLAIN})*"`, 'y');
const SIMPLE = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** What may come next. */
type Next = 'value' | 'item' | 'first item' | 'key' | 'first key' | 'colon' | 'more' | 'end';

const EXPECTED: Readonly<Record<Next, string>> = {
  value: 'a value',
  item: 'a value',
  'first item': 'a value or ]',
  key: 'a name in double quotes',
  'first key': 'a name in double quotes, or }',
  colon: 'a colon',
  more: 'a comma or the end of the list or object',
  end: 'nothing more',
};

/** Without recursion: a text may be nested a million deep. */
class Scanner {
  at = 0;
  private readonly text: string;
  private readonly open: ('[' | '{')[] = [];
  private next: Next = 'value';

  constructor(text: string) {
    this.text = text;
  }

  /** What is wrong at the place where it stopped; null at the end of a right text. */
  run(): string | null {
    for (;;) {
      this.takes(SPACE);
      if (this.at === this.text.length) return this.next === 'end' ? null : this.cutOff();
      if (!this.step()) return this.complaint();
    }
  }

  private step(): boolean {
    switch (this.next) {
      case 'value':
      case 'item':
        return this.value();
      case 'first item':
        return this.closes(']') || this.value();
      case 'key':
        return this.name();
      case 'first key':
        return this.closes('}') || this.name();
      case 'colon':
        return this.is(':') && this.go('value');
      case 'more':
        return this.more();
      case 'end':
        return false;
      default:
        return this.next satisfies never;
    }
  }

  private value(): boolean {
    if (this.is('[')) return this.opens('[', 'first item');
    if (this.is('{')) return this.opens('{', 'first key');
    return (this.takes(TEXT) || this.takes(SIMPLE)) && this.go(this.open.length === 0 ? 'end' : 'more');
  }

  private name(): boolean {
    return this.takes(TEXT) && this.go('colon');
  }

  private more(): boolean {
    const inList = this.open.at(-1) === '[';
    if (this.is(',')) return this.go(inList ? 'item' : 'key');
    return this.closes(inList ? ']' : '}');
  }

  private opens(bracket: '[' | '{', next: Next): boolean {
    this.open.push(bracket);
    return this.go(next);
  }

  private closes(bracket: string): boolean {
    if (!this.is(bracket)) return false;
    this.open.pop();
    return this.go(this.open.length === 0 ? 'end' : 'more');
  }

  private go(next: Next): boolean {
    this.next = next;
    return true;
  }

  private is(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private takes(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private cutOff(): string {
    const bracket = this.open.at(-1) === '[' ? ']' : '}';
    const missing = this.open.length === 0 ? '' : `, and ${bracket} is missing`;
    return `the text ends where ${EXPECTED[this.next]} should follow${missing}`;
  }

  private complaint(): string {
    const rest = this.text.slice(this.at, this.at + 20);
    const known = MISTAKES.find(({ pattern }) => pattern.test(rest));
    if (known !== undefined) return known.what;
    if (rest.startsWith('"') && /value|item|key/.test(this.next))
      return 'this text has no end, or holds a line break or an unknown escape';
    if (/^[\]}]/.test(rest) && (this.next === 'item' || this.next === 'key'))
      return 'the comma before this bracket is one too many';
    const [character = ''] = rest;
    return `${JSON.stringify(character)} stands where ${EXPECTED[this.next]} should`;
  }
}

const MISTAKES: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /^[-+]?(?:NaN|Infinity)/,
    what: 'NaN and Infinity are no JSON; write a number, or leave it out',
  },
  { pattern: /^'/, what: 'texts and names stand in double quotes' },
  { pattern: /^(?:\/[/*]|#)/, what: 'JSON has no comments; remove them' },
];
