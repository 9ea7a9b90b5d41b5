import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { findChromium } from '../../../bin/chromium.mjs';
import { growColumns } from '../../support/grow-columns.ts';
import type { BenchOptions } from '../report.ts';
import type { SeenGraph } from './graph-page.ts';
import { median } from './tree.ts';

const NODES = 50_000;
const FIRST_DRAW_MS = 2_500;
const FRAMES_PER_SECOND = 30;
const WAYS = ['ours', 'naive', 'canvas'] as const;
type Way = (typeof WAYS)[number];
const SEEN_MS_MAX = 180_000;

/** The page with its script and its columns, each as the edge would send it. */
async function servePage(size: number) {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'graph-page.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const page =
    '<!doctype html><meta charset="utf-8"><title>bench</title><style>body{margin:0}#box{position:relative;overflow:hidden;width:100vw;height:100vh}</style>' +
    '<div id="box"></div><script type="module" src="/page.js"></script>';
  const files: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
    '/': ['text/html', gzipSync(page)],
    '/page.js': ['text/javascript', gzipSync(outputFiles[0]?.text ?? '')],
    '/columns.json': ['application/json', gzipSync(JSON.stringify(growColumns(size)))],
  };
  const server = createServer((request, reply) => {
    const [type, body] = files[new URL(request.url ?? '/', 'http://own.invalid').pathname] ?? [
      'text/plain',
      Buffer.of(),
    ];
    reply.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'gzip' }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A browser of its own for each look: nothing is warm. */
async function look(port: number, way: Way): Promise<SeenGraph> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`http://127.0.0.1:${port}/?way=${way}`);
    const seen = await page.waitForFunction(() => (window as unknown as { seen?: SeenGraph }).seen, undefined, {
      timeout: SEEN_MS_MAX,
    });
    const value = (await seen.jsonValue()) as SeenGraph | { error: string };
    if ('error' in value) throw new Error(value.error);
    return value;
  } finally {
    await browser.close();
  }
}

/** The picture of 50,000 links in Chromium: from opening the page to the first picture, and frames while panning. */
export async function measureGraph({ quick, report }: BenchOptions): Promise<void> {
  const runs = quick ? 1 : 5;
  const size = quick ? 5_000 : NODES;
  const { server, port } = await servePage(size);
  const seen: Record<Way, SeenGraph[]> = { ours: [], naive: [], canvas: [] };
  try {
    for (let round = 0; round < runs; round += 1) for (const way of WAYS) seen[way].push(await look(port, way));
  } finally {
    server.close();
  }
  const of = (way: Way, fact: 'firstDrawMs' | 'framesPerSecond') => seen[way].map((one) => one[fact]);
  const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
  const worst = median(seen.ours.map(({ worstFrameMs }) => worstFrameMs)).toFixed(0);
  const where = `${size} links at 1280 × 800, ${seen.ours[0]?.renderer}`;
  const [draw, frames] = [of('ours', 'firstDrawMs'), of('ours', 'framesPerSecond')];
  for (const way of ['naive', 'canvas'] as const) {
    const baseline = median(of(way, 'firstDrawMs'));
    report({
      name: `graph-first-draw-vs-${way}`,
      ours: median(draw),
      baseline,
      ratio: baseline / median(draw),
      unit: 'ms',
      runs,
      spread: spread(draw),
      notes: `${where}; from the navigation to the drawn pixels; ${FIRST_DRAW_MS} ms promised`,
    });
    const slow = median(of(way, 'framesPerSecond'));
    report({
      name: `graph-panning-vs-${way}`,
      ours: median(frames),
      baseline: slow,
      ratio: median(frames) / slow,
      unit: 'frames/s',
      runs,
      spread: spread(frames),
      notes: `${where}; ${FRAMES_PER_SECOND} promised, longest frame ${worst} ms in the median`,
    });
  }
}
