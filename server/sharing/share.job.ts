import { MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { qualifyPaid, settleQualified } from './credits.ts';
import { listDomains, probeDomains } from './domain-commands.ts';
import type { Probe } from './domain-probe.ts';
import { tidyVisits } from './visitors.ts';

const QUALIFY_EVERY_MS = 2 * SECOND_MS;
/** Nobody waits for a week's end to the second; a refund is seen on the marketer's page soon. */
const SETTLE_EVERY_MS = 10 * SECOND_MS;
const TIDY_EVERY_MS = 10 * MINUTE_MS;
const WATCH_EVERY_MS = 1 * MINUTE_MS;

export type ShareJobDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly probe: Probe;
  readonly ownHost: string;
  /** How many domains are silent, or may be blocked, as of this minute. */
  readonly onSuspects: (count: number) => void;
};

/** What payments and time do to credits. Two workers do no harm: each takes rows that nobody holds. */
export function startShareJobs({ db, log, probe, ownHost, onSuspects }: ShareJobDeps): Loop[] {
  let said = '';
  /** Says once what is wrong with the domains, and once that it is over. */
  async function watchDomains(): Promise<void> {
    const silent = await probeDomains(db, probe);
    const suspects = (await listDomains(db, ownHost)).domains.filter(({ suspicion }) => suspicion !== null);
    onSuspects(suspects.length + silent.length);
    const saying = JSON.stringify([silent, suspects.map(({ host, suspicion }) => [host, suspicion?.of])]);
    if (saying !== said && (said !== '' || silent.length + suspects.length > 0)) {
      log.warn({ silent, suspects: suspects.map(({ host, suspicion }) => ({ host, suspicion })) }, 'share domains');
    }
    said = saying;
  }
  return [
    startLoop('share-qualify', QUALIFY_EVERY_MS, async () => void (await qualifyPaid(db)), log),
    startLoop('share-settle', SETTLE_EVERY_MS, () => settleQualified(db), log),
    startLoop('share-domain-watch', WATCH_EVERY_MS, watchDomains, log),
    startLoop('share-tidy', TIDY_EVERY_MS, () => tidyVisits(db), log),
  ];
}
