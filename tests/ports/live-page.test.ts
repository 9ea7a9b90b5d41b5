import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findChromium, LEAN } from '../../bin/chromium.mjs';
import { type LiveEdge, startLiveEdge, ticketOf, until } from '../support/live.ts';

/* The phone's own code in a real browser, against a real live edge. */

const executablePath = findChromium();
const inBrowser = test.skipIf(!executablePath);

let browser: Browser;
let script: string;
let edge: LiveEdge;
let page: Page;

beforeAll(async () => {
  if (!executablePath) return;
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('../support/live-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  script = bundle.outputFiles[0]!.text;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', LEAN] });
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page?.close();
  await edge?.stop();
});

const STYLE =
  '.relative{position:relative}.inline-block{display:inline-block}.absolute{position:absolute}.inset-0{inset:0}.size-full{width:100%;height:100%}.invisible{visibility:hidden}';

const onRequest: RequestListener = (request, response) => {
  const json = (value: unknown) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, value }));
  const path = request.url!.split('?')[0]!;
  if (path === '/api/live-ticket') json({ ticket: ticketOf('load'), expiresAt: Date.now() + 5_000 });
  else if (path === '/api/time') json({ receivedAt: Date.now(), sentAt: Date.now() });
  else if (path.startsWith('/api/public/stock/')) {
    json({ frame: edge.board.snapshot(path.split('/').at(-1)!)!.frame, asOf: Date.now() });
  } else if (path === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
  else
    response
      .setHeader('content-type', 'text/html')
      .end(`<style>${STYLE}</style><div id=root></div><script src=/page.js></script>`);
};

async function openPage(options: { untilMs?: number; limits?: Parameters<typeof startLiveEdge>[0] } = {}) {
  edge = await startLiveEdge({ shelves: 2, onRequest, ...options.limits });
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  // The phone's clock is 7 minutes wrong from the first line on.
  await page.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 7 * 60_000;
  });
  await page.goto(`http://127.0.0.1:${edge.port}/?until=${Date.now() + (options.untilMs ?? 60_000)}`);
}

const text = (selector: string) => page.locator(selector).textContent();
const shows = (selector: string, wanted: string | RegExp, withinMs = 10_000) =>
  page.waitForFunction(
    ([where, source]) => new RegExp(source!).test(document.querySelector(where!)?.textContent ?? ''),
    [selector, typeof wanted === 'string' ? `^${wanted}$` : wanted.source] as const,
    { timeout: withinMs },
  );

inBrowser(
  'a number changes on the page within a second, and a shelf off screen is watched when it is scrolled to',
  async () => {
    await openPage();
    await shows('#s0', '100');
    edge.offer('s0/0', 41);
    await shows('#s0', '41', 1_000);
    await shows('#age', /^live/);
    expect(await text('#s1')).toBe('unknown');
    await page.locator('#s1').scrollIntoViewIfNeeded();
    await shows('#s1', '100');
  },
);

inBrowser(
  '[CLK1] with a phone clock 7 minutes wrong the countdown is right, is drawn, and ends once on the server’s clock',
  async () => {
    await openPage({ untilMs: 4_000 });
    await page.waitForFunction('clockState()?.samples >= 8', null, { timeout: 15_000 });
    // Measured at one moment: the page's answer is between two looks at our own clock.
    const before = Date.now();
    const [now, state] =
      await page.evaluate<[number, { phoneErrorMs: number; boundMs: number }]>('[serverNow(), clockState()]');
    const after = Date.now();
    expect(now).toBeGreaterThan(before - 50);
    expect(now).toBeLessThan(after + 50);
    expect(Math.abs(state.phoneErrorMs - 7 * 60_000)).toBeLessThan(100);
    const ink = await page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, at) => at % 4 === 3 && value > 0);
    });
    expect(ink).toBe(true);
    await shows('[role=timer]', /Time is up/);
    expect(await text('#ends')).toBe('1');
    const endedAt = await page.evaluate<number>('serverNow()');
    expect(endedAt).toBeGreaterThan(0);
  },
);

inBrowser('the countdown’s box does not move when the clock becomes known', async () => {
  await openPage();
  await page.waitForSelector('canvas');
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 1_500);
      }),
  );
  expect(shift).toBe(0);
});

inBrowser('a page of a shopper hears that his order moved, and after a break that something may have', async () => {
  await openPage({ limits: { personOf: async ({ cookie }) => (cookie ? { shopperId: cookie } : null) } });
  await page.context().addCookies([{ name: 'who', value: 'a', url: `http://127.0.0.1:${edge.port}` }]);
  await page.reload();
  await shows('#s0', '100');
  edge.live.toShopper('who=b', 'order:moved', { orderId: 'o0', state: 'paid', sequence: 2 });
  edge.live.toShopper('who=a', 'order:moved', { orderId: 'o1', state: 'paid', sequence: 2 });
  await shows('#moved', 'o1 ');
  const { port } = edge;
  await edge.stop();
  edge = await startLiveEdge({ shelves: 2, onRequest, port });
  await shows('#moved', 'o1 null ', 20_000);
});

inBrowser('[LIV2] where the socket cannot open the page polls, and says how old its numbers are', async () => {
  await openPage({ limits: { limits: { socketsMax: 0 } } });
  await shows('#age', /^polling \d{13}/, 25_000);
  await shows('#s0', '100');
  edge.offer('s0/0', 12);
  await shows('#s0', '12', 8_000);
});

inBrowser('a page that is hidden hears nothing, and catches up when it is seen again', async () => {
  await openPage();
  await shows('#s0', '100');
  const see = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  const framesBy = async (work: () => Promise<void>) => {
    const before = edge.live.stats().frames;
    await work();
    return edge.live.stats().frames - before;
  };
  await see(true);
  let quiet = 0;
  await until(async () => {
    quiet += 1;
    return (
      (await framesBy(async () => {
        edge.offer('s0/0', 60 + (quiet % 7));
        await new Promise((resolve) => setTimeout(resolve, 300));
      })) === 0
    );
  }, 10_000);
  edge.offer('s0/0', 9);
  await see(false);
  await shows('#s0', '9', 3_000);
});

inBrowser(
  'after the edge has started anew the page comes back by itself and shows what is true now',
  async () => {
    await openPage({ limits: { limits: { heartbeatMs: 100 } } });
    await shows('#s0', '100');
    const { port } = edge;
    // A heartbeat brings the time that is shown when nothing comes any more.
    await shows('#age', /^live/);
    await edge.stop();
    await shows('#age', /^stale \d{13}/, 15_000);
    edge = await startLiveEdge({ shelves: 2, onRequest, port, epoch: 'epoch-2' });
    edge.offer('s0/0', 3);
    await shows('#s0', '3', 20_000);
    // The poll may have brought the number; the socket comes back by its own full-jitter delay.
    await shows('#age', /^live/, 40_000);
  },
  90_000,
);
