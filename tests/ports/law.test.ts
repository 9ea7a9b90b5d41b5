import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import { opsCouponsRead, opsPublishCoupon, opsSaveCoupon, opsStopCoupon } from '../../lib/contracts/coupon.ts';
import { opsMakePromotion } from '../../lib/contracts/promotion.ts';
import type { Campaign } from '../../lib/domain/law/campaign.ts';
import type { Promotion } from '../../lib/domain/pricing/promotion.ts';
import type { CouponTemplate } from '../../lib/domain/promo/coupon.ts';
import type { TeamCampaign } from '../../lib/domain/team/team.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { refusalSentence } from '../../lib/messages/refusals.ts';
import { unlawfulNow } from '../../server/ops/law-facts.ts';
import { loadDemo } from '../../server/publish/demo/load.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { putCoupon } from '../support/coupons.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPromotion } from '../support/promotions.ts';
import { addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

describe('[P33] At the counter', () => {
  let edge: Awaited<ReturnType<typeof identityEdge>>;
  let operator: Browser;
  beforeEach(async () => {
    edge = await identityEdge(database.db, () => opsRoutesOf(database.db));
    operator = await staffBrowser(edge, 'operator');
    await addSkus(database.db, [{ id: 'a', priceFen: 2_000 }]);
  });
  afterEach(() => edge.app.close());

  const coupon = (more: object = {}) => ({
    id: randomUUID(),
    name: { zh: '满100减10', en: '¥10 off ¥100' },
    rule: { kind: 'threshold', fullFen: 10_000, cutFen: 1_000 },
    scope: { kind: 'all' },
    validity: { kind: 'days', days: 7 },
    claimFrom: Date.now() - HOUR_MS,
    claimUntil: Date.now() + DAY_MS,
    perPerson: 1,
    total: 100,
    budgetFen: 100_000,
    ...more,
  });
  const publish = async (draft: ReturnType<typeof coupon>) => {
    accepted(await operator.call(opsSaveCoupon, draft));
    return operator.call(opsPublishCoupon, { id: draft.id });
  };
  const stateOf = async (id: string) =>
    accepted(await operator.call(opsCouponsRead, {})).templates.find((one) => one.id === id)?.state;
  const faultsOf = (answer: { ok: boolean; refusal?: unknown }) =>
    (answer.refusal as { faults?: { code: string; article: { zh: string } }[] }).faults?.map(({ code, article }) => [
      code,
      article.zh,
    ]);

  test('an unlawful coupon stays a draft and every fault names its article; mended, it is published', async () => {
    const draft = coupon({ name: { zh: '全网最低：满100减50', en: '¥10 off ¥100, no minimum' } });
    const answer = (await publish(draft)) as AnswerOf<typeof opsPublishCoupon>;
    expect(faultsOf(answer)).toEqual([
      ['promises_more', '明码标价和禁止价格欺诈规定第十九条'],
      ['absolute_word', '广告法第九条'],
      ['hides_threshold', '规范促销行为暂行规定第二十条'],
    ]);
    if (!answer.ok) {
      expect(refusalSentence('zh-CN', answer.refusal)).toContain('“满100减50”，规则给不到');
      expect(refusalSentence('en-US', answer.refusal)).toContain('Advertising Law, art. 9');
    }
    expect(await stateOf(draft.id)).toBe('draft');
    expect(await database.db.query('select 1 from coupon_account')).toEqual([]);
    expect(outcomeOf(await publish({ ...draft, name: { zh: '满100减10', en: '¥10 off ¥100' } }))).toBe('ok');
    expect(await stateOf(draft.id)).toBe('running');
  });

  test('an unlawful promotion is not made', async () => {
    const one = {
      id: randomUUID(),
      name: { zh: '每满300减50', en: '¥50 off ¥300' },
      scope: { kind: 'all' },
      rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false },
      startsAt: Date.now() - HOUR_MS,
      endsAt: Date.now() + HOUR_MS,
    };
    expect(faultsOf(await operator.call(opsMakePromotion, one))).toEqual([
      ['promises_more', '明码标价和禁止价格欺诈规定第十九条'],
    ]);
    expect(await database.db.query('select 1 from promotion')).toEqual([]);
    expect(outcomeOf(await operator.call(opsMakePromotion, { ...one, name: { zh: '满300减50', en: 'Off' } }))).toBe(
      'ok',
    );
  });

  test('a coupon that was stopped does not begin again as if it were new, unless it says so', async () => {
    const first = coupon();
    accepted(await publish(first));
    accepted(await operator.call(opsStopCoupon, { id: first.id, withdraw: false, reason: '提前结束' }));
    expect(faultsOf(await publish(coupon()))?.map(([code]) => code)).toEqual(['offer_restarted']);
    expect(outcomeOf(await publish(coupon({ name: { zh: '返场：满100减10', en: 'Again' } })))).toBe('ok');
    expect(outcomeOf(await publish(coupon({ rule: { kind: 'threshold', fullFen: 9_000, cutFen: 1_000 } })))).toBe('ok');
  });

  test('the end and the rule of what is published do not change, and who tries reads why', async () => {
    const draft = coupon();
    accepted(await publish(draft));
    const later = await operator.call(opsSaveCoupon, { ...draft, claimUntil: draft.claimUntil + HOUR_MS });
    expect(faultsOf(later)).toEqual([['end_changed', '规范促销行为暂行规定第六条']]);
    const other = await operator.call(opsSaveCoupon, { ...draft, rule: { kind: 'fixed', cutFen: 100 } });
    expect(faultsOf(other)?.map(([code]) => code)).toEqual(['terms_changed']);
    expect(outcomeOf(await operator.call(opsSaveCoupon, { ...draft, total: 50 }))).toBe('coupon_published');
  });

  test('[P33] the worst price counts the cheapest of its goods, and what else is taken off in the same days', async () => {
    await addSkus(database.db, [{ id: 'cheap', priceFen: 990 }]);
    const fixed = { rule: { kind: 'fixed', cutFen: 1_000 }, name: { zh: '立减10元', en: '¥10 off' } };
    expect(faultsOf(await publish(coupon(fixed)))?.map(([code]) => code)).toEqual(['below_floor']);
    const dear = { ...fixed, scope: { kind: 'products', handles: ['tea-a'] } };
    expect(outcomeOf(await publish(coupon(dear)))).toBe('ok');

    const deep = {
      rule: { kind: 'percent', fullFen: 0, cutPermille: 400, capFen: 1_000 },
      name: { zh: '6折券', en: 'Off' },
    };
    await putPromotion(database.db, { rule: { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 300 }] } });
    const alone = coupon(deep);
    expect(outcomeOf(await publish(alone))).toBe('ok');
    await putCoupon(database.db, { rule: { kind: 'red_packet', cutFen: 500 } });
    expect(faultsOf(await publish(coupon({ ...deep, perPerson: 2 })))?.map(([code]) => code)).toContain(
      'given_away_with_others',
    );
  });
});

test('[P33] every campaign of the demo may be published as it is', async () => {
  const { db } = database;
  await loadDemo(db, { startedAt: Date.now() });
  const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;
  const coupons = await db.query<CouponTemplate>(
    `select id, name, rule, scope, validity, ${ms('claim_from')} as "claimFrom", ${ms('claim_until')} as "claimUntil",
       per_person as "perPerson", total, budget_fen as "budgetFen" from coupon_template where kind = 'claim'`,
  );
  const promotions = await db.query<Promotion>(
    `select id, name, rule, scope, ${ms('starts_at')} as "startsAt", ${ms('ends_at')} as "endsAt" from promotion`,
  );
  const teams = await db.query<{ frozen: string }>('select frozen from team_campaign');
  const reward = { by: 'own_share', levels: 1, entryFen: 0 } as const;
  const campaigns: Campaign[] = [
    ...coupons.map((one) => ({ kind: 'coupon' as const, ...one })),
    ...promotions.map((one) => ({ kind: 'promotion' as const, ...one })),
    ...teams.map(({ frozen }) => ({ kind: 'team' as const, reward, ...(JSON.parse(frozen) as TeamCampaign) })),
  ];
  expect(campaigns.length).toBeGreaterThanOrEqual(7);
  for (const campaign of campaigns)
    expect([campaign.name.zh, await unlawfulNow(db, campaign)]).toEqual([campaign.name.zh, null]);
});
