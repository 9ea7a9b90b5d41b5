import { createServer } from 'node:net';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findChromium } from './bin/chromium.mjs';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

// npm test has started the shop and says where; without it, this run starts one. Playwright reads this file again in its
// workers; the first reading decides for all.
const isGiven = process.env.FESTA_TEST_PORT !== undefined;
process.env.FESTA_TEST_PORT ??= String(await freePort());
process.env.FESTA_TEST_HOME ??= join(import.meta.dirname, '.festa', 'test');
const port = Number(process.env.FESTA_TEST_PORT);
const home = process.env.FESTA_TEST_HOME;
const baseURL = `http://127.0.0.1:${port}`;

/**
 * The real server on a new demo festival, and a phone of 390 × 844 in front of it. One worker: the journeys share one
 * festival whose session opens two minutes after the start, and two cores.
 */
export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: '.festa/test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A journey that fails is walked once more; npm test names each that passed only then.
  retries: isGiven ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { baseURL, trace: 'retain-on-failure', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
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
