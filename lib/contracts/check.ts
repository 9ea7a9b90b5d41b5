import * as z from 'zod/mini';
import { command, epochShape, idShape, localizedShape, read, refusal } from './contract.ts';

/** What an invariant says, and how far off the database is. */
const reason = {
  invariant: z.string(),
  says: localizedShape,
  orderId: z.nullable(z.string()),
  detail: z.string(),
};

const checks = z.object({
  /** SKUs that are not sold because their books did not balance, the latest first. */
  stops: z.array(
    z.object({
      skuId: idShape,
      code: z.string(),
      title: localizedShape,
      choice: localizedShape,
      reasons: z.array(z.object({ ...reason, stoppedAt: epochShape })),
    }),
  ),
  /** The worker's last look at all invariants; null before its first. */
  lastRun: z.nullable(
    z.object({
      at: epochShape,
      asked: z.int(),
      tookMs: z.int(),
      violations: z.array(z.object({ ...reason, skuId: z.nullable(z.string()) })),
    }),
  ),
});

export const opsChecks = read('ops.checks', {
  who: 'operator',
  summary: 'SKUs whose sale is stopped and why, and what the checker found last',
  request: z.strictObject({}),
  value: checks,
});

export const opsOpenSale = command('ops.openSale', {
  who: 'operator',
  summary: 'Opens the sale of a stopped SKU again, with a written reason',
  request: z.strictObject({ skuId: idShape, reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  value: checks,
  refusals: [refusal('not_stopped')],
});
