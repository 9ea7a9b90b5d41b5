import { checkInvariants, violationsOf } from '../../server/check/check.ts';
import type { Database } from '../../server/platform/database.ts';

/** What the product's own checker finds, as sentences; empty when the books balance. `quiet` once all has settled. */
export async function violations(db: Database, options: { quiet?: boolean } = {}): Promise<string[]> {
  const found = violationsOf(await checkInvariants(db, options));
  return found.map(
    ({ id, name, skuId, orderId, detail }) => `${id} ${name}: ${skuId ?? ''} ${orderId ?? ''} ${detail}`,
  );
}
