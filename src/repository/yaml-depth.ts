const DEEPEST = 100;

/**
 * Whether brackets or list marks nest deeper than anything that people write. The parser recurses: a few thousand levels overflow its
 * stack, and V8 then ends the whole process. Brackets in texts are counted too; nobody writes that many.
 */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest > DEEPEST || text.split('\n').some(nestsInOneLine);
}

/** `- - - x` and `? ? x` open a level each, and so does every further step of indentation. */
function nestsInOneLine(line: string): boolean {
  const lead = /^[ \t?:-]*/.exec(line)?.[0] ?? '';
  return lead.length > 2 * DEEPEST;
}
