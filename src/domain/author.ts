/** The name in every commit that the App makes; a worker's commits with another one are not pushed. */
export const COMMIT_AUTHOR = {
  name: 'heddle[bot]',
  email: 'heddle[bot]@users.noreply.github.com',
} as const;
