import * as z from 'zod/mini';
import { command, epochShape, fenShape, idShape, read, refusal } from './contract.ts';

/*
 * Words used in this room:
 *
 * - quarantine: notices that a channel signed and that do not fit our books; they moved nothing
 * - settled by hand: a person has looked at one and says what was done
 */

/** Where the next page begins; made by the server. */
const cursorShape = z.string().check(z.regex(/^\d{1,16}$/));
const noticeIdShape = z.string().check(z.minLength(1), z.maxLength(200));

export const quarantinedShape = z.object({
  channel: z.string(),
  noticeId: z.string(),
  receivedAt: epochShape,
  /** Why it does not fit, for whoever looks into it: `other_amount: 101, expected 100`. */
  cause: z.string(),
  told: z.object({
    amountFen: fenShape,
    currency: z.string(),
    merchantId: z.string(),
    paymentId: z.string(),
    channelTradeId: z.string(),
  }),
  /** Null: the notice is about no order of ours. */
  orderId: z.nullable(z.string()),
  expectedFen: z.nullable(fenShape),
  /** What our books hold of the payment now: an honest notice or an answer may have settled it since. */
  paymentState: z.nullable(z.string()),
  settled: z.nullable(z.object({ at: epochShape, by: z.string(), reason: z.string() })),
});

export const opsQuarantine = read('ops.quarantine', {
  who: 'operator',
  summary: 'Payment notices in quarantine, those that wait for a person first, 50 a page',
  request: z.strictObject({ show: z.optional(z.enum(['open', 'settled'])), before: z.optional(cursorShape) }),
  value: z.object({
    notices: z.array(quarantinedShape),
    nextBefore: z.nullable(z.string()),
    counts: z.object({ open: z.int(), settled: z.int() }),
  }),
});

export const opsSettleNotice = command('ops.settleNotice', {
  who: 'operator',
  summary: 'A quarantined notice was settled by hand, with a written reason; it moves no money',
  request: z.strictObject({
    channel: idShape,
    noticeId: noticeIdShape,
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  }),
  value: z.object({ notice: quarantinedShape }),
  refusals: [refusal('already_settled')],
});

export const opsReconciliation = read('ops.reconciliation', {
  who: 'operator',
  summary: 'What became of the money of the last 31 days, by day of Beijing and channel, fen by fen',
  request: z.strictObject({}),
  value: z.object({
    days: z.array(
      z.object({
        /** `2026-11-11` */
        day: z.string(),
        channel: z.string(),
        payments: z.int(),
        capturedFen: fenShape,
        /** Money that has goods against it. */
        goodsFen: fenShape,
        returnedFen: fenShape,
        /** Refunds that were asked for and are not done yet. */
        onTheWayFen: fenShape,
        /** Neither goods nor a refund: 0, or something is wrong. */
        unmatchedFen: z.int(),
        quarantined: z.int(),
      }),
    ),
  }),
});
