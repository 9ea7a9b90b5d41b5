import { postgresOrderBook } from '../../../server/order/order-book.postgres.ts';
import { orderIdMaker } from '../../../server/order/order-id.ts';
import { openOrderQueue } from '../../../server/order/order-queue.ts';
import { openDatabase } from '../../../server/platform/database.ts';
import { listen } from '../../../server/platform/listen.ts';
import { openLog } from '../../../server/platform/log.ts';
import { ADDRESS, PRICE_FEN, REQUEST_HASH } from './goods.ts';
import { CODE, type Design } from './pipe.ts';

/** Ours: the sequencer's port as the edge wires it. */
export function openFesta(url: string, seat: number): Design {
  const db = openDatabase(url, { max: 4, isServing: true });
  const book = postgresOrderBook(db, orderIdMaker(seat));
  let [batches, commands] = [0, 0];
  const queue = openOrderQueue({
    db,
    book,
    onBatch: (size) => {
      batches += 1;
      commands += size;
    },
  });
  const listener = listen(
    url,
    { stock: queue.hearStock },
    { onGap: () => queue.hearStock('*'), log: openLog('error') },
  );
  return {
    async ask(shopperId, key, skuId) {
      const lines = [{ skuId, quantity: 1 }];
      if (await queue.isSoldOut(shopperId, lines)) return { code: CODE.soldOut, reference: '' };
      const shown = {
        quotedAt: Date.now(),
        totalFen: PRICE_FEN,
        bySku: new Map([[skuId, PRICE_FEN]]),
        hadTier: new Set<string>(),
      };
      const { decision, placed } = await queue.submit({
        shopperId,
        key,
        requestHash: REQUEST_HASH,
        lines,
        shown,
        address: ADDRESS,
        note: '',
      });
      if (decision.kind === 'accepted') return { code: CODE.accepted, reference: placed!.orderId };
      if (decision.kind === 'replay') return { code: CODE.replay, reference: placed!.orderId };
      if (decision.kind !== 'lines_refused') return { code: CODE.other, reference: decision.kind };
      const code = decision.problems[0]!.code;
      if (code === 'sold_out') return { code: CODE.soldOut, reference: '' };
      return { code: code === 'limit_reached' ? CODE.limit : CODE.other, reference: code };
    },
    stats: () => ({ batches, commands }),
    async close() {
      await listener.close();
      await queue.drain();
      await db.close();
    },
  };
}
