import { describe, expect, test } from 'vitest';
import { commitTitle, pullTitle } from '../../src/render/titles.ts';

describe('a title', () => {
  test('of a pull request is the issue’s own, on one line and never longer than GitHub shows', () => {
    expect(pullTitle({ issue: 4, title: 'Keep a number\nwithin bounds' })).toBe(
      'Keep a number within bounds',
    );
    expect(pullTitle({ issue: 4, title: 'word '.repeat(40) })).toHaveLength(72);
    expect(pullTitle({ issue: 4, title: ' ' })).toBe('Work on issue 4');
  });

  test('of a commit leaves room for the number that GitHub adds, and says what a follow-up is for', () => {
    const long = commitTitle({ kind: 'implement', issue: 4, title: 'x'.repeat(100) });
    expect(`${long} (#1234)`).toHaveLength(72);
    expect(commitTitle({ kind: 'review', issue: 4, title: 'Median of numbers' })).toBe(
      'Address review: Median of numbers',
    );
    expect(commitTitle({ kind: 'conflict', issue: 4, title: '' })).toBe('Work on issue 4');
  });

  test('neither closes an issue nor skips a check', () => {
    const title = commitTitle({ kind: 'implement', issue: 4, title: 'Closes #9 [skip ci] for @bob' });
    expect(title).not.toMatch(/#\d|\[skip ci\]|@b/);
  });
});
