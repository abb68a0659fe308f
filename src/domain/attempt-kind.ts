/** What an attempt is for: the first work, an answer to a review, to a failed check, to a conflict with the base. */
export type AttemptKind = 'implement' | 'review' | 'ci' | 'conflict';
