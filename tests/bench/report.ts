/** One measured thing. A ratio over 1 is good: ours over the baseline where more is better, else the other way round. */
export type BenchLine = {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: string;
  readonly runs: number;
  readonly spread: string;
  readonly notes: string;
};

export type BenchOptions = {
  readonly json: boolean;
  /** Small and short: to see that a bench works, not to believe its figures. */
  readonly quick: boolean;
  /** Names of lines within a group; empty: all. */
  readonly only: readonly string[];
  readonly report: (line: BenchLine) => void;
};

const short = (value: number) => Number(value.toPrecision(4));

export function printLine(line: BenchLine, isJson: boolean): void {
  const rounded = { ...line, ours: short(line.ours), baseline: short(line.baseline), ratio: short(line.ratio) };
  const { name, ours, baseline, ratio, unit, runs, spread, notes } = rounded;
  const text = isJson
    ? JSON.stringify(rounded)
    : `${name.padEnd(34)} ${ratio} ×   ours ${ours}, baseline ${baseline} ${unit}; ${runs} runs${spread && `, ${spread}`}\n${' '.repeat(35)}${notes}`;
  process.stdout.write(`${text}\n`);
}
