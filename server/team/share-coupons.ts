import type { CouponHold, CouponRule } from '../../lib/domain/promo/coupon.ts';
import { worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import type { TeamCampaign } from '../../lib/domain/team/team.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import type { Columns, RowOf } from '../platform/columns.ts';

/** Coupons with an amount of their own, as one statement's parameters. */
export const COUPON_COLUMNS = {
  id: 'text',
  template_id: 'text',
  shopper_id: 'text',
  key: 'uuid',
  at: 'bigint',
  valid_until: 'bigint',
  own_rule: 'jsonb',
  fen: 'bigint',
  hold_id: 'text',
  held_until: 'bigint',
} as const satisfies Columns;

export const moment = (column: string) => `to_timestamp(${column} / 1000.0)`;

/** Makes the coupons of `given`; what they may take stays reserved in the campaign's account, now for them. */
export const insertCoupons = (given: string) => `
  insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen,
    own_rule, own_worst_fen, hold_id, held_until)
  select c.id, c.template_id, c.shopper_id, c.key,
    row_number() over (partition by c.template_id, c.shopper_id order by c.id)
      + coalesce((select max(o.number) from coupon o
                  where o.template_id = c.template_id and o.shopper_id = c.shopper_id), 0),
    ${moment('c.at')}, ${moment('c.at')}, ${moment('c.valid_until')}, c.fen, c.own_rule, c.fen, c.hold_id,
    ${moment('c.held_until')}
  from ${given} c`;

/** Until when a coupon that is made at `at` can be used; both epoch ms. */
export const goodUntil = ({ goodFor }: TeamCampaign, at: number): number =>
  goodFor.kind === 'days' ? at + goodFor.days * DAY_MS : goodFor.until;

/** One coupon of a campaign, made at `at` (epoch ms). */
export function couponRow(
  campaign: TeamCampaign,
  given: {
    readonly id: string;
    readonly shopperId: string;
    readonly key: string;
    readonly rule: CouponRule;
    readonly hold?: CouponHold | null | undefined;
  },
  at: number,
): RowOf<typeof COUPON_COLUMNS> {
  return {
    id: given.id,
    template_id: campaign.id,
    shopper_id: given.shopperId,
    key: given.key,
    at,
    valid_until: goodUntil(campaign, at),
    own_rule: given.rule,
    fen: worstCaseFen(given.rule),
    hold_id: given.hold?.id,
    held_until: given.hold?.until,
  };
}
