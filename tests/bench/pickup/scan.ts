import { type APIRequestContext, type Page, request } from '@playwright/test';
import { tokenAt } from '../../../lib/domain/pickup/token.ts';
import { counterScanMessages } from '../../../lib/messages/counter-scan.ts';
import {
  type Bought,
  buyForPickup,
  codeOf,
  openCounter,
  ordinarySkus,
  putAside,
  signInClerk,
  wedge,
} from '../../support/counter-doors.ts';
import { openOperatorDoor } from '../../support/operator-door.ts';
import type { BenchOptions } from '../report.ts';
import { startFesta } from '../shop/processes.ts';
import { openBrowser, openPhone } from '../shop/visits.ts';

const PROMISE_MS = 300;
const ORDERS_PER_SHOPPER = 10;
const words = counterScanMessages['zh-CN'];

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;

/**
 * Does one thing at the counter and waits until its word has been painted; ms from the last key, or from the tap.
 * @param text what a hand scanner types; null: the green button is pressed
 */
function untilPainted(page: Page, text: string | null, word: string): Promise<number> {
  return page.evaluate(
    async ([keys, wanted]) => {
      const heading = () => document.querySelector('article h2');
      const isThere = () => heading()?.textContent === wanted;
      const press = (key: string) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const begun = performance.now();
      if (keys === null) document.querySelector<HTMLElement>('article button.bg-jade\\!')?.click();
      else for (const key of [...(keys as string), 'Enter']) press(key);
      await new Promise<void>((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`no ${wanted}, but ${heading()?.textContent}`)), 10_000);
        const look = () => {
          if (!isThere()) return;
          watcher.disconnect();
          clearTimeout(timer);
          done();
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      });
      // The frame with it has been drawn when a task runs after the next animation frame.
      await new Promise<void>((done) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done();
          port2.postMessage(null);
        });
      });
      return performance.now() - begun;
    },
    [text, word] as const,
  );
}

/** Paid orders that are put aside, of shoppers who have ten each. */
async function readyOrders(origin: string, storeId: string, skuId: string, clerk: APIRequestContext, count: number) {
  const orders: { order: Bought; phone: APIRequestContext }[] = [];
  let phone = await request.newContext({ baseURL: origin });
  let number: string | undefined;
  for (let made = 0; made < count; made += 1) {
    if (made > 0 && made % ORDERS_PER_SHOPPER === 0) {
      phone = await request.newContext({ baseURL: origin });
      number = undefined;
    }
    const order = await buyForPickup(phone, storeId, [{ skuId, quantity: 1 }], number);
    number = order.number;
    await putAside(clerk, order.orderId);
    orders.push({ order, phone });
  }
  return orders;
}

/** From a hand scanner's last key to the painted order, and from the tap to the painted green screen. */
export async function measureScan({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 10 : 100;
  const festa = await startFesta();
  const origin = `http://127.0.0.1:${festa.port}`;
  const browser = await openBrowser();
  const wire = await request.newContext({ baseURL: origin });
  try {
    const operator = await openOperatorDoor(wire, festa.home, origin);
    const [skuId = ''] = ordinarySkus(festa.home);
    const counter = await openCounter(festa.home, origin, operator, {
      skuIds: [skuId],
      units: count,
      clerks: ['Bench'],
      name: `Bench ${Date.now()}`,
    });
    const context = await openPhone(browser);
    const page = await context.newPage();
    const [clerk] = counter.clerks;
    if (!clerk) throw new Error('The counter has no clerk');
    await page.goto(`${origin}/counter`);
    const door = await request.newContext({ baseURL: origin });
    await signInClerk(door, clerk);
    await context.addCookies((await door.storageState()).cookies);
    await page.reload();
    await page.getByRole('button', { name: words.cameraOpen }).waitFor();
    const orders = await readyOrders(origin, counter.storeId, skuId, door, count);
    const scans: number[] = [];
    const hands: number[] = [];
    const both: number[] = [];
    // The first scan of a page pays for what the browser compiles.
    await wedge(page, 'NOT A PICKUP CODE');
    await page.getByRole('button', { name: words.next }).click();
    for (const { order, phone } of orders) {
      const code = await codeOf(phone, order.orderId);
      if (!code) throw new Error(`${order.orderId} has no code`);
      const scan = await untilPainted(page, tokenAt(code.secret, code.codeId, Date.now()), words.found);
      const hand = await untilPainted(page, null, words.handed);
      scans.push(scan);
      hands.push(hand);
      both.push(scan + hand);
      await page.getByRole('button', { name: words.next }).click();
    }
    const home = (await (await door.get('/api/counter.day')).json()) as { value: { totals: { units: number } } };
    if (home.value.totals.units !== count)
      throw new Error(`${home.value.totals.units} of ${count} units were handed over`);
    for (const [name, values, notes] of [
      ['scan-to-order', scans, 'from the last key of a hand scanner to the painted order, ready to be handed over'],
      ['tap-to-green', hands, 'from the tap to the painted green screen; the handing over is durable by then'],
      ['scan-to-green', both, 'both together, without the time in which the clerk looks'],
    ] as const) {
      const sorted = [...values].sort((a, b) => a - b);
      report({
        name,
        ours: at(sorted, 0.95),
        baseline: PROMISE_MS,
        ratio: PROMISE_MS / at(sorted, 0.95),
        unit: 'ms p95',
        runs: count,
        spread: `${at(sorted, 0).toFixed(0)}–${at(sorted, 1).toFixed(0)}`,
        notes: `${notes}; p50 ${at(sorted, 0.5).toFixed(0)} ms; the baseline is the promise`,
      });
    }
    for (const phone of new Set(orders.map((one) => one.phone))) await phone.dispose();
    await door.dispose();
  } finally {
    await wire.dispose();
    await browser.close();
    await festa.stop();
  }
}
