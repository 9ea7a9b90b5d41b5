import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { findChromium, LEAN } from '../../../bin/chromium.mjs';

const CPU_SLOWDOWN = 4;
/** After the last request of a page, so long is waited for a later paint. */
const SETTLE_MS = 1_000;

export type Visit = { readonly lcp: number; readonly fcp: number; readonly bytes: number };

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      LEAN,
    ],
  });
}

export function openPhone(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
  });
}

/** Opens a page on a slow phone and reads when its largest part was painted, in ms from the navigation's start. */
export async function visit(phone: BrowserContext, url: string): Promise<{ visit: Visit; page: Page }> {
  const page = await phone.newPage();
  const cdp = await phone.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(() => {
    const seen = { lcp: 0 };
    Object.assign(window, { festaSeen: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLE_MS);
  const measured = await page.evaluate(() => {
    const resources = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')];
    return {
      lcp: (window as unknown as { festaSeen: { lcp: number } }).festaSeen.lcp,
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      bytes: resources.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
    };
  });
  return { visit: measured, page };
}
