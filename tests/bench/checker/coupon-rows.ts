/* Coupons of the made-up shop: every third order takes one off, and everybody else still holds his. */

const CAMPAIGNS = 20;
const BUDGET_FEN = 1_000_000_000;
export const COUPON_FEN = 500;

/** What order `n` took off, as its column `cuts` has it; `more` is what the order says besides its lines. */
export const cutsOf = (more: string) =>
  `case when cut > 0 then jsonb_build_array(jsonb_build_object(${more}'source', 'cpn_' || n, 'cutFen', cut)) else '[]' end`;

/** Whether the order holds its coupon; one that is closed or went back whole has given it back. */
const HOLDS = `(cut > 0 and state not in ('closed', 'refunded'))`;

/** After the orders, from the temporary table `priced`. */
export const COUPON_STEPS: readonly string[] = [
  `insert into coupon_template (id, name, rule, scope, validity, claim_from, claim_until, per_person, total, budget_fen,
     worst_fen, made_by, published_by, published_at, valid_from)
   select 'tpl_' || k, '{}', '{"kind":"fixed","cutFen":${COUPON_FEN}}', '{"kind":"all"}', '{"kind":"days","days":30}',
          now() - interval '3 days', now() + interval '1 day', 2, 1000000, ${BUDGET_FEN}, ${COUPON_FEN}, 'op', 'op',
          now(), now() - interval '3 days'
   from generate_series(0, ${CAMPAIGNS - 1}) k`,
  `insert into coupon (id, template_id, shopper_id, key, number, state, claimed_at, valid_from, valid_until, order_id, cut_fen,
     ended_at, reserved_fen, spent_fen)
   select 'cpn_' || n, 'tpl_' || n / 2 % ${CAMPAIGNS}, shopper, gen_random_uuid(), 1 + n % 2,
          case when ${HOLDS} then case when was_paid then 'used' else 'locked' end else 'usable' end,
          at - interval '1 day', at - interval '1 day', at + interval '29 days', case when ${HOLDS} then id end,
          case when ${HOLDS} then cut end, case when ${HOLDS} and was_paid then at end,
          case when ${HOLDS} and was_paid then 0 else ${COUPON_FEN} end, case when ${HOLDS} and was_paid then cut else 0 end
   from priced`,
  `insert into coupon_account (template_id, total, claimed, left_fen, reserved_fen, spent_fen)
   select t.id, t.total, count(c.id), t.budget_fen - coalesce(sum(c.reserved_fen + c.spent_fen), 0),
          coalesce(sum(c.reserved_fen), 0), coalesce(sum(c.spent_fen), 0)
   from coupon_template t left join coupon c on c.template_id = t.id group by t.id`,
  `insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
   select id, 'shop', 'left', budget_fen, 'fund', null from coupon_template
   union all select template_id, 'left', 'reserved', ${COUPON_FEN}, 'claim', 1 from coupon
   union all select template_id, 'reserved', 'spent', spent_fen, 'use', 1 from coupon where spent_fen > 0`,
];
