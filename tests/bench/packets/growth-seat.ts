/* The process that answers the callers of the growing packet, by one design. Argument: the design. */
import { packetService } from '../../../server/packet/service.ts';
import { openDatabase } from '../../../server/platform/database.ts';
import { CODE, type Design, serveSeat } from '../orders/pipe.ts';
import { isCode, openGrowthRowLock } from './growth-row-lock.ts';

const url = process.env.BENCH_DATABASE ?? '';

/** Ours: the room's service as the edge wires it; visitors are verified, so that their steps vest at once. */
function openFesta(): Design {
  const db = openDatabase(url, { max: 4, isServing: true });
  const packets = packetService({ db });
  return {
    async ask(shopperId, key, about) {
      const by = { shopperId, key, name: null };
      const answer = isCode(about)
        ? await packets.visit({ ...by, code: about, isVerified: true, stayedMs: 0, touched: false })
        : await packets.issue({ ...by, hold: null, campaignId: about });
      if (answer.ok) return { code: answer.value.isReplay ? CODE.replay : CODE.accepted, reference: '' };
      return { code: CODE.other, reference: answer.refusal.code };
    },
    stats: () => ({ batches: 0, commands: 0 }),
    async close() {
      await packets.drain();
      await db.close();
    },
  };
}

const DESIGNS: Readonly<Record<string, () => Design>> = { festa: openFesta, 'row-lock': () => openGrowthRowLock(url) };

serveSeat(DESIGNS[process.argv[2] ?? '']!());
