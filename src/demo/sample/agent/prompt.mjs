/**
 * What is asked for: the function and its file, the words that describe it, its examples, what went wrong the last time,
 * and the comments of a review. Throws where the task names no function.
 */
export function readPrompt(text) {
  const task = sections(text, 'task').join('\n');
  const [, name, path] = /Add a function `(\w+)` to `([\w./-]+)`/.exec(task) ?? [];
  if (!name || !path) throw new Error('The task does not say which function to add to which file.');
  const [title = '', , , doc = ''] = task.split('\n');
  return {
    title,
    name,
    path,
    doc: doc.trim(),
    examples: examplesIn(task),
    isAnotherTry: sections(text, 'cause').length > 0,
    failures: sections(text, 'output').join('\n'),
    review: sections(text, 'review').join('\n'),
  };
}

/** What stands between the lines `<<name-code` and `name-code>>`. */
function sections(text, name) {
  const found = text.matchAll(new RegExp(`^<<(${name}-\\w+)\\n([\\s\\S]*?)\\n\\1>>$`, 'gm'));
  return [...found].map((match) => match[2]);
}

/** Lines such as `clamp(7, 1, 5) // 5`. */
function examplesIn(task) {
  const lines = [...task.matchAll(/^(\w+\(.*\)) \/\/ (.+)$/gm)];
  return lines.map(([, call, result]) => ({ call, result }));
}
