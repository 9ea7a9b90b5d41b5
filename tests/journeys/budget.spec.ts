import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { emptyPageWeight, pageWeights } from '../support/page-weight.ts';
import { openShopEdge } from '../support/shop-edge.ts';
import { workerKeeps } from '../support/worker.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
const KB = 1024;

test('Every page loads at most 165 KB of script, 27 KB above an empty page, and 12 KB of style', async () => {
  test.setTimeout(180_000);
  const empty = await emptyPageWeight();
  const pages = await pageWeights(join(HOME, 'current/www'));
  expect(pages.length).toBeGreaterThan(8);
  const over = pages.filter(({ js, css }) => js > 165 * KB || js - empty.js > 27 * KB || css > 12 * KB);
  expect(over, `an empty page: ${(empty.js / KB).toFixed(1)} KB`).toEqual([]);
});

test('Home can be touched after at most 12 requests, pictures apart, and asks nothing of another origin', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  // What comes after the load event (the clock, live stock, the worker) does not keep anybody from touching the page.
  await page.goto(`${baseURL}/`, { waitUntil: 'load' });
  const atLoad = [...asked];
  await page.waitForLoadState('networkidle');
  const origin = new URL(baseURL ?? '').host;
  const foreign = asked.filter((url) => /^(?:https?|wss?):/.test(url) && new URL(url).host !== origin);
  expect(foreign).toEqual([]);
  const files = atLoad
    .filter((url) => !/^data:|\/img\/|\/icons\/|\/favicon\.svg$/.test(url))
    .map((url) => url.replace(baseURL ?? '', ''));
  expect(files.length, files.join('\n')).toBeLessThanOrEqual(12);
  await context.close();
});

test('Installing the worker makes a first visit load nothing twice', async ({ browser }) => {
  const edge = await openShopEdge(HOME);
  const visit = async (serviceWorkers: 'allow' | 'block') => {
    const from = edge.sent.length;
    const context = await browser.newContext({ serviceWorkers });
    const page = await context.newPage();
    // The last that a first visit loads is the socket's client, some time after the first paint; then it asks for this.
    const ticket = page.waitForRequest('**/api/live-ticket');
    await page.goto(`${edge.origin}/`);
    await ticket;
    if (serviceWorkers === 'allow') {
      await workerKeeps(page);
    }
    await page.waitForLoadState('networkidle');
    // Answers of the API are nobody's to keep; this edge has none, and pages ask again.
    const sent = edge.sent.slice(from).filter(({ path }) => !path.startsWith('/api/'));
    await context.close();
    return sent;
  };
  try {
    const without = await visit('block');
    const withWorker = await visit('allow');
    const total = (list: readonly { bytes: number }[]) => list.reduce((sum, { bytes }) => sum + bytes, 0);
    const known = new Set(without.map(({ path }) => path));
    const again = withWorker.filter(({ path, bytes }, at) => {
      return bytes > 0 && withWorker.findIndex((other) => other.path === path && other.bytes > 0) !== at;
    });
    expect(again).toEqual([]);
    expect(total(withWorker.filter(({ path }) => known.has(path)))).toBeLessThanOrEqual(total(without));
    // What is new: the worker itself, the two offline pages and their script. Pictures come as they come into sight, in either visit.
    const fresh = withWorker.filter(({ path }) => !known.has(path) && !path.startsWith('/img/'));
    const list = fresh.map(({ path, bytes }) => `${path} ${bytes}`).join('\n');
    expect(total(fresh), list).toBeLessThanOrEqual(40 * KB);
  } finally {
    await edge.close();
  }
});
