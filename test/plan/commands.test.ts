import { describe, expect, it } from 'vitest';
import { parseCommands } from '../../src/plan/commands.ts';

const at = (number: number) => ({ owner: null, name: null, number });
const LIB = { owner: 'Acme', name: 'lib', number: 3 };

const one = (body: string) => {
  const parsed = parseCommands(body);
  expect(parsed).toHaveLength(1);
  const { line: _line, text: _text, ...rest } = parsed[0] ?? { line: 0, text: '' };
  return rest;
};

describe('commands in a comment', () => {
  it.each([
    ['/parallel help', { verb: 'help' }],
    ['/parallel', { verb: 'help' }],
    ['/parallel plan', { verb: 'plan' }],
    ['/PARALLEL Run  ', { verb: 'run' }],
    ['  /parallel status', { verb: 'status' }],
    ['/parallel explain #12', { verb: 'explain', issue: 12 }],
    ['/parallel explain', { verb: 'explain', issue: null }],
    ['/parallel pause', { verb: 'pause', issue: null }],
    ['/parallel resume 7', { verb: 'resume', issue: 7 }],
    ['/parallel cancel #7', { verb: 'cancel', issue: 7 }],
    ['/parallel skip\t#7', { verb: 'skip', issue: 7 }],
    ['/parallel approve', { verb: 'approve', issue: null }],
    ['/parallel retry', { verb: 'retry', mode: 'auto', issue: null }],
    ['/parallel retry Fresh #3', { verb: 'retry', mode: 'fresh', issue: 3 }],
    ['/parallel retry #3 ci', { verb: 'retry', mode: 'ci', issue: 3 }],
    ['/parallel priority high', { verb: 'priority', priority: 'high', issue: null }],
    ['/parallel priority #9 critical', { verb: 'priority', priority: 'critical', issue: 9 }],
    ['/parallel depends-on #12', { verb: 'depends-on', on: [at(12)], issue: null }],
    ['/parallel depends-on 12', { verb: 'depends-on', on: [at(12)], issue: null }],
    ['/parallel Depends on #12.', { verb: 'depends-on', on: [at(12)], issue: null }],
    ['/parallel depends-on #12, 13 and #14', { verb: 'depends-on', on: [12, 13, 14].map(at), issue: null }],
    ['/parallel depends-on #12 for #7', { verb: 'depends-on', on: [at(12)], issue: 7 }],
    ['/parallel independent-of Acme/lib#3', { verb: 'independent-of', on: [LIB], issue: null }],
    [
      '/parallel independent of https://github.com/Acme/lib/issues/3',
      { verb: 'independent-of', on: [LIB], issue: null },
    ],
  ])('reads %j', (body, command) => {
    expect(one(body)).toEqual({ kind: 'known', command });
  });

  it('reads one on each line, with the line and the words', () => {
    const body = 'Thanks!\r\n/parallel run\r\nand then\r\n\r\n/parallel halp\r\n';
    expect(parseCommands(body)).toMatchObject([
      { line: 2, text: '/parallel run', kind: 'known' },
      { line: 5, text: '/parallel halp', kind: 'unknown' },
    ]);
  });

  it.each([
    ['/parallel plam', 'plan'],
    ['/parallel re-try', 'retry'],
    ['/parallel frobnicate', null],
  ])('answers %j with a did-you-mean', (body, didYouMean) => {
    expect(one(body)).toMatchObject({ kind: 'unknown', didYouMean, later: false });
  });

  it.each(['fix', 'stop', 'budget', 'rebase'])('knows that %s comes with a later version', (verb) => {
    expect(one(`/parallel ${verb} #1`)).toMatchObject({
      kind: 'unknown',
      verb,
      didYouMean: null,
      later: true,
    });
  });

  it.each([
    '/parallel run now',
    '/parallel explain #12 #13',
    '/parallel explain #0',
    '/parallel retry soon',
    '/parallel retry auto',
    '/parallel priority',
    '/parallel priority urgent',
    '/parallel pause please',
    '/parallel cancel owner/repo#3',
    '/parallel depends-on',
    '/parallel depends-on the parser',
    '/parallel depends-on #12 or #13',
    '/parallel depends-on #12 for o/r#7',
    '/parallel independent-of #0',
  ])('answers %j with the usage', (body) => {
    expect(one(body)).toMatchObject({ kind: 'malformed', usage: expect.stringContaining('/parallel ') });
  });

  it.each([
    ['in a sentence', 'Please say /parallel run'],
    ['in a list', '- /parallel run'],
    ['in a quote', '> /parallel run'],
    ['on a lazy line of a quote', '> somebody said\n/parallel run'],
    ['in a fence', '```\n/parallel run\n```'],
    ['in a fence without an end', '~~~\n/parallel run'],
    ['in indented code', '    /parallel run'],
    ['in inline code', '`/parallel run`'],
    ['in inline code over lines', '`\n/parallel run\n`'],
    ['in an HTML comment', '<!--\n/parallel run\n-->'],
    ['in a raw HTML block', '<pre>\n/parallel run\n</pre>'],
    ['of another word', '/parallelise run'],
    ['of another command', '/parallel-run'],
    ['behind an invisible letter', '\u200b/parallel run'],
  ])('takes no command %s', (_, body) => {
    expect(parseCommands(body)).toEqual([]);
  });
});
