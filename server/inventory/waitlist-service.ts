import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { waitlistJoin, waitlistLeave, waitlistList } from '../../lib/contracts/waitlist.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, QueueFull } from '../platform/sequencer.ts';
import { type JoinCommand, type JoinOutcome, joinWaitlist } from './waitlist-join.ts';
import { endOffers, serveWaitlist, tellWaiters } from './waitlist-offers.ts';
import { listEntries, readEntries } from './waitlist-rows.ts';

/** The waitlist (候补) of sold-out goods: join, leave, look, and what time does to it. */
export function waitlistService({ db }: { db: Database }) {
  const sequencer = openSequencer<JoinCommand, JoinOutcome>({
    settle: (batch) => againIfRaced(() => joinWaitlist(db, batch)),
    // Two joins of one person for one SKU are one entry: the second waits for the first.
    keyOf: (command) => `${command.shopperId}|${command.skuId}`,
    batchMax: LIMITS.waitlist.joinBatchMax,
    queueMax: LIMITS.sequencer.queueMax,
    isEverybodys: isUnavailable,
  });

  async function one(entryId: string) {
    const { entries, now } = await readEntries(db, [entryId]);
    return entries[0] ? { entry: entries[0], now } : null;
  }

  return {
    drain: () => sequencer.drain(),

    async join(command: JoinCommand): Promise<AnswerOf<typeof waitlistJoin>> {
      let outcome: JoinOutcome;
      try {
        outcome = await sequencer.submit(command);
      } catch (error) {
        if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
        throw error;
      }
      if (outcome.kind === 'key_reused') return refuse({ code: 'key_reused' });
      if (outcome.kind === 'refused') return refuse(outcome.refusal);
      const seen = await one(outcome.entryId);
      return seen ? accept(seen) : refuse({ code: 'not_found' });
    },

    /** Leaves the list; units that were offered go to the next in the same transaction. */
    async leave(shopperId: string, entryId: string): Promise<AnswerOf<typeof waitlistLeave>> {
      const isOwn = await db.transaction(async (tx) => {
        const [entry] = await tx.query<{ sku_id: string }>(
          'select sku_id from waitlist_entry where id = $1 and shopper_id = $2',
          [entryId, shopperId],
        );
        if (!entry) return false;
        await lockStock(tx, [entry.sku_id]);
        const [left] = await tx.query<{ id: string }>(
          `with gone as (
             update waitlist_entry set state = 'left', ended_at = clock_timestamp()
             where id = $1 and state = 'waiting' returning id, sku_id
           ), levels as (
             update stock_level s set waiting = s.waiting - 1 from gone
             where s.sku_id = gone.sku_id and s.location_id = 'central'
           ) select id from gone`,
          [entryId],
        );
        if (left) await tellWaiters(tx, [left.id]);
        else await endOffers(tx, [entryId], 'left');
        await serveWaitlist(tx, [entry.sku_id]);
        return true;
      });
      const seen = isOwn ? await one(entryId) : null;
      return seen ? accept(seen) : refuse({ code: 'not_found' });
    },

    async list(shopperId: string, skuId: string | null): Promise<AnswerOf<typeof waitlistList>> {
      return accept(await listEntries(db, shopperId, skuId));
    },

    /**
     * Takes back offers whose time is over and gives them to the next. Also serves SKUs that have free units and
     * somebody who waits: goods that are for sale again, or units that a writer freed without a thought for the list.
     * @returns whether there may be more
     */
    sweep(): Promise<boolean> {
      return db.transaction(async (tx) => {
        const due = await tx.query<{ sku_id: string }>(
          `select sku_id from (
             select distinct sku_id from waitlist_entry where state = 'offered' and offer_ends_at <= clock_timestamp()
             union
             select l.sku_id from stock_level l
             join sku s on s.id = l.sku_id and s.is_listed join product p on p.handle = s.product_handle and p.is_listed
             where l.waiting > 0 and l.on_hand > l.reserved and l.location_id = 'central'
               and not exists (select 1 from sale_stop t where t.sku_id = s.id and t.opened_at is null)
           ) d order by sku_id limit $1`,
          [LIMITS.waitlist.sweepSkusMax],
        );
        if (due.length === 0) return false;
        const skuIds = due.map((row) => row.sku_id);
        await lockStock(tx, skuIds);
        const lapsed = await tx.query<{ id: string }>(
          `select id from waitlist_entry
           where state = 'offered' and offer_ends_at <= clock_timestamp() and sku_id = any ($1::text[])`,
          [skuIds],
        );
        await endOffers(
          tx,
          lapsed.map((row) => row.id),
          'lapsed',
        );
        await serveWaitlist(tx, skuIds);
        return due.length === LIMITS.waitlist.sweepSkusMax;
      });
    },
  };
}

export type WaitlistService = ReturnType<typeof waitlistService>;

async function lockStock(tx: Parameters<Parameters<Database['transaction']>[0]>[0], skuIds: readonly string[]) {
  await tx.query(
    `select 1 from stock_level where location_id = 'central' and sku_id = any ($1::text[]) order by sku_id for update`,
    [skuIds],
  );
}
