/* The worker of the expiry line, a process of its own: ends what is due as the order job does, `size` at a time. */
import { postgresOrderBook } from '../../../server/order/order-book.postgres.ts';
import { orderIdMaker } from '../../../server/order/order-id.ts';
import { openDatabase } from '../../../server/platform/database.ts';
import { LIMITS } from '../../../server/platform/limits.ts';

export type ExpiryAnswer = { readonly ended: number; readonly tookMs: number; readonly batches: number };

const db = openDatabase(process.env.BENCH_DATABASE ?? '', { max: 2, isServing: true });
const book = postgresOrderBook(db, orderIdMaker(15));

async function expire(size: number, max: number): Promise<ExpiryAnswer> {
  const startedAt = performance.now();
  let [ended, batches] = [0, 0];
  while (ended < max) {
    const due = await book.endDue(LIMITS.order.channelMarginMs - LIMITS.order.closeMarginMs, size);
    if (due.ended.length === 0) break;
    ended += due.ended.length;
    batches += 1;
  }
  return { ended, batches, tookMs: performance.now() - startedAt };
}

process.on('message', async (ask: { do: 'expire'; size: number; max: number } | { do: 'stop' }) => {
  if (ask.do === 'stop') {
    await db.close();
    process.exit(0);
  }
  try {
    process.send!(await expire(ask.size, ask.max));
  } catch (error) {
    process.send!({ error: String((error as Error).stack) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');
