import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { couponClaim, couponsRead } from '../../lib/contracts/coupon.ts';
import type { ClaimCommand } from '../../lib/domain/promo/settle-claims.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { openSoldOutHint } from '../order/sold-out-hint.ts';
import { againIfRaced, type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, QueueFull } from '../platform/sequencer.ts';
import { type ClaimOutcome, claimCoupons } from './claim-coupons.ts';
import { epochMs, listOwn, readOwn } from './coupon-rows.ts';

/** "All claimed" without the queue: a raise changes the total, and nothing else brings one back. */
const HINT = {
  learn: `
    select a.total as version, a.total - a.claimed as free,
           array(select distinct shopper_id from coupon where template_id = a.template_id limit $2) as people
    from coupon_account a where a.template_id = $1`,
  confirm: `
    select template_id as id, total as version from coupon_account
    where template_id = any ($1::text[]) and claimed >= total`,
} as const;

const CLAIMABLE = `
  select t.id, t.name, t.rule, t.scope, t.validity, ${epochMs('t.claim_from')} as "claimFrom",
    ${epochMs('t.claim_until')} as "claimUntil", t.per_person as "perPerson",
    a.claimed >= a.total or a.left_fen < t.worst_fen as "isSoldOut",
    greatest(a.claimed * 1000 / a.total, case when a.left_fen < t.worst_fen then 1000
      else (a.reserved_fen + a.spent_fen) * 1000 / (a.left_fen + a.reserved_fen + a.spent_fen) end)::integer
      as "takenPermille"
  from coupon_template t join coupon_account a on a.template_id = t.id
  where t.kind = 'claim' and t.valid_from <= now() and t.stopped_at is null
    and t.paused_at is null and t.claim_from <= now() and t.claim_until > now()
  order by "isSoldOut", t.claim_until, t.id limit 100`;

const REMEMBERED_MAX = 10_000;

type Claimables = ValueOf<typeof couponsRead>['templates'];

/** Coupons as shoppers meet them: what can be claimed, claiming, and what one holds. */
export function couponService({ db }: { db: Database }) {
  const hint = openSoldOutHint(db, LIMITS.soldOut, HINT);
  const rewards = new Map<string, boolean>();
  const sequencer = openSequencer<ClaimCommand, ClaimOutcome>({
    settle: (batch) => againIfRaced(() => claimCoupons(db, batch)),
    // A person's claims one after the other: the same key twice is one claim, and each counts those before it.
    keyOf: ({ shopperId }) => shopperId,
    ...LIMITS.sequencer,
    isEverybodys: isUnavailable,
  });

  return {
    drain: () => sequencer.drain(),

    claimable: () => db.query<Claimables[number]>(CLAIMABLE),

    /** The contested command: answered after commit, once per key. */
    async claim(command: ClaimCommand): Promise<AnswerOf<typeof couponClaim>> {
      if (await hint.isSoldOut(command.shopperId, command.templateId)) return refuse({ code: 'coupon_gone' });
      let outcome: ClaimOutcome;
      try {
        outcome = await sequencer.submit(command);
      } catch (error) {
        if (isUnavailable(error)) return refuse({ code: 'try_later', retryAfterMs: 2_000 });
        if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
        throw error;
      }
      switch (outcome.kind) {
        case 'claimed': {
          hint.settled(command.templateId, false);
          const { coupon, claimsLeft, now } = outcome;
          return accept({ coupon, claimsLeft, now, isReplay: false });
        }
        case 'replay':
          return this.replay(command, outcome.couponId);
        case 'key_reused':
          return refuse({ code: 'key_reused' });
        case 'refused':
          if (outcome.refusal.code === 'coupon_gone') hint.settled(command.templateId, true);
          return refuse(outcome.refusal);
      }
    },

    /** The answer to a key that has been answered before: the coupon as it is now. */
    async replay({ shopperId, templateId }: ClaimCommand, couponId: string): Promise<AnswerOf<typeof couponClaim>> {
      const seen = await readOwn(db, couponId);
      if (!seen) return refuse({ code: 'not_found' });
      const [left] = await db.query<{ n: number }>(
        `select t.per_person - (select count(*) from coupon where template_id = t.id and shopper_id = $2) as n
         from coupon_template t where t.id = $1`,
        [templateId, shopperId],
      );
      return accept({ ...seen, claimsLeft: left?.n ?? 0, isReplay: true });
    },

    /** The answer that this key has had; null: none. */
    async answered(command: ClaimCommand): Promise<AnswerOf<typeof couponClaim> | null> {
      const [before] = await db.query<{ id: string }>(
        'select id from coupon where shopper_id = $1 and key = $2 and template_id = $3',
        [command.shopperId, command.key, command.templateId],
      );
      return before ? this.replay(command, before.id) : null;
    },

    /** Whether it is money without a threshold (红包); what is published does not change, so it is asked once. */
    async isReward(templateId: string): Promise<boolean> {
      const known = rewards.get(templateId);
      if (known !== undefined) return known;
      const [row] = await db.query<{ isReward: boolean }>(
        `select rule ->> 'kind' = 'red_packet' as "isReward" from coupon_template
         where id = $1 and kind = 'claim' and published_at is not null`,
        [templateId],
      );
      if (!row) return false;
      if (rewards.size >= REMEMBERED_MAX) rewards.clear();
      rewards.set(templateId, row.isReward);
      return row.isReward;
    },

    mine: (shopperId: string) => listOwn(db, shopperId),
  };
}

export type CouponService = ReturnType<typeof couponService>;
