import { randomUUID } from 'node:crypto';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { orderSubmit, WantedLine } from '../../lib/contracts/order.ts';
import { postClerk } from '../../server/pickup/clerks.ts';
import type { Database } from '../../server/platform/database.ts';
import type { Shop } from './shop.ts';

/** The last four of the phone that every test's orders are made with (tests/support/shop.ts). */
export const LAST_FOUR = '0000';

/** A clerk, posted at a store. */
export async function putClerk(db: Database, id: string, storeId: string | null): Promise<string> {
  await db.query(
    `insert into person (id, display_name, email, role) values ($1, $1, $1 || '@festa.example', 'clerk') on conflict do nothing`,
    [id],
  );
  await post(db, id, storeId);
  return id;
}

export async function post(db: Database, clerkId: string, storeId: string | null): Promise<void> {
  const posted = await postClerk(db, { clerkId, storeId }, 'o');
  if (!posted.ok) throw new Error(JSON.stringify(posted.refusal));
}

type Submitted = AnswerOf<typeof orderSubmit>;

/** Submits an order for pickup, as it was quoted. */
export async function submitPickup(
  shop: Shop,
  shopperId: string,
  storeId: string,
  lines: WantedLine[],
  key: string = randomUUID(),
): Promise<Submitted | Extract<Awaited<ReturnType<Shop['orders']['quote']>>, { ok: false }>> {
  const quoted = await shop.orders.quote(lines, shopperId, undefined, storeId);
  if (!quoted.ok) return quoted;
  const quoteVersion = quoted.value.quote.version;
  return shop.orders.submit(shopperId, { key, lines, quoteVersion, fulfilment: { kind: 'pickup', storeId } });
}

/** Orders and pays; answers the order's id. @throws when it is refused */
export async function buyPickup(shop: Shop, shopperId: string, storeId: string, lines: WantedLine[]): Promise<string> {
  const answer = await submitPickup(shop, shopperId, storeId, lines);
  const { orderId } = yes(answer);
  await shop.pay(orderId);
  return orderId;
}

/** Expects a yes. */
export function yes<T>(answer: { ok: true; value: T } | { ok: false; refusal: unknown }): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}

/** What an answer comes to: `ok`, or the code of its refusal. */
export const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  answer.ok ? 'ok' : answer.refusal.code;

/** Orders, pays and puts aside; answers the order and the code that its owner shows. */
export async function readyPickup(
  shop: Shop,
  given: { shopperId: string; storeId: string; clerkId: string; lines: WantedLine[] },
): Promise<{ orderId: string; digits: string; secret: string; codeId: string }> {
  const orderId = await buyPickup(shop, given.shopperId, given.storeId, given.lines);
  yes(await shop.pickups.ready(given.clerkId, orderId));
  const { code } = yes(await shop.pickups.codes.own(given.shopperId, orderId));
  if (!code) throw new Error('an order that is ready has a code');
  return { orderId, ...code };
}

/** Scans by digits and hands over what is asked for; with a ticket, the scan was made before. */
export async function handOver(
  shop: Shop,
  clerkId: string,
  given: { digits: string; key?: string; lines?: { lineNumber: number; quantity: number }[] },
) {
  const scanned = await shop.pickups.scan(clerkId, { text: given.digits, lastFour: LAST_FOUR });
  if (!scanned.ok) return scanned;
  return handWith(shop, clerkId, scanned.value.ticket, given);
}

export function handWith(
  shop: Shop,
  clerkId: string,
  ticket: string,
  { key = randomUUID(), lines }: { key?: string; lines?: { lineNumber: number; quantity: number }[] } = {},
) {
  return shop.pickups.handOver(clerkId, { key, ticket, ...(lines ? { lines } : {}) });
}

/** A scan that succeeded: its ticket. */
export async function ticketOf(shop: Shop, clerkId: string, digits: string): Promise<string> {
  return yes(await shop.pickups.scan(clerkId, { text: digits, lastFour: LAST_FOUR })).ticket;
}
