/** A place in a line, in characters and in columns: a tab reaches to the next multiple of four, maybe in part. */
export class LineCursor {
  readonly text: string;
  offset = 0;
  private column = 0;
  /** The rest of the line, where it was asked for before; it is asked for often. */
  private knownRest = '';
  private knownAt = -1;

  constructor(text: string) {
    this.text = text;
  }

  /** Columns of white space ahead. */
  indent(): number {
    let column = this.column;
    for (let at = this.offset; at < this.text.length; at++) {
      const unit = this.text[at];
      if (unit === ' ') column++;
      else if (unit === '\t') column += 4 - (column % 4);
      else break;
    }
    return column - this.column;
  }

  /** Moves on by so many columns, or to the end of the line. */
  advance(columns: number): void {
    let left = columns;
    while (left > 0 && this.offset < this.text.length) {
      const width = this.text[this.offset] === '\t' ? 4 - (this.column % 4) : 1;
      this.column += Math.min(width, left);
      if (width <= left) this.offset++;
      left -= width;
    }
  }

  /** What is left, without the white space ahead. */
  rest(): string {
    if (this.knownAt === this.offset) return this.knownRest;
    let start = this.offset;
    while (this.text[start] === ' ' || this.text[start] === '\t') start++;
    this.knownAt = this.offset;
    this.knownRest = this.text.slice(start);
    return this.knownRest;
  }

  get blank(): boolean {
    return this.rest() === '';
  }
}
