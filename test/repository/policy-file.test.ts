import { describe, expect, it } from 'vitest';
import { parsePolicyFile } from '../../src/repository/policy-file.ts';
import { processorMs } from '../support/processor-time.ts';

const NOW = { providers: ['exec'], executors: ['local'] };
const read = (text: string) => parsePolicyFile({ text, blob: 'b1' }, NOW);
const messagesOf = (text: string): string[] => {
  const fact = read(text);
  return fact.kind === 'invalid' ? fact.problems.map(({ path, message }) => `${path}|${message}`) : [];
};

const GOOD = `
# what the sample repository says
agents: exec
agent: { command: ["node", "agent.mjs"] }
verify: ["npm test"]
`;

describe('reading .github/parallel.yml', () => {
  it('answers the policy with the blob that it was read from', () => {
    const fact = read(GOOD);
    expect(fact).toMatchObject({ kind: 'valid', blob: 'b1', policy: { verify: ['npm test'] } });
  });

  it('takes a missing file as all defaults', () => {
    const later = { providers: ['claude-cli'], executors: ['local'] };
    expect(parsePolicyFile(null, later)).toMatchObject({ kind: 'valid', blob: null });
  });

  it('starts nothing without a file while the default provider cannot run', () => {
    expect(parsePolicyFile(null, NOW)).toMatchObject({
      kind: 'invalid',
      blob: '',
      problems: [{ path: '', message: expect.stringContaining('does not exist') }, { path: 'agents' }],
    });
  });

  it.each([[''], ['# only a comment\n'], ['---\n']])('takes %j as all defaults', (text) => {
    expect(read(text)).toMatchObject({ kind: 'invalid', problems: [{ path: 'agents' }], blob: 'b1' });
  });

  it('reads a file that begins with a byte order mark and has Windows line ends', () => {
    expect(read(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`).kind).toBe('valid');
  });
});

describe('a file that is no good YAML', () => {
  it('names line and column of every syntax error', () => {
    expect(messagesOf('verify: ["a"\nmerge: }\n')[0]).toMatch(/^\|line \d+, column \d+: /);
  });

  it('refuses a key that stands twice, with its place', () => {
    expect(messagesOf(`${GOOD}verify: []\n`)).toEqual([
      expect.stringMatching(/^\|line 6, column 1: Map keys must be unique/),
    ]);
  });

  it('refuses more than one document', () => {
    expect(messagesOf('agents: exec\n---\nagents: exec\n')[0]).toBe(
      '|line 2, column 1: a second document begins here; keep one',
    );
  });

  it('refuses a tag that it does not know', () => {
    expect(messagesOf('agents: !!js/function "x"\n')[0]).toContain('line 1, column 9');
  });

  it('does not expand a bomb of aliases', () => {
    const layers = Array.from(
      { length: 12 },
      (_, i) => `k${i}: &a${i} [${`*a${i - 1},`.repeat(9).slice(0, -1)}]`,
    );
    const bomb = ['k0: &a0 ["x"]', ...layers.slice(1)].join('\n');
    expect(messagesOf(bomb)[0]).toContain('alias');
  });

  it('survives nesting without end', () => {
    expect(messagesOf('['.repeat(60_000))).not.toEqual([]);
    expect(messagesOf(`a: ${'['.repeat(30_000)}${']'.repeat(30_000)}`)).not.toEqual([]);
  });

  it('refuses a file above the limit', () => {
    expect(messagesOf('#'.repeat(64 * 1024 + 1))).toEqual(['|is 65537 bytes long; at most 65536 are read']);
  });

  it('reads the longest file with many keys in bounded time', () => {
    const keys = Array.from({ length: 9000 }, (_, i) => `k${i}:\n`).join('');
    const before = process.cpuUsage();
    expect(messagesOf(keys).length).toBe(9001);
    expect(processorMs(before)).toBeLessThan(25_000);
  });
});
