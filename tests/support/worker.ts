import type { Page } from '@playwright/test';
import { assetsOf, STATIC } from '../../lib/domain/page-assets.ts';

const ANSWER_MS_MAX = 60_000;
const LOOK_MS = 100;

/**
 * Waits until a question with a promised answer is answered with yes; `page.waitForFunction` takes the promise itself
 * for a yes.
 */
async function untilSo(page: Page, what: string, question: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + ANSWER_MS_MAX;
  while (performance.now() < until) {
    // A page that is just being left answers nothing.
    if (await question().catch(() => false)) return;
    await page.waitForTimeout(LOOK_MS);
  }
  throw new Error(`After ${ANSWER_MS_MAX} ms ${what}`);
}

/**
 * The worker has taken this page over and keeps it (or the page of `path`, whatever its query) with all scripts and styles
 * that its document names, and those that were loaded later.
 */
export function workerKeeps(page: Page, path: string | null = null): Promise<void> {
  return untilSo(page, `the worker does not keep ${path ?? page.url()}`, async () => {
    const seen = await page.evaluate(async (asked) => {
      if (navigator.serviceWorker.controller === null) return null;
      const files = asked === null ? performance.getEntriesByType('resource').map(({ name }) => name) : [];
      const kept = await caches.match(asked ?? location.origin + location.pathname, { ignoreSearch: true });
      return kept ? { files, html: await kept.text() } : null;
    }, path);
    if (seen === null) return false;
    const wanted = [...seen.files.filter((name) => name.includes(STATIC)), ...assetsOf(seen.html)];
    return page.evaluate(async (urls) => {
      const kept = await Promise.all(urls.map((url) => caches.match(url, { ignoreSearch: true })));
      return kept.every((answer) => answer !== undefined);
    }, wanted);
  });
}

/** A newer worker is there and waits for its turn. */
export function newerWorkerWaits(page: Page): Promise<void> {
  return untilSo(page, 'no newer worker waits', () =>
    page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)),
  );
}
