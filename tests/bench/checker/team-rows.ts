/* Team packets of the made-up shop: one team for every ten orders, most of them over, as their worker leaves them. */

const CAMPAIGNS = 20;
const BUDGET_FEN = 1_000_000_000;
const POT_FEN = 2_000;
const SHARE_FEN = 500;
const CONSOLATION_FEN = 100;

/** Of ten teams: six whose shares are all opened, one with a lapsed share, one that is split, one that gathers, one failed. */
const TAKEN = `case n % 10 when 8 then 2 when 9 then 3 else 4 end`;
const STATE = `case n % 10 when 7 then 'split' when 8 then 'gathering' when 9 then 'failed' else 'over' end`;
const SHARE = `case when n % 10 in (8, 9) then null when n % 10 = 7 and place > 1 then 'closed'
  when n % 10 = 6 and place = 4 then 'lapsed' else 'opened' end`;
/** What the coupon of this place is worth; null: it has none. */
const WORTH = `case when ${SHARE} = 'opened' then ${SHARE_FEN} when n % 10 = 9 and place = 1 then ${CONSOLATION_FEN} end`;

export const teamSteps = (orders: number): readonly string[] => [
  `insert into team_campaign (id, settings, frozen, hash, made_by)
   select 'tc_' || k, '{}', '{"joinsPerDay":3,"consolationFen":${CONSOLATION_FEN}}', '', 'op' from generate_series(0, ${CAMPAIGNS - 1}) k`,
  `insert into coupon_template (id, kind, name, rule, scope, validity, claim_from, claim_until, per_person, total, budget_fen,
     worst_fen, made_by, published_by, published_at, valid_from)
   select id, 'team', '{}', '{"kind":"red_packet","cutFen":1700}', '{"kind":"all"}', '{"kind":"days","days":7}',
          now() - interval '3 days', now() + interval '1 day', 100000000, 100000000, ${BUDGET_FEN}, 1700, 'op', 'op', now(),
          now() - interval '3 days'
   from team_campaign`,
  `create temporary table placed as
   select n, 'tm_' || n as team_id, 'tc_' || n % ${CAMPAIGNS} as campaign_id, place, 'tp_' || n || '_' || place as shopper,
          ${STATE} as state, ${TAKEN} as taken, ${SHARE} as share, ${WORTH} as worth, now() - interval '1 hour' as at
   from generate_series(0, ${Math.floor(orders / 10)} - 1) n cross join generate_series(1, 4) place where place <= ${TAKEN}`,
  `insert into team (id, code, campaign_id, state, version, size, taken, pot_fen, reserved_fen, seed, opened_at, gather_until,
     split_at, open_until, ended_at, ended_because)
   select team_id, lpad(n::text, 12, '0'), campaign_id, state, taken, 4, taken, ${POT_FEN},
          case state when 'gathering' then ${POT_FEN} when 'split' then 3 * ${SHARE_FEN} else 0 end, md5(team_id) || md5(''),
          at - interval '1 minute', case state when 'failed' then at + interval '1 minute' else at + interval '1 day' end,
          case when taken = 4 then at end,
          case when taken = 4 then case state when 'over' then now() else at + interval '1 day' end end,
          case when state in ('over', 'failed') then at end,
          case state when 'over' then 'opened' when 'failed' then 'time' end
   from placed where place = 1`,
  `insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen, own_rule,
     own_worst_fen)
   select 'tcp_' || n || '_' || place, campaign_id, shopper, gen_random_uuid(), 1, at, at, at + interval '7 days', worth,
          jsonb_build_object('kind', 'red_packet', 'cutFen', worth), worth
   from placed where worth is not null`,
  `insert into team_member (team_id, campaign_id, shopper_id, place, key, joined_at, day, day_number, is_live, share_fen,
     share_state, coupon_id)
   select team_id, campaign_id, shopper, place, gen_random_uuid(), at, case when place > 1 then at::date end,
          case when place > 1 then 1 end, state = 'gathering', case when share is not null then ${SHARE_FEN} end, share,
          case when worth is not null then 'tcp_' || n || '_' || place end
   from placed`,
  `insert into coupon_account (template_id, total, left_fen, reserved_fen)
   select f.id, f.total, f.budget_fen - x.fen, x.fen
   from coupon_template f join (
     select campaign_id, sum(fen) as fen
     from (select campaign_id, reserved_fen as fen from team
           union all select template_id, reserved_fen from coupon where own_rule is not null) y group by 1
   ) x on x.campaign_id = f.id`,
  `insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
   select id, 'shop', 'left', budget_fen, 'fund' from coupon_template where kind = 'team'
   union all select campaign_id, 'left', 'reserved', pot_fen, 'team_open' from team
   union all select campaign_id, 'reserved', 'left', case n % 10 when 6 then ${SHARE_FEN} else ${POT_FEN - CONSOLATION_FEN} end, 'team_back'
     from placed where place = 1 and n % 10 in (6, 9)`,
];
