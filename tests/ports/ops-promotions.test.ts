import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  opsApprovePromotion,
  opsMakePromotion,
  opsPromotionsRead,
  opsStopPromotion,
  promotionsRead,
} from '../../lib/contracts/promotion.ts';
import { promotionRoutes } from '../../server/venue/promotions.http.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  edge = await identityEdge(db, () => [...opsRoutesOf(db), ...promotionRoutes({ db })]);
  operator = await staffBrowser(edge, 'operator');
  await addSkus(db, [{ id: 'a' }]);
});
afterEach(async () => {
  await edge.app.close();
  await database.drop();
});

const HOUR = 3_600_000;
const wanted = (more: object = {}) => ({
  id: randomUUID(),
  name: { zh: '满300减50', en: '¥50 off ¥300' },
  scope: { kind: 'categories', ids: ['tea'] },
  rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false },
  startsAt: Date.now() - HOUR,
  endsAt: Date.now() + HOUR,
  ...more,
});
const shown = async () => accepted(await edge.browser().call(promotionsRead, {})).promotions.map(({ id }) => id);
const audits = (action: string) => database.db.query('select 1 from audit where action = $1', [action]);

test('a promotion is published once, whatever is repeated, and shoppers see it', async () => {
  const one = wanted();
  const { promotions } = accepted(await operator.call(opsMakePromotion, one));
  expect(promotions).toMatchObject([{ id: one.id, state: 'running', isOwn: true }]);
  expect(outcomeOf(await operator.call(opsMakePromotion, one))).toBe('ok');
  expect(outcomeOf(await operator.call(opsMakePromotion, { ...one, endsAt: one.endsAt + HOUR }))).toBe('key_reused');
  expect(await shown()).toEqual([one.id]);
  expect(await audits('ops.makePromotion')).toHaveLength(1);
});

test.each([
  [
    'a cut as large as its threshold',
    { rule: { kind: 'amount_ladder', steps: [{ fullFen: 5, cutFen: 5 }] } },
    'promotion_wrong',
  ],
  ['an end in the past', { startsAt: Date.now() - 2 * HOUR, endsAt: Date.now() - HOUR }, 'promotion_times_wrong'],
  ['an end before its start', { startsAt: Date.now() + 2 * HOUR }, 'promotion_times_wrong'],
  ['a category that is not there', { scope: { kind: 'categories', ids: ['tea', 'wine'] } }, 'unknown_scope'],
  ['a product that is not there', { scope: { kind: 'products', handles: ['wine'] } }, 'unknown_scope'],
])('%s is refused', async (_what, more, code) => {
  expect(outcomeOf(await operator.call(opsMakePromotion, wanted(more)))).toBe(code);
  expect(await shown()).toEqual([]);
});

test('a promotion that takes off half or more waits for a second operator, and its maker is not one', async () => {
  const other = await staffBrowser(edge, 'operator');
  const rule = { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 500 }] };
  const deep = wanted({ name: { zh: '2件5折', en: '2 items 50% off' }, rule });
  expect(accepted(await operator.call(opsMakePromotion, deep)).promotions[0]).toMatchObject({ state: 'waiting' });
  expect(await shown()).toEqual([]);
  expect(outcomeOf(await operator.call(opsApprovePromotion, { id: deep.id }))).toBe('same_person');
  expect(accepted(await other.call(opsApprovePromotion, { id: deep.id })).promotions[0]).toMatchObject({
    state: 'running',
    isOwn: false,
  });
  expect(outcomeOf(await other.call(opsApprovePromotion, { id: deep.id }))).toBe('ok');
  expect(await shown()).toEqual([deep.id]);
  expect(await audits('ops.approvePromotion')).toHaveLength(1);
});

test('an operator who is alone has ten minutes before a deep promotion is in force', async () => {
  const deep = wanted({ rule: { kind: 'full_reduction', fullFen: 10_000, cutFen: 5_000, isEach: true } });
  const { promotions, now } = accepted(await operator.call(opsMakePromotion, deep));
  expect(promotions[0]?.state).toBe('ahead');
  expect((promotions[0]?.validFrom ?? 0) - now).toBeGreaterThan(9 * 60_000);
  const [told] = accepted(await edge.browser().call(promotionsRead, {})).promotions;
  expect(told?.startsAt).toBe(promotions[0]?.validFrom);
});

test('a stop is for good, once, and written down', async () => {
  const one = wanted();
  accepted(await operator.call(opsMakePromotion, one));
  const stop = { id: one.id, reason: '写错了门槛' };
  expect(accepted(await operator.call(opsStopPromotion, stop)).promotions[0]?.state).toBe('stopped');
  expect(outcomeOf(await operator.call(opsStopPromotion, stop))).toBe('ok');
  expect(await shown()).toEqual([]);
  expect(await audits('ops.stopPromotion')).toHaveLength(1);
  expect(outcomeOf(await operator.call(opsStopPromotion, { ...stop, id: 'nowhere' }))).toBe('not_found');
  expect(accepted(await operator.call(opsPromotionsRead, {})).categories).toMatchObject([{ id: 'tea' }]);
});
