/** The day of a date, as in `2026-03-01`. */
export function isoDay(date) {
  return date.toISOString().slice(0, 10);
}
