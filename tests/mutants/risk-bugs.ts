import type { SeededBug } from './mutant.ts';

const DECIDE = 'lib/domain/risk/decide.ts';
const RULES = 'tests/domain/risk.test.ts';
const RISK = 'tests/ports/risk.test.ts';
const RACES = 'tests/ports/races/risk.test.ts';
const REVIEWS = 'tests/ports/order-reviews.test.ts';
const GROUPS = 'tests/ports/order-groups.test.ts';
const REVIEW_RACES = 'tests/ports/races/order-reviews.test.ts';

/** Bugs of the rules against fraud: limits, holds, the gate, work, signatures. */
export const RISK_BUGS: readonly SeededBug[] = [
  [
    'a group weighs more than it may',
    'lib/domain/risk/score.ts',
    'Math.min(GROUP_MOST[group], byGroup[group] + weight)',
    'byGroup[group] + weight',
    RULES,
    'a score is 0 to 100',
  ],
  [
    'observing lifts the limits of people and payers',
    DECIDE,
    "  if (hard) return decided('refuse', 'limit', hard);",
    "  if (hard && mode !== 'observe') return decided('refuse', 'limit', hard);",
    RULES,
    'INV-41',
  ],
  [
    'a closed gate lets through what is only limited',
    DECIDE,
    "if (isGateClosed && (action === 'allow' || action === 'limit'))",
    "if (isGateClosed && action === 'allow')",
    RULES,
    'T-10',
  ],
  [
    'a device alone refuses',
    DECIDE,
    "const byDevice = isElsewhereToo ? 'refuse' : 'hold';",
    "const byDevice = 'refuse' as 'refuse' | 'hold';",
    RULES,
    'a device alone',
  ],
  [
    'a held coupon is shown as one that can be used',
    'server/promo/coupon-rows.ts',
    'if (isHeldAt(row, now)) return ',
    'if (isHeldAt(row, now) && now < 0) return ',
    RISK,
    'a reward that is held',
  ],
  [
    'a refusal looks at no clock',
    'server/risk/holds.ts',
    "and state = 'standing' and hold_until > clock_timestamp()",
    "and state = 'standing'",
    RACES,
    'INV-41',
  ],
  [
    'work is good for whoever sends it',
    'server/risk/work.ts',
    "return row?.spentBy === by ? 'done' : 'spent';",
    "return row ? 'done' : 'spent';",
    RISK,
    'work is asked',
  ],
  [
    'any signature is good',
    'server/risk/devices.ts',
    'return isGood ? { hash',
    "return isGood || key !== '' ? { hash",
    RISK,
    'a signature of another',
  ],
  [
    'a silent control closes nothing',
    'server/risk/gate.ts',
    "or exists (select 1 from risk_control where reported_at < now() - interval '${SILENT_MS} milliseconds'))`",
    'or false)`',
    RISK,
    'a control that has not reported',
  ],
  [
    'an appeal is answered as often as one likes',
    'server/ops/risk.ts',
    'where a.id = $1 and a.answered_at is null and d.id',
    'where a.id = $1 and d.id',
    RACES,
    'two operators answer',
  ],
  [
    'places of a payer are not numbered on',
    'server/risk/write-decisions.ts',
    'select campaign_id, kind, subject, shopper_id, number from',
    'select campaign_id, kind, subject, shopper_id, number + (random() * 1000000)::integer from',
    RACES,
    'last place of their payer',
  ],
  [
    'packing looks at no review',
    'server/order/order-book.postgres.ts',
    "and ($3 <> 'packed' or held_until is null or held_until <= clock_timestamp())",
    'and true',
    REVIEW_RACES,
    'it is held in the moment',
  ],
  [
    'an order that is packed is held',
    'server/risk/order-reviews.ts',
    "export const BEFORE_PACKING = `(o.state = 'paid' or",
    "export const BEFORE_PACKING = `(o.state in ('paid', 'packed') or",
    REVIEW_RACES,
    'it is packed in the moment',
  ],
  [
    'a group is refused whatever the clock says',
    'server/risk/review-decisions.ts',
    "and state = 'held' and held_until > clock_timestamp() returning",
    "and state = 'held' returning",
    REVIEW_RACES,
    'the clock frees an order',
  ],
  [
    'the rewards of a refused order come back',
    'server/promo/coupon-holds.ts',
    "r.order_id = c.order_id and r.state = 'refused'",
    "r.order_id = c.order_id and r.state = 'nobody'",
    REVIEWS,
    'a refused group gets',
  ],
  [
    'whom a person has freed is counted on',
    'server/risk/order-groups.ts',
    'having not bool_or(o.is_freed)',
    'having true',
    REVIEWS,
    'a freed group goes on',
  ],
  [
    'a station links everybody who has his parcels sent there',
    'server/risk/order-groups.ts',
    'limit ${LIMITS.risk.orders.perPlace + 1}) s) <= ${LIMITS.risk.orders.perPlace}`',
    'limit ${LIMITS.risk.orders.perPlace + 1}) s) <= 1000`',
    GROUPS,
    'a place of many people links nobody',
  ],
  [
    'whoever has paid anything is no newcomer',
    'server/risk/order-groups.ts',
    'h.paid_at < ${before(HISTORY_MS)}',
    'h.paid_at < now()',
    GROUPS,
    'an order of yesterday',
  ],
];
