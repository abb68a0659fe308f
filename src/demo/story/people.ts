/** What cleo asks for when she sees `clamp`; the sample agent understands comments in these words. */
export const REVIEW_WISH = {
  name: 'clamp',
  body: 'Nearly there. One thing about wrong bounds, see below.',
  comment:
    'Nobody would notice bounds that are the wrong way round. `clamp(3, 5, 1)` should throw a `RangeError` when `low > high`, please.',
} as const;
