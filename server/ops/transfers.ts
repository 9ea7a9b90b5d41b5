import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  opsEndTransfer,
  opsSaveLocation,
  opsSendTransfer,
  opsTransfers,
  Transfer,
} from '../../lib/contracts/transfer.ts';
import { choiceWords } from '../../lib/domain/catalog/choice-words.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { tellStock } from '../inventory/holds.ts';
import { serveWaitlist } from '../inventory/waitlist-offers.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { audit } from './audit.ts';

const CENTRAL = 'central';
const LOCATIONS_MAX = 200;

type Words = { zh: string; en: string };
type Row = Omit<Transfer, 'choice'> & { choice: string[]; options: { values: { id: string; label: Words }[] }[] };
type Locations = ValueOf<typeof opsTransfers>['locations'];

const SELECT = `
  select t.id, t.sku_id as "skuId", s.code, p.title, s.choice, p.options, t.from_location as "from",
    t.to_location as "to", t.quantity, t.state, t.reason, (extract(epoch from t.sent_at) * 1000)::bigint as "sentAt",
    (extract(epoch from t.ended_at) * 1000)::bigint as "endedAt"
  from stock_transfer t join sku s on s.id = t.sku_id join product p on p.handle = s.product_handle`;

function shown({ options, choice, ...row }: Row): Transfer {
  return { ...row, choice: choiceWords(choice, options) };
}

async function readTransfer(db: Queryable, id: string): Promise<Transfer> {
  const [row] = await db.query<Row>(`${SELECT} where t.id = $1`, [id]);
  if (!row) throw new Error(`transfer ${id} vanished`);
  return shown(row);
}

function readLocations(db: Queryable): Promise<Locations> {
  return db.query(
    `select l.id, l.name, coalesce(s.on_hand, 0)::integer as "onHand", coalesce(s.reserved, 0)::integer as reserved,
            coalesce(t.arriving, 0)::integer as arriving
     from location l
     left join (select location_id, sum(on_hand) as on_hand, sum(reserved) as reserved from stock_level group by 1) s
       on s.location_id = l.id
     left join (select to_location, sum(quantity) as arriving from stock_transfer where state = 'in_transit' group by 1) t
       on t.to_location = l.id
     -- Stores are thousands: /ops/stores lists them; here are those of the latest transfers.
     where l.kind = 'warehouse' or l.id in (
       select unnest(array[from_location, to_location])
       from (select from_location, to_location from stock_transfer order by sent_at desc limit 500) latest)
     order by l.id <> '${CENTRAL}', l.id`,
  );
}

export async function listTransfers(
  db: Queryable,
  { skuId }: RequestOf<typeof opsTransfers>,
): Promise<ValueOf<typeof opsTransfers>> {
  const rows = await db.query<Row>(
    `${SELECT} where t.state = 'in_transit' or t.id in (
       select id from stock_transfer where state <> 'in_transit' order by ended_at desc limit 50)
     order by t.state <> 'in_transit', coalesce(t.ended_at, t.sent_at) desc limit 500`,
  );
  const levels = await db.query<{ locationId: string; onHand: number; available: number }>(
    `select location_id as "locationId", on_hand as "onHand",
            case when waiting > 0 then 0 else on_hand - reserved end as available
     from stock_level where sku_id = $1 order by location_id`,
    [skuId ?? null],
  );
  return { locations: await readLocations(db), transfers: rows.map(shown), levels };
}

export function saveLocation(
  db: Database,
  { id, name }: RequestOf<typeof opsSaveLocation>,
  actor: string,
): Promise<AnswerOf<typeof opsSaveLocation>> {
  return db.transaction(async (tx) => {
    const [count] = await tx.query<{ n: number }>(
      `select count(*) as n from location where id <> $1 and kind = 'warehouse'`,
      [id],
    );
    if ((count?.n ?? 0) >= LOCATIONS_MAX) return refuse({ code: 'too_many_locations', max: LOCATIONS_MAX });
    await tx.query(
      'insert into location (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name',
      [id, JSON.stringify(name)],
    );
    await audit(tx, { actor, action: 'ops.saveLocation', target: id, detail: { name } });
    return accept({ locations: await readLocations(tx) });
  });
}

/** Locks the SKU's rows at these locations in the one order that every writer keeps. */
function lockLevels(tx: Queryable, skuId: string, locations: readonly string[]) {
  return tx.query<{ location_id: string; reserved: number; free: number }>(
    `select location_id, reserved, case when waiting > 0 then 0 else on_hand - reserved end as free
     from stock_level where sku_id = $1 and location_id = any ($2::text[]) order by location_id for update`,
    [skuId, locations],
  );
}

/** One side of a transfer: the move and the level, in one statement. */
async function moveUnits(
  tx: Queryable,
  move: { skuId: string; locationId: string; kind: 'transfer_out' | 'transfer_in'; quantity: number },
  reference: string,
  actor: string,
): Promise<void> {
  const sign = move.kind === 'transfer_out' ? -1 : 1;
  await tx.query(
    `with moved as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference, actor) values ($1, $2, $3, $4, $5, $6)
     )
     update stock_level set on_hand = on_hand + $7, version = version + 1 where sku_id = $1 and location_id = $2`,
    [move.skuId, move.locationId, move.kind, move.quantity, reference, actor, sign * move.quantity],
  );
  await tellStock(tx, [move.skuId]);
}

/**
 * Sends units away: they leave the donor's stock now and are in transit until they arrive or come back. Units that
 * orders and offers hold, or that somebody waits for, do not travel. The same key is the same transfer.
 */
export function sendTransfer(
  db: Database,
  request: RequestOf<typeof opsSendTransfer>,
  actor: string,
): Promise<AnswerOf<typeof opsSendTransfer>> {
  const { key, skuId, from, to, quantity, reason } = request;
  const send = () =>
    db.transaction(async (tx): Promise<AnswerOf<typeof opsSendTransfer>> => {
      if (from === to) return refuse({ code: 'same_location' });
      const known = await tx.query('select 1 from location where id in ($1, $2)', [from, to]);
      if (known.length < 2) return refuse({ code: 'unknown_location' });
      const [donor] = await lockLevels(tx, skuId, [from]);
      const [earlier] = await tx.query<{ isSame: boolean }>(
        `select (sku_id, from_location, to_location, quantity) = ($2, $3, $4, $5::integer) as "isSame"
         from stock_transfer where id = $1`,
        [key, skuId, from, to, quantity],
      );
      if (earlier) {
        return earlier.isSame ? accept({ transfer: await readTransfer(tx, key) }) : refuse({ code: 'key_reused' });
      }
      if (!donor) {
        const [sku] = await tx.query('select 1 from sku where id = $1', [skuId]);
        return sku ? refuse({ code: 'below_reserved', available: 0 }) : refuse({ code: 'unknown_sku' });
      }
      if (quantity > donor.free) return refuse({ code: 'below_reserved', available: Math.max(0, donor.free) });
      await tx.query(
        `insert into stock_transfer (id, sku_id, from_location, to_location, quantity, reason, sent_by)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [key, skuId, from, to, quantity, reason, actor],
      );
      await moveUnits(tx, { skuId, locationId: from, kind: 'transfer_out', quantity }, key, actor);
      await audit(tx, { actor, action: 'ops.sendTransfer', target: skuId, detail: { from, to, quantity, reason } });
      return accept({ transfer: await readTransfer(tx, key) });
    });
  return againIfRaced(send);
}

/** Ends a transfer once: its units enter where they arrived, or where they came from; who waits there is served. */
export function endTransfer(
  db: Database,
  { id, outcome }: RequestOf<typeof opsEndTransfer>,
  actor: string,
): Promise<AnswerOf<typeof opsEndTransfer>> {
  return db.transaction(async (tx): Promise<AnswerOf<typeof opsEndTransfer>> => {
    const [moving] = await tx.query<{ sku_id: string; place: string; quantity: number; state: string }>(
      `select sku_id, case $2 when 'arrived' then to_location else from_location end as place, quantity, state
       from stock_transfer where id = $1`,
      [id, outcome],
    );
    if (!moving) return refuse({ code: 'not_found' });
    const { sku_id: skuId, place, quantity } = moving;
    await tx.query('insert into stock_level (sku_id, location_id) values ($1, $2) on conflict do nothing', [
      skuId,
      place,
    ]);
    await lockLevels(tx, skuId, [place]);
    const [ended] = await tx.query(
      `update stock_transfer set state = $2, ended_by = $3, ended_at = clock_timestamp()
       where id = $1 and state = 'in_transit' returning 1`,
      [id, outcome, actor],
    );
    if (ended) {
      await moveUnits(tx, { skuId, locationId: place, kind: 'transfer_in', quantity }, id, actor);
      if (place === CENTRAL) await serveWaitlist(tx, [skuId]);
      await audit(tx, { actor, action: 'ops.endTransfer', target: skuId, detail: { id, outcome, place, quantity } });
    }
    const transfer = await readTransfer(tx, id);
    return transfer.state === outcome ? accept({ transfer }) : refuse({ code: 'transfer_over', state: transfer.state });
  });
}
