import { posix } from 'node:path';
import type { Diagnostic } from '../../domain/ports/providers.ts';

const PLACED = /^([^\r\n]{1,4096}?)\((\d{1,9}),\d{1,9}\): (error|warning) (TS\d+): (.*)$/;
const LOOSE = /^(error|warning) (TS\d+): (.*)$/;

/** What `tsc --pretty false` printed; lines that go on with a message are left out. */
export function parseTscOutput(output: string): readonly Diagnostic[] {
  return output.split(/\r?\n/).flatMap((line) => diagnosticOf(line) ?? []);
}

function diagnosticOf(line: string): Diagnostic | null {
  const loose = LOOSE.exec(line);
  if (loose) {
    const [, severity = '', code = '', message = ''] = loose;
    return { path: null, line: null, severity: severityOf(severity), code, message };
  }
  const [, path, at, severity = '', code = '', message = ''] = PLACED.exec(line) ?? [];
  if (path === undefined) return null;
  const inside = insideOf(path);
  return {
    path: inside,
    line: inside === null ? null : Number(at),
    severity: severityOf(severity),
    code,
    message,
  };
}

const severityOf = (word: string): Diagnostic['severity'] => (word === 'warning' ? 'warning' : 'error');

/** Null: a file outside of the directory. */
function insideOf(path: string): string | null {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  return normal.startsWith('../') || normal.startsWith('/') || /^[A-Za-z]:/.test(normal) ? null : normal;
}
