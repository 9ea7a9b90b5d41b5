import { RUNS } from './controls.ts';
import { type Figures, figuresOf, tableOf } from './figures.ts';
import { makePopulation } from './population.ts';
import { runCampaign } from './run.ts';

export type InvitesOptions = {
  readonly invitations: number;
  readonly farmedShare: number;
  readonly seed: number;
  /** Parts of names of runs; empty: all. */
  readonly only?: readonly string[];
  readonly onLine?: (line: Figures) => void;
  readonly onTable?: (table: string) => void;
};

/** The same people and farms against each set of controls, one after the other. */
export async function simulateInvites(options: InvitesOptions): Promise<Figures[]> {
  const { invitations, farmedShare, seed, only = [], onLine = () => {}, onTable = () => {} } = options;
  const population = makePopulation({ invitations, farmedShare, seed });
  const lines: Figures[] = [];
  for (const controls of RUNS) {
    if (only.length > 0 && !only.some((part) => controls.name.includes(part))) continue;
    const started = performance.now();
    const result = runCampaign(population, controls, seed + 2);
    const line = figuresOf(controls, result, (performance.now() - started) / 1000);
    lines.push(line);
    onLine(line);
  }
  onTable(`\n${tableOf(lines)}`);
  return lines;
}
