import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../../../bin/chromium.mjs';
import type { Catalogue } from '../../../lib/contracts/catalog.ts';
import type { BenchOptions } from '../report.ts';

const FOLDER = join(import.meta.dirname, '../lighthouse');
const RUNS = 5;

/** One run of `lighthouse/audit.mjs`. */
type Audit = {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
  readonly lcp: number;
  readonly fcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly bytes: number;
  readonly benchmarkIndex: number;
  readonly failing: readonly string[];
};

/** Lighthouse is larger than the whole shop: it is installed when it is first asked for. */
function install(): void {
  if (existsSync(join(FOLDER, 'node_modules/lighthouse/package.json'))) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'ignore' });
  if (status !== 0) throw new Error(`Lighthouse could not be installed: run npm ci in ${FOLDER}`);
}

/** `devtools` slows the browser and the line; `simulate` reckons what a slow phone would take from a fast run. */
export type Throttling = 'devtools' | 'simulate';

async function audit(url: string, throttling: Throttling): Promise<Audit> {
  const { stdout } = await promisify(execFile)(process.execPath, ['audit.mjs', url, throttling, findChromium() ?? ''], {
    cwd: FOLDER,
    maxBuffer: 1 << 24,
    timeout: 240_000,
  });
  return JSON.parse(stdout) as Audit;
}

function medianOf(audits: readonly Audit[], field: keyof Omit<Audit, 'failing'>): number {
  const values = audits.map((one) => one[field]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

const PROMISED = 95;

function notesOn(audits: readonly Audit[], empty: readonly Audit[]): string {
  const of = (field: keyof Omit<Audit, 'failing'>) => medianOf(audits, field);
  const ofEmpty = (field: keyof Omit<Audit, 'failing'>) => medianOf(empty, field).toFixed(0);
  const failing = [...new Set(audits.flatMap((one) => one.failing))];
  return [
    'baseline is the promise',
    `a11y ${of('accessibility')}, best practices ${of('bestPractices')}, SEO ${of('seo')}`,
    `LCP ${of('lcp').toFixed(0)} ms, FCP ${of('fcp').toFixed(0)} ms, TBT ${of('tbt').toFixed(0)} ms, CLS ${of('cls').toFixed(3)}`,
    `${(of('bytes') / 1024).toFixed(0)} KB, benchmark index ${of('benchmarkIndex').toFixed(0)}`,
    `an empty page in the same rounds: ${ofEmpty('performance')} points, LCP ${ofEmpty('lcp')} ms, TBT ${ofEmpty('tbt')} ms`,
    ...(failing.length > 0 ? [`failing: ${failing.join(', ')}`] : []),
  ].join('; ');
}

/**
 * Home, category, product and cart beside an empty page of the same Next, in turn: five rounds by each throttling.
 * @param shop where the shop is served; `empty`, where the empty page is
 */
export async function auditWithLighthouse(
  { shop, empty }: { shop: number; empty: number },
  catalogue: Catalogue,
  throttlings: readonly Throttling[],
  { report }: BenchOptions,
): Promise<void> {
  install();
  const pages = {
    home: `${shop}/`,
    category: `${shop}/c/${catalogue.categories[0]?.id}`,
    product: `${shop}/p/${catalogue.products[0]?.handle}`,
    cart: `${shop}/cart`,
    empty: `${empty}/`,
  };
  for (const throttling of throttlings) {
    const audits = new Map<string, Audit[]>(Object.keys(pages).map((name) => [name, []]));
    for (let run = 0; run < RUNS; run++) {
      for (const [name, address] of Object.entries(pages)) {
        audits.get(name)?.push(await audit(`http://127.0.0.1:${address}`, throttling));
      }
    }
    const ofEmpty = audits.get('empty') ?? [];
    audits.delete('empty');
    for (const [name, own] of audits) {
      const scores = own.map(({ performance }) => performance);
      report({
        name: `lighthouse-${name}-${throttling}`,
        ours: medianOf(own, 'performance'),
        baseline: PROMISED,
        ratio: medianOf(own, 'performance') / PROMISED,
        unit: 'points',
        runs: RUNS,
        spread: `${Math.min(...scores)}–${Math.max(...scores)}`,
        notes: notesOn(own, ofEmpty),
      });
    }
  }
}
