import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { putCoupon } from './coupons.ts';
import { command } from './phone.ts';
import { inDatabase } from './team-doors.ts';

const PATIENCE_MS = 60_000;
/** Of the demo; ¥5 off is a fifth of one of its lines at most. */
const HANDLE = 'fengtian-honey';

/** A red packet of ¥5 that anybody can claim once, under a name of its own; answers its id. */
export function publishPackets(home: string, name: string): Promise<string> {
  return inDatabase(home, (db) =>
    putCoupon(db, { name: { zh: name, en: name }, rule: { kind: 'red_packet', cutFen: 500 } }),
  );
}

/** Claims one, and orders with it for whoever is signed in, with an address; answers the order. */
async function orderWithPacket(phone: APIRequestContext, templateId: string): Promise<string> {
  const { coupon } = await command<ValueNamed<'coupon.claim'>>(phone, 'coupon.claim', {
    key: randomUUID(),
    templateId,
  });
  const goods = await (await phone.get(`/api/public/product?handle=${HANDLE}`)).json();
  const { product } = (goods as { value: { product: { skus: { id: string }[] } } }).value;
  const lines = [{ skuId: product.skus[0]?.id ?? '', quantity: 2 }];
  const { addresses } = ((await (await phone.get('/api/address.list')).json()) as { value: ValueNamed<'address.list'> })
    .value;
  const { quote } = await command<ValueNamed<'order.quote'>>(phone, 'order.quote', {
    lines,
    coupons: { choice: 'these', ids: [coupon.id] },
  });
  expect(quote.cuts.map(({ source }) => source)).toContain(coupon.id);
  const { orderId } = await command<ValueNamed<'order.submit'>>(phone, 'order.submit', {
    key: randomUUID(),
    lines,
    quoteVersion: quote.version,
    addressId: addresses[0]?.id,
  });
  return orderId;
}

async function payFor(payer: APIRequestContext, owner: APIRequestContext, orderId: string): Promise<void> {
  const { payUrl } = await command<ValueNamed<'payment.start'>>(owner, 'payment.start', {
    key: randomUUID(),
    orderId,
    channel: 'sandbox',
  });
  await command(payer, 'sandbox.pay', { id: payUrl.split('=')[1] });
}

export async function orderOf(phone: APIRequestContext, id: string) {
  const answer = await (await phone.get(`/api/order.read?id=${id}`)).json();
  return (answer as { value: ValueNamed<'order.read'> }).value.order;
}

/**
 * Everybody orders with a packet of this campaign, and the first of them pays for all, one after the other; the last
 * one's order is held. Answers that order.
 */
export async function heldOrder(people: readonly APIRequestContext[], templateId: string): Promise<string> {
  const [payer] = people;
  let last = '';
  for (const person of people) {
    last = await orderWithPacket(person, templateId);
    await payFor(payer as APIRequestContext, person, last);
    const id = last;
    await expect.poll(async () => (await orderOf(person, id)).state, { timeout: PATIENCE_MS }).toBe('paid');
  }
  const owner = people.at(-1) as APIRequestContext;
  await expect.poll(async () => (await orderOf(owner, last)).review?.state, { timeout: PATIENCE_MS }).toBe('held');
  return last;
}
