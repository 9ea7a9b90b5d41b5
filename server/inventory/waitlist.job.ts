import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { WaitlistService } from './waitlist-service.ts';

/** Lapsed offers go to the next; two workers do no harm: the stock row's lock lets one of them find nothing. */
export function startWaitlistJob({ waitlist, log }: { waitlist: WaitlistService; log: Log }): Loop {
  return startLoop('waitlist', LIMITS.waitlist.sweepEveryMs, () => waitlist.sweep(), log);
}
