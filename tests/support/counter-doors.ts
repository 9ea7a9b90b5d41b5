import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { APIRequestContext, Page } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import type { RequestNamed, ValueNamed } from '../../lib/contracts/named.ts';
import { openIdentity } from '../../server/identity/service.ts';
import { createStaff } from '../../server/identity/staff.ts';
import { sandboxMessages } from '../../server/outreach/message.sandbox.ts';
import { openLog } from '../../server/platform/log.ts';
import { command, freshPhoneNumber } from './phone.ts';
import { putStore, putUnits } from './stores.ts';
import { inDatabase } from './team-doors.ts';

/* A store with clerks and goods in a running shop, and shoppers who fetch there; by the shop's own doors where it has some. */

export type Login = { readonly id: string; readonly email: string; readonly password: string; readonly name: string };
export type Counter = { readonly storeId: string; readonly storeName: string; readonly clerks: readonly Login[] };

/**
 * A store of its own with so many units of each SKU, and clerks who are posted there.
 * @param operator somebody signed in who may post clerks
 */
export async function openCounter(
  home: string,
  publicUrl: string,
  operator: { ask(name: 'ops.postClerk', request: RequestNamed<'ops.postClerk'>): Promise<unknown> },
  given: { skuIds: readonly string[]; units: number; clerks: readonly string[]; name: string },
): Promise<Counter> {
  const code = `c${randomInt(1_000_000, 10_000_000)}`;
  const made = await inDatabase(home, async (db) => {
    const storeId = await putStore(db, code, { name: { zh: given.name, en: `${given.name} Store` } });
    for (const skuId of given.skuIds) await putUnits(db, storeId, skuId, given.units);
    const log = openLog('silent');
    const identity = openIdentity({
      db,
      log,
      messages: sandboxMessages(db, log),
      settings: { secret: randomUUID().repeat(2), publicUrl, allowLoadIdentity: false },
      onClaim: async () => {},
    });
    const clerks: Login[] = [];
    for (const name of given.clerks) {
      const { email, password } = await createStaff(identity, {
        role: 'clerk',
        email: `clerk-${randomUUID()}@shop.example`,
        displayName: name,
      });
      const [row] = await db.query<{ id: string }>('select id from person where email = $1', [email]);
      clerks.push({ id: row?.id ?? '', email, password, name });
    }
    return { storeId, clerks };
  });
  for (const { id } of made.clerks) await operator.ask('ops.postClerk', { clerkId: id, storeId: made.storeId });
  return { ...made, storeName: given.name };
}

/** Signs a clerk in with both factors, without a screen; the browser of this wire is his from then on. */
export async function signInClerk(
  wire: APIRequestContext,
  { email, password }: Pick<Login, 'email' | 'password'>,
): Promise<void> {
  const { sandboxCode } = await command<{ sandboxCode: string }>(wire, 'identity.staffSignIn', { email, password });
  await command(wire, 'identity.staffVerify', { code: sandboxCode });
}

export type Bought = { readonly orderId: string; readonly number: string };

/** Signs a new shopper in, unless he is known, orders for pickup at this store and pays. */
export async function buyForPickup(
  phone: APIRequestContext,
  storeId: string,
  lines: readonly { skuId: string; quantity: number }[],
  known?: string,
): Promise<Bought> {
  const number = known ?? freshPhoneNumber();
  if (known === undefined) {
    const { sandboxCode } = await command<{ sandboxCode: string }>(phone, 'identity.sendCode', { phone: number });
    await command(phone, 'identity.verifyCode', { phone: number, code: sandboxCode });
  }
  const fulfilment = { kind: 'pickup', storeId };
  const { quote } = await command<ValueNamed<'order.quote'>>(phone, 'order.quote', { lines, fulfilment });
  const { orderId } = await command<ValueNamed<'order.submit'>>(phone, 'order.submit', {
    key: randomUUID(),
    lines,
    quoteVersion: quote.version,
    fulfilment,
  });
  const { payUrl } = await command<ValueNamed<'payment.start'>>(phone, 'payment.start', {
    key: randomUUID(),
    orderId,
    channel: 'sandbox',
  });
  await command(phone, 'sandbox.pay', { id: payUrl.split('=')[1] });
  return { orderId, number };
}

/** A clerk puts the goods aside, as soon as the payment has been heard of. @throws when that takes a minute */
export async function putAside(clerk: APIRequestContext, orderId: string): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await (await clerk.post('/api/counter.ready', { data: { orderId } })).json();
    if ((answer as { ok: boolean }).ok) return;
    if (performance.now() > until) throw new Error(`${orderId} is not put aside: ${JSON.stringify(answer)}`);
    await pause(100);
  }
}

/** SKUs of the demo that are in no session. */
export function ordinarySkus(home: string): string[] {
  const { products } = JSON.parse(readFileSync(join(home, 'catalogue.json'), 'utf8')) as Catalogue;
  return products
    .flatMap(({ skus }) => skus)
    .filter(({ offers }) => offers.length === 0)
    .map(({ id }) => id);
}

/** What the shopper's phone has to show; null before the goods are ready. */
export async function codeOf(phone: APIRequestContext, orderId: string) {
  const answer = await (await phone.get(`/api/pickup.code?orderId=${orderId}`)).json();
  return (answer as { value: ValueNamed<'pickup.code'> }).value.code;
}

/** A hand scanner: the keys of a code within a few milliseconds, then Enter. */
export function wedge(page: Page, text: string): Promise<void> {
  return page.evaluate((keys) => {
    const press = (key: string) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    for (const key of keys) press(key);
    press('Enter');
  }, text);
}
