/** A text with its first letter as a capital. */
export function capitalize(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A text of at most `length` characters; what is cut ends in `…`. */
export function truncate(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
