import { createServer } from 'node:net';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findChromium, LEAN } from './bin/chromium.mjs';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

// npm test has started a shop per lane and says where (`PORT=HOME,PORT=HOME`); by hand one shop may be given by
// FESTA_TEST_PORT and FESTA_TEST_HOME; else this run starts one. Playwright reads this file again in each worker, whose
// journeys all meet the shop of its lane; the first reading decides for all.
const isGiven = (process.env.FESTA_TEST_LANES ?? process.env.FESTA_TEST_PORT) !== undefined;
process.env.FESTA_TEST_LANES ??= [
  process.env.FESTA_TEST_PORT ?? (await freePort()),
  process.env.FESTA_TEST_HOME ?? join(import.meta.dirname, '.festa', 'test'),
].join('=');
const lanes = process.env.FESTA_TEST_LANES.split(',');
const [port, home = ''] = (lanes[Number(process.env.TEST_PARALLEL_INDEX ?? 0)] ?? '').split('=');
process.env.FESTA_TEST_HOME = home;
const baseURL = `http://127.0.0.1:${port}`;

/**
 * The real server on a new demo festival, and a phone of 390 × 844 in front of it. One worker per shop: the journeys of a
 * lane share one festival, whose session opens two minutes after its start, one after the other. The first lane has the
 * youngest shop, since the first journey waits for that session.
 */
export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: '.festa/test-results',
  workers: lanes.length,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A journey that fails is walked once more; npm test names each that passed only then.
  retries: isGiven ? 1 : 0,
  // Bounds on a fault, not on speed: two lanes share the cores with their shops.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { baseURL, trace: 'on-first-retry', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  projects: [
    {
      name: 'phone',
      use: {
        browserName: 'chromium',
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: 2,
        hasTouch: true,
        isMobile: true,
        launchOptions: {
          executablePath: findChromium() ?? undefined,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            LEAN,
          ],
        },
      },
    },
  ],
  webServer: isGiven
    ? undefined
    : {
        command: `node server/main.ts --fresh --port ${port}`,
        url: `${baseURL}/readyz`,
        env: { FESTA_HOME: home, FESTA_TEST: '1', LOG_LEVEL: 'warn' },
        timeout: 240_000,
        stdout: 'pipe',
        gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
      },
});
