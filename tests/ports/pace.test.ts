import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { opsCouponsRead, opsLiftCoupon, opsPublishCoupon, opsSaveCoupon } from '../../lib/contracts/coupon.ts';
import { opsLiftTeamCampaign, opsTeamsRead } from '../../lib/contracts/ops-team.ts';
import { paceLimitFen } from '../../lib/domain/promo/pace.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { LIMITS } from '../../server/platform/limits.ts';
import { openLog } from '../../server/platform/log.ts';
import { startCouponJobs } from '../../server/promo/coupon.job.ts';
import { keepPace } from '../../server/promo/pace.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import { teamService } from '../../server/team/service.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { putCoupon } from '../support/coupons.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { violations } from '../support/invariants.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';
import { putTeamCampaign } from '../support/teams.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;
let coupons: CouponService;

beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  coupons = couponService({ db });
  edge = await identityEdge(db, () => opsRoutesOf(db));
  operator = await staffBrowser(edge, 'operator');
  await addSkus(db, [{ id: 'a', priceFen: 900_000 }]);
});
afterEach(async () => {
  expect(await violations(database.db)).toEqual([]);
  await edge.app.close();
  await database.drop();
});

const { pace, soloFen } = LIMITS.coupon;
const SETTINGS = { ...pace, soloFen };
const claim = (templateId: string, shopperId: string) => coupons.claim({ shopperId, key: randomUUID(), templateId });
const outcome = async (answer: ReturnType<typeof claim>) => {
  const said = await answer;
  return said.ok ? 'ok' : said.refusal.code;
};
/** ¥1,000 off each, 100 of them, for ten days: planned are ¥25,000 in ten minutes at most. */
const dear = (more: object = {}) => ({
  rule: { kind: 'fixed' as const, cutFen: 100_000 },
  total: 100,
  claimFrom: Date.now() - HOUR_MS,
  claimUntil: Date.now() + 10 * DAY_MS,
  ...more,
});
const seen = async (id: string, by = operator) =>
  accepted(await by.call(opsCouponsRead, {})).templates.find((one) => one.id === id);

test('[T-07] what may leave in ten minutes is a share of the budget, more for a short campaign, never more than there is', () => {
  const plan = (budgetFen: number, days: number) =>
    paceLimitFen({ budgetFen, from: 0, until: days * DAY_MS }, SETTINGS);
  expect([plan(500_000, 10), plan(10_000_000, 10), plan(10_000_000, 1 / 12)]).toEqual([500_000, 2_500_000, 10_000_000]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 11 }), fc.integer({ min: 1, max: 90 }), (budgetFen, days) => {
      const limit = plan(budgetFen, days);
      expect(limit).toBeLessThanOrEqual(budgetFen);
      expect(limit).toBeGreaterThanOrEqual(Math.min(budgetFen, soloFen));
      // An even campaign, and one of twenty times its pace, are never stopped.
      expect(limit).toBeGreaterThanOrEqual(
        Math.floor(Math.min(budgetFen, (20 * budgetFen * pace.windowMs) / (days * DAY_MS))),
      );
      expect(plan(budgetFen, days + 1)).toBeLessThanOrEqual(limit);
    }),
  );
});

test('[T-07] a coupon that is given out too fast stops by itself within ten seconds, and who wants one is told', async () => {
  const { db } = database;
  const id = await putCoupon(db, dear());
  const slow = await putCoupon(db, dear());
  const jobs = startCouponJobs({ db, log: openLog('silent') });
  try {
    for (let index = 0; index < 25; index += 1) expect(await outcome(claim(id, `p${index}`))).toBe('ok');
    await claim(slow, 'p0');
    const startedAt = performance.now();
    expect(await outcome(claim(id, 'p25'))).toBe('ok');
    await expect.poll(async () => (await seen(id))?.state, { timeout: 30_000, interval: 100 }).toBe('paused');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  } finally {
    await Promise.all(jobs.map((job) => job.stop()));
  }
  expect(await outcome(claim(id, 'p26'))).toBe('coupon_paused');
  expect((await coupons.claimable()).map((one) => one.id)).toEqual([slow]);
  expect(await seen(id)).toMatchObject({
    pause: { goneFen: 2_600_000, limitFen: 2_500_000, minutes: 10, goesOnAt: null },
  });
  // What people have stays theirs.
  expect((await coupons.mine('p3')).coupons).toMatchObject([{ state: 'usable' }]);
});

async function pausedByOperator(): Promise<string> {
  const { db } = database;
  const { claimFrom, claimUntil, rule, total } = dear();
  const id = randomUUID();
  accepted(
    await operator.call(opsSaveCoupon, {
      id,
      name: { zh: '立减1000元', en: '¥1,000 off' },
      scope: { kind: 'all' },
      validity: { kind: 'days', days: 7 },
      perPerson: 1,
      budgetFen: 10_000_000,
      ...{ rule, total, claimFrom, claimUntil },
    }),
  );
  accepted(await operator.call(opsPublishCoupon, { id }));
  await db.query(
    `update coupon_template set valid_from = now() - interval '1 second' where id = $1 and valid_from is null`,
    [id],
  );
  return id;
}

test('[T-07] its maker cannot let it go on while much may be spent; somebody else can, and the next window is counted anew', async () => {
  const other = await staffBrowser(edge, 'operator');
  const id = await pausedByOperator();
  for (let index = 0; index < 26; index += 1) expect(await outcome(claim(id, `p${index}`))).toBe('ok');
  expect(await keepPace(database.db)).toMatchObject([{ templateId: id, goneFen: 2_600_000 }]);
  expect(await keepPace(database.db)).toEqual([]);
  const lift = { id, reason: '活动火爆，已核对' };
  expect(outcomeOf(await operator.call(opsLiftCoupon, lift))).toBe('same_person');
  accepted(await other.call(opsLiftCoupon, lift));
  expect(outcomeOf(await other.call(opsLiftCoupon, lift))).toBe('not_paused');
  expect(await seen(id)).toMatchObject({ state: 'running', pause: null });
  expect(await outcome(claim(id, 'p26'))).toBe('ok');
  expect(await keepPace(database.db)).toEqual([]);
  for (let index = 27; index < 53; index += 1) await claim(id, `p${index}`);
  expect(await keepPace(database.db)).toMatchObject([{ templateId: id, goneFen: 2_700_000 }]);
  expect(await database.db.query(`select 1 from audit where action = 'ops.liftCoupon'`)).toHaveLength(1);
});

test('[T-07] who is alone waits ten minutes until it goes on', async () => {
  const { db } = database;
  const id = await putCoupon(db, dear());
  for (let index = 0; index < 26; index += 1) await claim(id, `p${index}`);
  await keepPace(db);
  accepted(await operator.call(opsLiftCoupon, { id, reason: '已核对' }));
  const one = await seen(id);
  expect(one).toMatchObject({ state: 'paused' });
  expect((one?.pause?.goesOnAt ?? 0) - Date.now()).toBeGreaterThan(9 * 60_000);
  expect(await outcome(claim(id, 'p27'))).toBe('coupon_paused');
  await db.query(`update coupon_pause set lifted_from = now() - interval '1 second'`);
  await keepPace(db);
  expect(await outcome(claim(id, 'p27'))).toBe('ok');
});

test('[T-07] team packets stop in the same way, teams that are open go on, and a second person lets them be opened again', async () => {
  const { db } = database;
  const teams = teamService({ db });
  const id = await putTeamCampaign(db, { potFen: 200_000, budgetFen: 20_000_000 });
  const open = async (shopperId: string) => {
    const answer = await teams.open({ shopperId, key: randomUUID(), campaignId: id, name: null });
    return answer.ok ? answer.value.room.code : answer.refusal.code;
  };
  const codes: string[] = [];
  for (let index = 0; index < 26; index += 1) codes.push(await open(`p${index}`));
  expect(await keepPace(db)).toMatchObject([{ templateId: id, goneFen: 5_200_000, limitFen: 5_000_000 }]);
  expect(await open('q')).toBe('team_campaign_paused');
  const joined = await teams.join({ shopperId: 'friend', key: randomUUID(), code: codes[0] as string, name: null });
  expect(joined.ok).toBe(true);
  const listed = accepted(await operator.call(opsTeamsRead, {})).campaigns.find((one) => one.id === id);
  expect(listed).toMatchObject({ state: 'paused', pause: { goneFen: 5_200_000 } });
  const other = await staffBrowser(edge, 'operator');
  accepted(await other.call(opsLiftTeamCampaign, { id, reason: '已核对' }));
  expect(await open('q')).toMatch(/^[0-9A-Za-z]{12}$/);
});
