import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitlistService } from '../../server/inventory/waitlist-service.ts';
import { adjustStock } from '../../server/ops/stock.ts';
import { endTransfer, listTransfers, saveLocation, sendTransfer } from '../../server/ops/transfers.ts';
import type { Database } from '../../server/platform/database.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

const OPERATOR = 'operator:test';
let db: Database;
let drop: () => Promise<void>;
let shop: Shop;

beforeEach(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  await saveLocation(db, { id: 'east', name: { zh: '华东仓', en: 'East' } }, OPERATOR);
});

afterEach(async () => {
  const broken = await violations(db);
  await drop();
  expect(broken).toEqual([]);
});

const send = (quantity: number, more: { key?: string; from?: string; to?: string; skuId?: string } = {}) =>
  sendTransfer(
    db,
    { key: randomUUID(), skuId: 'a', from: 'central', to: 'east', quantity, reason: '备货', ...more },
    OPERATOR,
  );
const end = (id: string, outcome: 'arrived' | 'returned') => endTransfer(db, { id, outcome }, OPERATOR);

/** On hand at both places, and in transit. */
async function units(skuId = 'a') {
  const { levels, transfers } = await listTransfers(db, { skuId });
  const at = (locationId: string) => levels.find((level) => level.locationId === locationId)?.onHand ?? 0;
  const moving = transfers
    .filter((one) => one.state === 'in_transit' && one.skuId === skuId)
    .reduce((sum, one) => sum + one.quantity, 0);
  return [at('central'), moving, at('east')];
}

test('units leave when they are sent, are in neither place on the way, and arrive once', async () => {
  await putOnSale(db, { id: 'a', onHand: 10 });
  const sent = await send(4);
  expect(sent).toMatchObject({ ok: true, value: { transfer: { state: 'in_transit', quantity: 4 } } });
  expect(await units()).toEqual([6, 4, 0]);
  const id = sent.ok ? sent.value.transfer.id : '';
  const arrivals = await Promise.all([end(id, 'arrived'), end(id, 'arrived')]);
  expect(arrivals.map((answer) => answer.ok)).toEqual([true, true]);
  expect(await units()).toEqual([6, 0, 4]);
  expect(await end(id, 'returned')).toEqual({ ok: false, refusal: { code: 'transfer_over', state: 'arrived' } });
  expect((await listTransfers(db, {})).locations).toMatchObject([
    { id: 'central', onHand: 6, arriving: 0 },
    { id: 'east', onHand: 4, arriving: 0 },
  ]);
});

test('the same key sends once, also from two operators at once; other content under it is refused', async () => {
  await putOnSale(db, { id: 'a', onHand: 10 });
  const key = randomUUID();
  const answers = await Promise.all([send(3, { key }), send(3, { key }), send(3, { key })]);
  expect(answers.map((answer) => answer.ok && answer.value.transfer.id)).toEqual([key, key, key]);
  expect(await units()).toEqual([7, 3, 0]);
  expect(await send(2, { key })).toEqual({ ok: false, refusal: { code: 'key_reused' } });
});

test('what cannot be sent is refused with its reason', async () => {
  await putOnSale(db, { id: 'a', onHand: 2 });
  expect(await send(1, { to: 'central' })).toMatchObject({ refusal: { code: 'same_location' } });
  expect(await send(1, { to: 'moon' })).toMatchObject({ refusal: { code: 'unknown_location' } });
  expect(await send(1, { skuId: 'nothing' })).toMatchObject({ refusal: { code: 'unknown_sku' } });
  expect(await send(1, { from: 'east', to: 'central' })).toMatchObject({
    refusal: { code: 'below_reserved', available: 0 },
  });
  expect(await send(3)).toMatchObject({ refusal: { code: 'below_reserved', available: 2 } });
  expect(await end(randomUUID(), 'arrived')).toMatchObject({ refusal: { code: 'not_found' } });
});

test('[R-17] neither an adjustment nor a transfer cuts below what orders hold', async () => {
  await putOnSale(db, { id: 'a', onHand: 5 });
  await shop.order('ann', 'a', 3);
  expect(await send(3)).toMatchObject({ refusal: { code: 'below_reserved', available: 2 } });
  const adjust = (delta: number, key = randomUUID()) =>
    adjustStock(db, { key, skuId: 'a', delta, reason: '盘点' }, OPERATOR);
  expect(await adjust(-3)).toMatchObject({ refusal: { code: 'below_reserved', available: 2 } });
  const key = randomUUID();
  expect([(await adjust(-1, key)).ok, (await adjust(-1, key)).ok]).toEqual([true, true]);
  expect(await adjust(-2, key)).toMatchObject({ refusal: { code: 'key_reused' } });
  expect((await send(1)).ok).toBe(true);
  expect(await units()).toEqual([3, 1, 0]);
});

test('[R-17] buyers, cuts and transfers at once on one SKU, 20 contests: nothing is taken twice', async () => {
  for (let round = 0; round < 20; round += 1) {
    const skuId = `a${round}`;
    await putOnSale(db, { id: skuId, onHand: 6 });
    const [bought, cut, sent] = await Promise.all([
      Promise.all(Array.from({ length: 5 }, (_, i) => shop.buy(`p${round}-${i}`, skuId))),
      adjustStock(db, { key: randomUUID(), skuId, delta: -3, reason: '盘点' }, OPERATOR),
      send(3, { skuId }),
    ]);
    const orders = bought.filter((answer) => answer.ok).length;
    expect(orders + (cut.ok ? 3 : 0) + (sent.ok ? 3 : 0)).toBeLessThanOrEqual(6);
    const [central = 0, moving = 0] = await units(skuId);
    expect(central + moving).toBe(cut.ok ? 3 : 6);
    expect(central).toBeGreaterThanOrEqual(orders);
  }
});

test('[R-12] only what lies at the central place is for sale; what arrives there serves who waits first', async () => {
  await putOnSale(db, { id: 'a', onHand: 2 });
  const sent = await send(2);
  if (sent.ok) await end(sent.value.transfer.id, 'arrived');
  expect((await shop.buy('ann', 'a')).ok).toBe(false);
  const list = waitlistService({ db });
  await list.join({ shopperId: 'ann', key: randomUUID(), skuId: 'a', quantity: 1 });
  const back = await send(1, { from: 'east', to: 'central' });
  const [answer] = await Promise.all([shop.buy('new', 'a'), back.ok && end(back.value.transfer.id, 'arrived')]);
  expect(answer.ok).toBe(false);
  await shop.order('ann', 'a');
});

test('[R-12] a transfer out against a crowd of buyers, 20 contests: each unit is sold or sent, never both', async () => {
  for (let round = 0; round < 20; round += 1) {
    const skuId = `a${round}`;
    await putOnSale(db, { id: skuId, onHand: 4 });
    const [sent, ...bought] = await Promise.all([
      send(2, { skuId }),
      ...Array.from({ length: 6 }, (_, i) => shop.buy(`p${round}-${i}`, skuId)),
    ]);
    const orders = bought.filter((answer) => answer.ok).length;
    expect(orders).toBe(sent.ok ? 2 : 4);
  }
});
