import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { opsAdjustStock } from '../../lib/contracts/ops.ts';
import {
  opsSaveHoliday,
  opsSaveStoreDate,
  opsSaveStoreHours,
  opsSetStoreState,
  opsStoreStock,
  opsStores,
} from '../../lib/contracts/ops-store.ts';
import { storeRead } from '../../lib/contracts/store.ts';
import { opsEndTransfer, opsSendTransfer, opsTransfers } from '../../lib/contracts/transfer.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { staffBrowser } from '../support/staff.ts';
import { beside, putStore, putUnits } from '../support/stores.ts';

let edge: Edge;
let operator: Browser;
const id = 's-near';

beforeAll(async () => {
  edge = await openEdge();
  operator = await staffBrowser(edge, 'operator');
  await putOnSale(edge.db, { id: 'a', onHand: 50 });
  await putStore(edge.db, 'near');
  await putStore(edge.db, 'far', beside({ east: 60_000 }));
  await putUnits(edge.db, id, 'a', 4);
});
afterAll(() => edge?.close());

const seen = async () => accepted(await edge.browser().call(storeRead, { id })).store;

test('an operator finds stores by name and state, with what lies there', async () => {
  const all = accepted(await operator.call(opsStores, {}));
  expect(all.stores.map(({ id: one, onHand }) => [one, onHand])).toEqual([
    ['s-far', 0],
    [id, 4],
  ]);
  expect(all).toMatchObject({ counts: { open: 2, closed_temporarily: 0, closed: 0 }, nextAfter: null });
  expect(accepted(await operator.call(opsStores, { search: 'near号' })).stores).toHaveLength(1);
  expect(accepted(await operator.call(opsStores, { state: 'closed' })).stores).toEqual([]);
});

test('hours of the week, of one date and of holidays are written as people write them, and read back', async () => {
  const hours = 'Mo-Fr 09:00-21:00; Sa-Su 22:00-02:00; PH off';
  expect(accepted(await operator.call(opsSaveStoreHours, { id, hours })).store.hoursText).toBe(hours);
  const date = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const note = { zh: '盘点', en: 'Stocktaking' };
  await operator.call(opsSaveStoreDate, { id, date, hours: '10:00-12:00', note });
  expect((await seen()).exceptions).toEqual([{ date, spans: [[600, 720]], note }]);
  await operator.call(opsSaveStoreDate, { id, date, hours: null, note: null });
  expect((await seen()).exceptions).toEqual([]);
  expect(outcomeOf(await operator.call(opsSaveStoreHours, { id, hours: '随时' }))).toBe('hours_unreadable');
  expect(outcomeOf(await operator.call(opsSaveStoreDate, { id, date, hours: 'off; Mo off', note: null }))).toBe(
    'hours_unreadable',
  );
  expect(accepted(await operator.call(opsSaveHoliday, { date, name: { zh: '春节', en: 'Spring Festival' } }))).toEqual({
    holidays: [{ date, name: { zh: '春节', en: 'Spring Festival' } }],
  });
  expect(accepted(await operator.call(opsSaveHoliday, { date, name: null })).holidays).toEqual([]);
});

test('the stock of a store is counted by hand once per key, and never another place’s', async () => {
  const count = { key: randomUUID(), skuId: 'a', delta: 3, reason: '盘点', locationId: id };
  expect(accepted(await operator.call(opsAdjustStock, count)).row).toMatchObject({ onHand: 7 });
  expect(accepted(await operator.call(opsAdjustStock, count)).row).toMatchObject({ onHand: 7 });
  expect(outcomeOf(await operator.call(opsAdjustStock, { ...count, locationId: 's-far' }))).toBe('key_reused');
  const elsewhere = { ...count, key: randomUUID(), locationId: 's-nowhere' };
  expect(outcomeOf(await operator.call(opsAdjustStock, elsewhere))).toBe('unknown_location');
  const tooMany = { ...count, key: randomUUID(), delta: -8 };
  expect(outcomeOf(await operator.call(opsAdjustStock, tooMany))).toBe('below_reserved');
  const { rows } = accepted(await operator.call(opsStoreStock, { id }));
  expect(rows).toMatchObject([{ skuId: 'a', onHand: 7 }]);
  const [central] = await edge.db.query(`select on_hand from stock_level where location_id = 'central'`);
  expect(central).toEqual({ on_hand: 50 });
});

test('[INV-06] a store that something is on its way to is not closed for good; two-sided, then it is', async () => {
  const key = randomUUID();
  const sent = { key, skuId: 'a', from: 'central', to: id, quantity: 5, reason: '铺货' };
  accepted(await operator.call(opsSendTransfer, sent));
  const places = accepted(await operator.call(opsTransfers, {})).locations.map((place) => place.id);
  expect(places).toEqual(['central', id]);
  const close = { id, state: 'closed' as const, note: null, reason: '租约到期' };
  expect(await operator.call(opsSetStoreState, close)).toMatchObject({
    refusal: { code: 'store_busy', arriving: 5, reserved: 0, orders: 0 },
  });
  const note = { zh: '装修', en: 'Works' };
  accepted(await operator.call(opsSetStoreState, { ...close, state: 'closed_temporarily', note }));
  expect(await seen()).toMatchObject({ state: 'closed_temporarily', stateNote: note });
  accepted(await operator.call(opsEndTransfer, { id: key, outcome: 'arrived' }));
  expect(accepted(await operator.call(opsSetStoreState, close)).store).toMatchObject({ state: 'closed', onHand: 12 });
  expect(outcomeOf(await operator.call(opsSetStoreState, { ...close, id: 's-nowhere' }))).toBe('not_found');
  expect(await violations(edge.db)).toEqual([]);
});
