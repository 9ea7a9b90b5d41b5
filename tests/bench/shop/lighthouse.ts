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

async function audit(url: string, throttling: 'devtools' | 'simulate'): Promise<Audit> {
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

/** Home, category, product and cart: five runs by devtools throttling, and five simulated beside them. */
export async function auditWithLighthouse(port: number, catalogue: Catalogue, { report }: BenchOptions): Promise<void> {
  install();
  const pages = {
    home: '/',
    category: `/c/${catalogue.categories[0]?.id}`,
    product: `/p/${catalogue.products[0]?.handle}`,
    cart: '/cart',
  };
  for (const [name, path] of Object.entries(pages)) {
    for (const throttling of ['devtools', 'simulate'] as const) {
      const audits: Audit[] = [];
      for (let run = 0; run < RUNS; run++) audits.push(await audit(`http://127.0.0.1:${port}${path}`, throttling));
      const of = (field: keyof Omit<Audit, 'failing'>) => medianOf(audits, field);
      const scores = audits.map(({ performance }) => performance);
      const failing = [...new Set(audits.flatMap((one) => one.failing))];
      report({
        name: `lighthouse-${name}-${throttling}`,
        ours: of('performance'),
        baseline: 95,
        ratio: of('performance') / 95,
        unit: 'points',
        runs: RUNS,
        spread: `${Math.min(...scores)}–${Math.max(...scores)}`,
        notes: [
          'baseline is the promise',
          `a11y ${of('accessibility')}, best practices ${of('bestPractices')}, SEO ${of('seo')}`,
          `LCP ${of('lcp').toFixed(0)} ms, FCP ${of('fcp').toFixed(0)} ms, TBT ${of('tbt').toFixed(0)} ms, CLS ${of('cls').toFixed(3)}`,
          `${(of('bytes') / 1024).toFixed(0)} KB, benchmark index ${of('benchmarkIndex').toFixed(0)}`,
          ...(failing.length > 0 ? [`failing: ${failing.join(', ')}`] : []),
        ].join('; '),
      });
    }
  }
}
