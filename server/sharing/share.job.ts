import { MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { qualifyPaid, settleQualified } from './credits.ts';
import { tidyVisits } from './visitors.ts';

const QUALIFY_EVERY_MS = 2 * SECOND_MS;
/** Nobody waits for a week's end to the second; a refund is seen on the marketer's page soon. */
const SETTLE_EVERY_MS = 10 * SECOND_MS;
const TIDY_EVERY_MS = 10 * MINUTE_MS;

/** What payments and time do to credits. Two workers do no harm: each takes rows that nobody holds. */
export function startShareJobs({ db, log }: { db: Database; log: Log }): Loop[] {
  return [
    startLoop('share-qualify', QUALIFY_EVERY_MS, async () => void (await qualifyPaid(db)), log),
    startLoop('share-settle', SETTLE_EVERY_MS, () => settleQualified(db), log),
    startLoop('share-tidy', TIDY_EVERY_MS, () => tidyVisits(db), log),
  ];
}
