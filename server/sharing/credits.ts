import { type Model, markovFacts } from '../../lib/domain/sharing/attribution.ts';
import type { Link, SpreadFacts, Visit } from '../../lib/domain/sharing/chain.ts';
import { type CampaignRule, type Credit, type PaidOrder, settleCredits } from '../../lib/domain/sharing/settle.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { readWalks } from './walks.ts';

/*
 * Lock order of this room: orders (by share only), then credits by id. Two workers do no harm: each takes people whose
 * credits nobody holds, and the index on (campaign, person) has the last word.
 */

const BATCH = 200;
/** A payment's moment is that of its transaction's beginning; one that began earlier may be seen later. */
const OVERLAP = `interval '2 minutes'`;
/** An order that counts: paid for in time, and not given back before anybody looked. One that is on its way back may stay. */
const EARNING = `('paid', 'packed', 'shipped', 'received', 'returning', 'completed', 'refund_requested', 'refunding')`;

/** Credits whose people have paid an order since the cursor, and no credit in that campaign yet. */
const TAKE_BOUND = `
  select c.id, c.campaign_id, c.person_id, c.visitor_id from share_credit c
  where c.state = 'bound' and c.person_id = any ($1::text[]) order by c.id for update skip locked`;

type BoundRow = { id: number; campaign_id: string; person_id: string; visitor_id: string };
type OrderRow = { id: string; shopper_id: string; placedAt: number; paidFen: number };

const READ_ORDERS = `
  select id, shopper_id, ${epochMs('placed_at')} as "placedAt", paid_fen as "paidFen" from orders
  where shopper_id = any ($1::text[]) and paid_at is not null and paid_at >= $2 and state in ${EARNING}
  order by placed_at, id for share`;

const READ_VISITS = `
  select id, link_id as "linkId", visitor_id as "visitorId", ${epochMs('at')} as at, ${epochMs('touched_at')} as "touchedAt"
  from share_visit`;

/** The links of these visits and all above them. A circle ends: rows are taken once. */
const READ_LINKS = `
  with recursive up as (
    select * from share_link where id = any ($1::bigint[])
    union select p.* from up join share_link p on p.id = up.parent_id)
  select id, campaign_id as "campaignId", parent_id as "parentId", parent_visit_id as "parentVisitId",
    sharer_id as "sharerId", visitor_id as "visitorId", ${epochMs('made_at')} as "madeAt" from up`;

async function readFacts(tx: Queryable, visitorIds: readonly string[]): Promise<SpreadFacts> {
  const own = await tx.query<Visit>(`${READ_VISITS} where visitor_id = any ($1::uuid[]) and touched_at is not null`, [
    visitorIds,
  ]);
  const links = await tx.query<Link>(READ_LINKS, [[...new Set(own.map(({ linkId }) => linkId))]]);
  const proofs = links.flatMap(({ parentVisitId }) => parentVisitId ?? []);
  const above = await tx.query<Visit>(`${READ_VISITS} where id = any ($1::bigint[]) and touched_at is not null`, [
    proofs,
  ]);
  return {
    links: new Map(links.map((link) => [link.id, link])),
    visits: new Map([...above, ...own].map((visit) => [visit.id, visit])),
  };
}

async function readRules(tx: Queryable, campaignIds: readonly string[], facts: SpreadFacts) {
  const rows = await tx.query<{ id: string; model: Model; windowMs: number }>(
    'select id, model, window_ms as "windowMs" from share_campaign where id = any ($1::text[])',
    [campaignIds],
  );
  const rules = new Map<string, CampaignRule>();
  for (const { id, model, windowMs } of rows) {
    const keyOf = ({ linkId }: { linkId: number }) => facts.links.get(linkId)?.sharerId ?? 'shop';
    const markov = model === 'markov' ? { markov: markovFacts(await readWalks(tx, id), keyOf) } : {};
    rules.set(id, { model, windowMs, ...markov });
  }
  return rules;
}

async function write(tx: Queryable, creditId: number, { orderId, touches }: Credit, fen: number, model: Model) {
  const [qualified] = await tx.query<{ id: number }>(
    `update share_credit set state = 'qualified', order_id = $2, order_fen = $3, model = $4, qualified_at = now()
     where id = $1 and state = 'bound' returning id`,
    [creditId, orderId, fen, model],
  );
  if (!qualified) return;
  await tx.query(
    `insert into share_credit_touch (credit_id, place, visit_id, link_id, at, weight_ppm, fen)
     select $1, t.place, t.visit_id, t.link_id, to_timestamp(t.at / 1000.0), t.weight_ppm, t.fen
     from jsonb_to_recordset($2::jsonb) t (place integer, visit_id bigint, link_id bigint, at bigint, weight_ppm integer, fen bigint)`,
    [
      creditId,
      JSON.stringify(
        touches.map(({ visitId, linkId, at, weightPpm, fen: part }, index) => ({
          place: index + 1,
          visit_id: visitId,
          link_id: linkId,
          at,
          weight_ppm: weightPpm,
          fen: part,
        })),
      ),
    ],
  );
}

/** Qualifies what these people's paid orders have earned. */
async function qualify(tx: Queryable, personIds: readonly string[], since: Date): Promise<number> {
  const orders = await tx.query<OrderRow>(READ_ORDERS, [personIds, since]);
  const bound = await tx.query<BoundRow>(TAKE_BOUND, [[...new Set(orders.map((order) => order.shopper_id))]]);
  if (bound.length === 0) return 0;
  const facts = await readFacts(
    tx,
    bound.map(({ visitor_id }) => visitor_id),
  );
  const campaignIds = [...new Set(bound.map(({ campaign_id }) => campaign_id))];
  const rules = await readRules(tx, campaignIds, facts);
  const people = [...new Set(bound.map(({ person_id }) => person_id))];
  const earlier = await tx.query<{ campaign_id: string; person_id: string }>(
    `select campaign_id, person_id from share_credit where person_id = any ($1::text[]) and campaign_id = any ($2::text[])
       and state in ('qualified', 'vested', 'reversed')`,
    [people, campaignIds],
  );
  const earned = new Set(earlier.map(({ campaign_id, person_id }) => `${campaign_id}|${person_id}`));
  const paid: PaidOrder[] = orders.flatMap((order) =>
    campaignIds.map((campaignId) => ({
      orderId: order.id,
      campaignId,
      buyer: {
        personId: order.shopper_id,
        visitorIds: new Set(
          bound
            .filter((row) => row.person_id === order.shopper_id && row.campaign_id === campaignId)
            .map(({ visitor_id }) => visitor_id),
        ),
      },
      placedAt: toEpochMs(order.placedAt),
      paidFen: order.paidFen,
    })),
  );
  const credits = settleCredits(paid, facts, rules, earned);
  for (const credit of credits) {
    const last = credit.touches.at(-1);
    const row = bound.find((one) => one.campaign_id === credit.campaignId && one.visitor_id === last?.visitorId);
    const fen = paid.find(({ orderId }) => orderId === credit.orderId)?.paidFen ?? 0;
    if (row) await write(tx, row.id, credit, fen, rules.get(credit.campaignId)?.model ?? 'last');
  }
  return credits.length;
}

/**
 * Looks at the payments since the last look and qualifies what they earned. The cursor moves with the credits in one
 * transaction, so nothing is missed when a worker dies, and looking twice earns once. Answers how many were qualified.
 */
export async function qualifyPaid(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const [cursor] = await tx.query<{ at: Date; next: Date }>(
      `select at - ${OVERLAP} as at, now() as next from share_cursor where name = 'paid' for update skip locked`,
    );
    if (!cursor) return 0;
    const people = await tx.query<{ shopper_id: string }>(
      `select distinct o.shopper_id from orders o where o.paid_at >= $1
         and exists (select 1 from share_credit c where c.person_id = o.shopper_id and c.state = 'bound')`,
      [cursor.at],
    );
    let qualified = 0;
    for (let from = 0; from < people.length; from += BATCH) {
      const some = people.slice(from, from + BATCH).map(({ shopper_id }) => shopper_id);
      qualified += await qualify(tx, some, cursor.at);
    }
    await tx.query(`update share_cursor set at = $1 where name = 'paid'`, [cursor.next]);
    return qualified;
  });
}

/** Vests what can no longer be given back, and reverses what was: each credit once. Answers whether there may be more. */
export async function settleQualified(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await tx.query<{ id: number; to: 'vested' | 'reversed'; kept: number }>(
      `select c.id, case o.state when 'completed' then 'vested' else 'reversed' end as to,
         least(c.order_fen, o.paid_fen - o.refunded_fen) as kept
       from share_credit c join orders o on o.id = c.order_id
       where c.state = 'qualified' and o.state in ('completed', 'refunded')
       order by c.id limit 500 for update of c skip locked`,
    );
    if (due.length === 0) return false;
    await tx.query(
      `update share_credit c set state = d.to, vested_fen = case d.to when 'vested' then d.kept end,
         vested_at = case d.to when 'vested' then now() end, reversed_at = case d.to when 'reversed' then now() end
       from unnest($1::bigint[], $2::text[], $3::bigint[]) d (id, "to", kept) where c.id = d.id and c.state = 'qualified'`,
      [due.map(({ id }) => id), due.map(({ to }) => to), due.map(({ kept }) => kept)],
    );
    return due.length === 500;
  });
}
