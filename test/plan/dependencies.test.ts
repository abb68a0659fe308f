import { describe, expect, it } from 'vitest';
import { parseDependencies } from '../../src/plan/dependencies.ts';
import { processorMs } from '../support/processor-time.ts';

/** `#1`, `o/r#2`: as short as people write it. */
const refsOf = (text: string, hosts?: readonly string[]): string =>
  parseDependencies(text, hosts)
    .map(({ owner, name, number }) => `${owner === null ? '' : `${owner}/${name}`}#${number}`)
    .join(' ');

const POSITIVE: readonly (readonly [string, string])[] = [
  ['Depends on #1', '#1'],
  ['depends on #10', '#10'],
  ['Depends on: #1', '#1'],
  ['Depends-On: #1', '#1'],
  ['Depends upon #1', '#1'],
  ['Dependent on #1', '#1'],
  ['Depends on #1, #2 and owner/repo#3', '#1 #2 owner/repo#3'],
  ['Depends on #1 and #2, and #3.', '#1 #2 #3'],
  ['Depends on #1 #2', '#1 #2'],
  ['Depends on #1 & #2; #3', '#1 #2 #3'],
  ['Depends on issue #1 and PR #2', '#1 #2'],
  ['Depends on GH-7', '#7'],
  ['This depends on #4.', '#4'],
  ['It is blocked by #4!', '#4'],
  ['Blocked by #5', '#5'],
  ['Blocked-by: #5', '#5'],
  ['BLOCKED BY owner/repo.js#5', 'owner/repo.js#5'],
  ['After #6', '#6'],
  ['After: #6, #7', '#6 #7'],
  ['Requires #8', '#8'],
  ['Prerequisite: owner/repo#2', 'owner/repo#2'],
  ['Prerequisites: #1 and #2', '#1 #2'],
  ['  - Depends on #1', '#1'],
  ['* **Depends on:** #1', '#1'],
  ['**Depends on**: #1', '#1'],
  ['**Depends on #1**', '#1'],
  ['_Depends on_ #1', '#1'],
  ['__Blocked by__ #1', '#1'],
  ['1. Blocked by #1', '#1'],
  ['- [ ] Depends on #1', '#1'],
  ['## Depends on #1', '#1'],
  ['<b>Depends on</b> #1 <!-- the parser -->', '#1'],
  ['Depends on #1 (the parser)', '#1'],
  ['Depends on #1 - the parser', '#1'],
  ['After #1 — the parser', '#1'],
  ['Depends on #1: the parser', '#1'],
  ['Depends on #1. Then the rest.', '#1'],
  ['Depends on #1 for the schema', '#1'],
  ['Blocked by #1 because the schema is there', '#1'],
  ['Some words before.\nDepends on #1\nSome words after #2.', '#1'],
  ['Depends on #1\r\nBlocked by #2\r\n', '#1 #2'],
  ['Depends on https://github.com/owner/repo/issues/9', 'owner/repo#9'],
  ['Depends-On: https://github.com/owner/repo/pull/9', 'owner/repo#9'],
  ['Depends on <https://github.com/o/r/issues/9>.', 'o/r#9'],
  ['Depends on https://github.com/o/r/issues/9#issuecomment-12, #3', 'o/r#9 #3'],
  ['Depends on https://github.com/o/r/issues/9.', 'o/r#9'],
  ['Depends on [the parser](https://github.com/o/r/issues/9) and #2', 'o/r#9 #2'],
  ['Depends on https://github.example.com/o/r/issues/9', 'o/r#9'],
  ['## Dependencies\n\n- [ ] #5\n- [x] #6 Add the parser', '#5 #6'],
  ['### Blocked by\n- #5\n- owner/repo#6 — the parser', '#5 owner/repo#6'],
  ['Dependencies\n------------\n* [ ] https://github.com/o/r/issues/3', 'o/r#3'],
  ['## Prerequisites:\n\n1. #5\n2. #6', '#5 #6'],
  ['## Depends on\n\n#5, #6', '#5 #6'],
  ['**Depends on:**\n- #5\n- #6', '#5 #6'],
  ['Blocked by:\n\n- [ ] #5\n- [ ] #6\n\nThe rest:\n- #7', '#5 #6'],
  ['Depends on #1\nBlocked by #1', '#1'],
];

const NEGATIVE: readonly string[] = [
  '',
  'after the tests pass',
  'After the tests of #1 pass',
  'After #1 was merged, everything broke',
  'Requires Node 20',
  'Requires a look at #1',
  'Prerequisites: none, see #1',
  'See #1',
  '#1',
  'We found that it depends on #1',
  'Depends only on #1',
  'No longer depends on #1',
  'Not blocked by #1',
  'Depends on #1 or #2',
  'Depends on #1?',
  'Depends on #1 (no longer)',
  '~~Depends on #1~~',
  'Depends on <del>#1</del>',
  'Depends on the parser (#1)',
  'Depends on #0',
  'Depends on #12abc',
  'Depends on #1-#3',
  'Depends on # 1',
  'Depends on `#1`',
  '`Depends on #1`',
  '    Depends on #1',
  '```\nDepends on #1\n```',
  '~~~\nDepends on #1',
  '> Depends on #1',
  '> said\nDepends on #1',
  '<!-- Depends on #1 -->',
  '<!--\nDepends on #1\n-->',
  '<pre>\nDepends on #1\n</pre>',
  'Independent of #1',
  'Unblocked by #1',
  'Afterwards #1',
  'Depends onto #1',
  'Closes #1',
  'Related to #1',
  'Depends on https://example.com/o/r/issues/9',
  'Depends on https://gitlab.com/o/r/issues/9',
  'Depends on https://github.com/o/r/discussions/9',
  'Hängt ab von #1',
  '依存: #1',
  '- [ ] #5',
  '## Tasks\n- [ ] #5',
  '## Dependencies\n\nlodash\n\n## Tasks\n- [ ] #5',
  '## Dependencies between packages\n- [ ] #5',
  '## Dependencies\n- [ ] look at #5',
  '## Dependencies\n- lodash 4 (#5)',
  '## Dependencies\n```\n- [ ] #5\n```',
  'We talked about dependencies\n- #5',
];

describe('dependencies that a text names', () => {
  it.each(POSITIVE)('reads %j', (text, refs) => {
    expect(refsOf(text)).toBe(refs);
  });

  it.each(NEGATIVE.map((text) => [text]))('finds none in %j', (text) => {
    expect(refsOf(text)).toBe('');
  });

  it('says where each was found, in which words, and how sure it is', () => {
    expect(parseDependencies('Hello\n\n- **Depends on** #12 `x`\n\n## Blocked by\n- [ ] o/r#3')).toEqual([
      {
        owner: null,
        name: null,
        number: 12,
        source: 'text',
        quote: '- **Depends on** #12 …',
        line: 3,
        confidence: 0.95,
      },
      {
        owner: 'o',
        name: 'r',
        number: 3,
        source: 'task-list',
        quote: '- [ ] o/r#3',
        line: 6,
        confidence: 0.9,
      },
    ]);
  });

  it('takes URLs of the hosts that it is told', () => {
    expect(refsOf('Depends on https://code.example.com/o/r/issues/9', ['code.example.com'])).toBe('o/r#9');
    expect(refsOf('Depends on https://github.com/o/r/issues/9', ['code.example.com'])).toBe('');
  });
});

describe('the time that reading takes', () => {
  it.each([
    ['Depends on #1\n'],
    ['Depends on #1, '],
    ['#1 '],
    ['Depends on '],
    ['- [ ] #5\n'],
    ['[#1]('],
    ['https://github.com/o/r/issues/1 '],
    ['*_'],
    ['## Blocked by\n'],
  ])('is short for 256 KiB of %j', (piece) => {
    const text = `Depends on #1, ${piece.repeat(Math.ceil((256 * 1024) / piece.length))}`;
    const before = process.cpuUsage();
    parseDependencies(text);
    expect(processorMs(before)).toBeLessThan(5_000);
  });
});
