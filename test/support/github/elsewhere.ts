/** Whether these tests run against another server than the box. What only a box can do is skipped there. */
export const isElsewhere: boolean = (process.env.GHE_HOST ?? '') !== '';
