import { type BenchResult, isMet, type Row } from './result.ts';

const HEAD = ['', 'measured', 'peer or limit', 'ratio', 'goal', 'ok?'];

/** A benchmark as text: its name, its table, what it means, and details. */
export function printed({ name, means, rows, notes }: BenchResult): string {
  const table = tableOf([HEAD, ...rows.map(cellsOf)]);
  return [`## ${name}`, '', table, '', means, ...notes.map((note) => `  ${note}`), ''].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { against, ratio, goal } = row;
  const met = isMet(row);
  return [
    row.name,
    valueText(row.measured, row.unit),
    against === null ? '' : `${valueText(against.value, row.unit)} (${against.what})`,
    ratio === null ? '' : ratio.toFixed(2),
    goal === null ? '' : `<= ${goal.toFixed(2)}`,
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

const valueText = (value: number, unit: Row['unit']): string =>
  `${value.toFixed(unit === 'times' || unit === '%' || unit === 'µs' ? 2 : 1)} ${unit}`;

/** The first column to the left, the others to the right. */
function tableOf(lines: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const textOf = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return lines.map(textOf).join('\n');
}
