import { expect, test } from 'vitest';
import { worstCommentEdit, worstEdit } from '../../src/coordinator/unknown-edits.ts';
import type { Comment } from '../../src/domain/issue.ts';
import { anIssue } from './builders.ts';

const at = (updatedAt: number) => anIssue({ updatedAt });

test('an unknown edit is at worst by the author, when the issue was updated last', () => {
  expect(worstEdit(at(20_000), [10_000])).toEqual({ at: 20_000, editor: 'ann' });
});

test('an update that was the label or a comment was no edit: an edit can only have come before', () => {
  expect(worstEdit(at(20_000), [10_000, 20_000]).at).toBeLessThan(20_000);
});

test('a comment counts as edited where it was updated after it was made', () => {
  const comment = (updatedAt: number): Comment => ({
    id: 1,
    nodeId: 'C_1',
    issue: 1,
    author: 'ann',
    byBot: false,
    body: '/parallel run',
    createdAt: 1_000,
    updatedAt,
    lastEdit: null,
  });
  expect(worstCommentEdit(comment(1_000))).toBeNull();
  expect(worstCommentEdit(comment(2_000))).toEqual({ at: 2_000, editor: null });
});
