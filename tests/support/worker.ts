import type { Page } from '@playwright/test';

const ANSWER_MS_MAX = 60_000;
const LOOK_MS = 100;

/**
 * Waits until a question with a promised answer is answered with yes; `page.waitForFunction` takes the promise itself
 * for a yes.
 */
async function untilSo<A>(page: Page, what: string, question: (arg: A) => Promise<boolean>, arg: A): Promise<void> {
  const until = performance.now() + ANSWER_MS_MAX;
  while (performance.now() < until) {
    // A page that is just being left answers nothing.
    const evaluate = page.evaluate as (fn: typeof question, arg: A) => Promise<boolean>;
    if (await evaluate.call(page, question, arg).catch(() => false)) return;
    await page.waitForTimeout(LOOK_MS);
  }
  throw new Error(`After ${ANSWER_MS_MAX} ms ${what}`);
}

/**
 * The worker has taken this page over and keeps it (or the page of `path`, whatever its query) with all scripts and styles
 * that its document names, and those that were loaded later.
 */
export function workerKeeps(page: Page, path: string | null = null): Promise<void> {
  return untilSo(
    page,
    `the worker does not keep ${path ?? page.url()}`,
    async (asked) => {
      if (navigator.serviceWorker.controller === null) return false;
      const files = asked === null ? performance.getEntriesByType('resource').map(({ name }) => name) : [];
      const address = asked ?? location.origin + location.pathname;
      const document = await caches.match(address, { ignoreSearch: true });
      const named = (await document?.text())?.replace(/<script\b[^>]*\bnomodule\b[^>]*>/gi, '');
      const wanted = [
        address,
        ...files.filter((name) => name.includes('/_next/static/')),
        ...(named?.match(/\/_next\/static\/chunks\/[^"'\\?\s<>]+\.(?:js|css)/g) ?? []),
      ];
      const kept = await Promise.all(wanted.map((url) => caches.match(url, { ignoreSearch: true })));
      return kept.every((answer) => answer !== undefined);
    },
    path,
  );
}

/** A newer worker is there and waits for its turn. */
export function newerWorkerWaits(page: Page): Promise<void> {
  return untilSo(
    page,
    'no newer worker waits',
    async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting),
    null,
  );
}
