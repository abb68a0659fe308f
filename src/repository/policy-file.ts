import { type Document, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../domain/errors.ts';
import type { PolicyFact } from '../domain/facts.ts';
import { type PolicyProblem, type PolicySupport, validatePolicy } from '../domain/policy.ts';
import { nestsTooDeep } from './yaml-depth.ts';

/** `.github/parallel.yml` as GitHub has it. */
export interface PolicyFile {
  readonly text: string;
  readonly blob: string;
}

/** Longer files are refused: nobody writes one by hand, and checking for duplicate keys takes quadratic time. */
const LONGEST_BYTES = 64 * 1024;

/**
 * Reads the policy. No file means all defaults; where those ask for what this version cannot run, the policy is
 * invalid with an empty `blob`, so that nothing starts and people are told what to add. Never throws.
 */
export function parsePolicyFile(file: PolicyFile | null, supported: PolicySupport): PolicyFact {
  const read = file === null ? { data: null, problems: [] } : readYaml(file.text);
  const blob = file?.blob ?? null;
  if (read.problems.length > 0) return { kind: 'invalid', problems: read.problems, blob: blob ?? '' };
  const check = validatePolicy(read.data, supported);
  if (check.kind === 'invalid') {
    const problems = file === null ? [MISSING, ...check.problems] : check.problems;
    return { kind: 'invalid', problems, blob: blob ?? '' };
  }
  return { kind: 'valid', policy: check.policy, blob };
}

const MISSING: PolicyProblem = {
  path: '',
  message: 'does not exist; without it every key has its default',
  suggestion: null,
};

interface Read {
  readonly data: unknown;
  readonly problems: readonly PolicyProblem[];
}

function readYaml(text: string): Read {
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_BYTES) return refused(`is ${bytes} bytes long; at most ${LONGEST_BYTES} are read`);
  if (nestsTooDeep(text)) return refused('is nested too deep to be read; a policy needs three levels');
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
    const problems = [...document.errors, ...document.warnings].map((error) => located(error, lineCounter));
    return problems.length > 0 ? { data: null, problems } : { data: plainData(document), problems };
  } catch (error) {
    // Too many aliases, or an alias without an anchor.
    return refused(`cannot be read as YAML: ${messageOf(error)}`);
  }
}

/** Few aliases are resolved: nested ones would grow the data exponentially. */
const plainData = (document: Document.Parsed): unknown => document.toJS({ maxAliasCount: 50 });

function located(
  error: { readonly message: string; readonly code: string; readonly pos: readonly [number, number] },
  lines: LineCounter,
): PolicyProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  // The parser's own words tell programmers which of its functions to call.
  const message = error.code === 'MULTIPLE_DOCS' ? 'a second document begins here; keep one' : error.message;
  return { path: '', message: `line ${line}, column ${col}: ${message}`, suggestion: null };
}

const refused = (message: string): Read => ({
  data: null,
  problems: [{ path: '', message, suggestion: null }],
});
