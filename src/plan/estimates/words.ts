/** Longer texts say no more about what a task is. */
const MOST_CHARACTERS = 300;

/** The words of a title or a label, in lower case: `size/L` has `size` and `l`. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
