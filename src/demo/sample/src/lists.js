/** The items of a list, each once, in the order in which they first appear. */
export function unique(items) {
  return [...new Set(items)];
}
