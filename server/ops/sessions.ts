import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { opsSaveSession, opsSessions } from '../../lib/contracts/ops.ts';
import { choiceWords } from '../../lib/domain/catalog/choice-words.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { tiersFault } from '../../lib/domain/venue/tiers.ts';
import { fixCrossedOutPrices } from '../catalog/crossed-out-prices.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { audit } from './audit.ts';

/** Sessions that are shown, newest first. */
const SHOWN_MAX = 100;
/**
 * A session is a promise from this long before its start: a save that is still on its way to the disk when the first
 * order arrives would take tier places away from under it.
 */
const FROZEN_BEFORE_SECONDS = 10;

type Session = ValueOf<typeof opsSessions>['sessions'][number];
type Words = { zh: string; en: string };
type StoredItem = Omit<Session['items'][number], 'choice'> & {
  choice: string[];
  options: { values: { id: string; label: Words }[] }[];
};
type Stored = { id: string; name: Words; startsAt: Date; endsAt: Date; allowsPromotions: boolean; items: StoredItem[] };

export async function listSessions(db: Queryable): Promise<{ now: number; sessions: Session[] }> {
  const rows = await db.query<Stored>(
    `select s.id, s.name, s.starts_at as "startsAt", s.ends_at as "endsAt",
       s.allows_promotions as "allowsPromotions",
       coalesce((
         select jsonb_agg(jsonb_build_object(
           'skuId', i.sku_id, 'code', k.code, 'title', p.title, 'choice', k.choice, 'options', p.options,
           'ordinaryFen', k.price_fen, 'priceFen', i.price_fen, 'limitPerPerson', i.limit_per_person,
           'tiers', i.tiers, 'crossedOutFen', i.crossed_out_fen, 'accepted', i.accepted
         ) order by i.sort, i.sku_id)
         from session_item i join sku k on k.id = i.sku_id join product p on p.handle = k.product_handle
         where i.session_id = s.id), '[]') as items
     from sale_session s order by s.starts_at desc, s.id limit ${SHOWN_MAX}`,
  );
  const [clock] = await db.query<{ now: Date }>('select now()');
  const sessions = rows.map(({ items, startsAt, endsAt, ...session }) => ({
    ...session,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
    items: items.map(({ options, choice, ...item }) => ({ ...item, choice: choiceWords(choice, options) })),
  }));
  return { now: clock?.now.getTime() ?? 0, sessions };
}

type Wanted = RequestOf<typeof opsSaveSession>;
type Answer = AnswerOf<typeof opsSaveSession>;

/** What is wrong with the session by itself, before other sessions and the clock are asked. */
function faultOf({ id, items }: Wanted): Answer | null {
  const seen = new Set<string>();
  for (const { skuId, priceFen, tiers } of items) {
    if (seen.has(skuId)) return refuse({ code: 'overlaps', skuId, sessionId: id });
    seen.add(skuId);
    if (tiersFault(tiers, priceFen)) return refuse({ code: 'tiers_wrong', skuId });
  }
  return null;
}

/** A price of a session is more than nothing and not above the ordinary one. */
async function skuFault(tx: Queryable, items: Wanted['items']): Promise<Answer | null> {
  const rows = await tx.query<{ id: string; priceFen: number }>(
    'select id, price_fen as "priceFen" from sku where id = any ($1)',
    [items.map(({ skuId }) => skuId)],
  );
  const ordinary = new Map(rows.map(({ id, priceFen }) => [id, priceFen]));
  for (const [index, { skuId, priceFen }] of items.entries()) {
    const ordinaryFen = ordinary.get(skuId);
    if (ordinaryFen === undefined) return refuse({ code: 'unknown_sku', skuId });
    if (priceFen < 1 || priceFen > ordinaryFen) {
      const message = `from 1 to ${ordinaryFen} fen, the ordinary price`;
      return refuse({ code: 'invalid_input', issues: [{ path: `items.${index}.priceFen`, message }] });
    }
  }
  return null;
}

async function write(tx: Queryable, { id, name, startsAt, endsAt, allowsPromotions, items }: Wanted): Promise<void> {
  await tx.query(
    `insert into sale_session (id, name, starts_at, ends_at, allows_promotions) values ($1, $2, $3, $4, coalesce($5, false))
     on conflict (id) do update set name = excluded.name, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
       allows_promotions = coalesce($5, sale_session.allows_promotions)`,
    [id, name, new Date(startsAt), new Date(endsAt), allowsPromotions ?? null],
  );
  await tx.query('delete from session_item where session_id = $1', [id]);
  await tx.query(
    `insert into session_item (session_id, sku_id, price_fen, limit_per_person, tiers, sort)
     select $1, item ->> 'skuId', (item ->> 'priceFen')::bigint, (item ->> 'limitPerPerson')::int, item -> 'tiers', sort
     from jsonb_array_elements($2) with ordinality as list (item, sort)`,
    [id, JSON.stringify(items)],
  );
  await tx.query(
    `insert into tier_slot (session_id, sku_id, slot_number)
     select i.session_id, i.sku_id, slot from session_item i, generate_series(1, (i.tiers -> -1 ->> 'upTo')::int) as slot
     where i.session_id = $1`,
    [id],
  );
  await fixCrossedOutPrices(tx, [id]);
}

/**
 * Makes a session, or replaces one that has not started. Saves follow one another, because whether two sessions sell
 * one SKU at the same time is a question about all of them.
 */
export function saveSession(db: Database, wanted: Wanted, actor: string): Promise<Answer> {
  const { id, startsAt, endsAt, allowsPromotions, items } = wanted;
  const fault = faultOf(wanted);
  if (fault) return Promise.resolve(fault);
  return db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('sessions', 0))`);
    const [old] = await tx.query<{ isFrozen: boolean }>(
      `select starts_at <= clock_timestamp() + make_interval(secs => $2) as "isFrozen" from sale_session where id = $1`,
      [id, FROZEN_BEFORE_SECONDS],
    );
    if (old?.isFrozen) return refuse({ code: 'session_started' });
    const [clock] = await tx.query<{ isAhead: boolean }>(
      'select $1::timestamptz > clock_timestamp() + make_interval(secs => $2) as "isAhead"',
      [new Date(startsAt), FROZEN_BEFORE_SECONDS],
    );
    if (!clock?.isAhead || endsAt <= startsAt) return refuse({ code: 'session_times_wrong' });
    const wrongSku = await skuFault(tx, items);
    if (wrongSku) return wrongSku;
    const [overlap] = await tx.query<{ skuId: string; sessionId: string }>(
      `select i.sku_id as "skuId", s.id as "sessionId" from session_item i join sale_session s on s.id = i.session_id
       where i.sku_id = any ($1) and s.id <> $2 and s.starts_at < $4 and s.ends_at > $3 order by i.sku_id limit 1`,
      [items.map(({ skuId }) => skuId), id, new Date(startsAt), new Date(endsAt)],
    );
    if (overlap) return refuse({ code: 'overlaps', ...overlap });
    await write(tx, wanted);
    await audit(tx, {
      actor,
      action: 'ops.saveSession',
      target: id,
      detail: { startsAt, endsAt, allowsPromotions, items },
    });
    await tx.query(`select pg_notify('stock', '*')`);
    const { sessions } = await listSessions(tx);
    return accept({ sessions });
  });
}
