/*
 * The page on a phone: bytes of every route against an empty page of the same Next, the largest paint of home on a
 * slow line (4 × CPU, 150 ms RTT, 200 KB/s) first, again and offline, against an empty page in the same rounds, and
 * Lighthouse. Everything runs against the real server with the demo festival.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { emptyPageFolder, emptyPageWeight, pageWeights } from '../support/page-weight.ts';
import { workerKeeps } from '../support/worker.ts';
import type { BenchOptions } from './report.ts';
import { auditWithLighthouse } from './shop/lighthouse.ts';
import { type Running, startFesta, startProgram, startStatic } from './shop/processes.ts';
import { openBrowser, openPhone, type Visit, visit } from './shop/visits.ts';

const RTT_MS = 150;
const KB_PER_SECOND = 200;
const KB = 1024;

/** What the shop promises on such a line, ms. */
const PROMISED = { first: 950, second: 350, offline: 350 } as const;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const spreadOf = (values: readonly number[]) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;

async function weigh(home: string, { report }: BenchOptions): Promise<void> {
  const empty = await emptyPageWeight();
  const pages = await pageWeights(join(home, 'current/www'));
  for (const { page, js, css, html } of pages) {
    report({
      name: `first-load-js${page === '/' ? '-home' : page.replaceAll('/', '-')}`,
      ours: js / KB,
      baseline: empty.js / KB,
      ratio: empty.js / js,
      unit: 'KB gzip',
      runs: 1,
      spread: '',
      notes: `${((js - empty.js) / KB).toFixed(1)} KB above an empty page; css ${(css / KB).toFixed(1)}, html ${(html / KB).toFixed(1)} KB`,
    });
  }
}

type Round = { empty: Visit; first: Visit; second: Visit; offline: Visit };

async function oneRound(shop: number, empty: number): Promise<Round> {
  const browser = await openBrowser();
  try {
    const nobody = await openPhone(browser);
    const nothing = await visit(nobody, `http://127.0.0.1:${empty}/`);
    await nobody.close();
    const phone = await openPhone(browser);
    const first = await visit(phone, `http://127.0.0.1:${shop}/`);
    await workerKeeps(first.page);
    await first.page.close();
    const second = await visit(phone, `http://127.0.0.1:${shop}/`);
    await second.page.close();
    await phone.setOffline(true);
    const offline = await visit(phone, `http://127.0.0.1:${shop}/`);
    return { empty: nothing.visit, first: first.visit, second: second.visit, offline: offline.visit };
  } finally {
    await browser.close();
  }
}

async function time(festa: Running, nothing: Running, options: BenchOptions): Promise<void> {
  const shopLine = await startProgram('slow-proxy.ts', [festa.port, RTT_MS, KB_PER_SECOND]);
  const emptyLine = await startProgram('slow-proxy.ts', [nothing.port, RTT_MS, KB_PER_SECOND]);
  try {
    await oneRound(shopLine.port, emptyLine.port); // Warm: the server's memory, the browser's files.
    const rounds: Round[] = [];
    for (let round = 0; round < (options.quick ? 2 : 7); round++) {
      rounds.push(await oneRound(shopLine.port, emptyLine.port));
    }
    const emptyFcp = rounds.map((round) => round.empty.fcp);
    for (const kind of ['first', 'second', 'offline'] as const) {
      const lcp = rounds.map((round) => round[kind].lcp);
      const ours = median(lcp);
      const line = { unit: 'ms LCP', runs: rounds.length, spread: spreadOf(lcp) };
      const kilobytes = (median(rounds.map((round) => round[kind].bytes)) / KB).toFixed(0);
      options.report({
        ...line,
        name: `home-${kind}-lcp`,
        ours,
        baseline: PROMISED[kind],
        ratio: PROMISED[kind] / ours,
        notes: `baseline is the promise; 4 × CPU, ${RTT_MS} ms RTT, ${KB_PER_SECOND} KB/s; ${kilobytes} KB`,
      });
      options.report({
        ...line,
        name: `home-${kind}-lcp-vs-empty-page`,
        ours,
        baseline: median(emptyFcp),
        ratio: median(emptyFcp) / ours,
        notes: `baseline is the first paint of an empty page of the same Next, without a worker (${spreadOf(emptyFcp)})`,
      });
    }
  } finally {
    await Promise.all([shopLine.stop(), emptyLine.stop()]);
  }
}

/** Runs the group `shop`, or some of `weights`, `paint`, `devtools`, `simulate`. `quick` leaves Lighthouse out. */
export async function run(options: BenchOptions): Promise<void> {
  const wants = (line: string) => options.only.length === 0 || options.only.includes(line);
  const festa = await startFesta();
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-shop-'));
  await emptyPageWeight();
  const nothing = await startStatic(folder, emptyPageFolder());
  try {
    if (wants('weights')) await weigh(festa.home, options);
    if (wants('paint')) await time(festa, nothing, options);
    const throttlings = (['devtools', 'simulate'] as const).filter(wants);
    if (throttlings.length > 0 && !options.quick) {
      const catalogue = JSON.parse(await readFile(join(festa.home, 'catalogue.json'), 'utf8')) as Catalogue;
      await auditWithLighthouse({ shop: festa.port, empty: nothing.port }, catalogue, throttlings, options);
    }
  } finally {
    await Promise.all([festa.stop(), nothing.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
