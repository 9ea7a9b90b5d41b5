import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { PacketService } from './service.ts';
import { lapseDone, remindOfPackets, vestRipe } from './sweep-packets.ts';

/** What time does to packets; their ends and their money are the promo room's, as every coupon's. */
export function startPacketJobs(deps: { db: Database; packets: PacketService; log: Log }): Loop[] {
  const { db, packets, log } = deps;
  async function sweep(): Promise<boolean> {
    const hasMore = await vestRipe(db, packets.vest);
    return (await lapseDone(db)) || hasMore;
  }
  return [
    startLoop('packets', LIMITS.packet.sweepEveryMs, sweep, log),
    startLoop('packets-told', LIMITS.packet.remindEveryMs, () => remindOfPackets(db), log),
  ];
}
