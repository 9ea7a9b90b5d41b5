import * as z from 'zod/mini';
import { command, epochShape, idShape, localizedShape, read, refusal } from './contract.ts';

const storeShape = z.object({ id: idShape, name: localizedShape });

/** Goods that were handed over without network and had been handed over or paid back by others before. */
export const pickupConflictShape = z.object({
  id: z.string(),
  at: epochShape,
  store: storeShape,
  orderId: idShape,
  clerkName: z.string(),
  reason: z.string(),
});

export const opsClerks = read('ops.clerks', {
  who: 'operator',
  summary: 'Clerks with the store that each is posted at, and conflicts of handing over offline',
  request: z.strictObject({}),
  value: z.object({
    now: epochShape,
    clerks: z.array(
      z.object({
        id: idShape,
        name: z.string(),
        email: z.string(),
        store: z.nullable(storeShape),
        since: z.nullable(epochShape),
        lockedUntil: z.nullable(epochShape),
      }),
    ),
    conflicts: z.array(pickupConflictShape),
  }),
});

export const opsPostClerk = command('ops.postClerk', {
  who: 'operator',
  summary: 'Posts a clerk at a store; at once he belongs to no other. Null: to none; the same again changes nothing',
  request: z.strictObject({ clerkId: idShape, storeId: z.nullable(idShape) }),
  value: z.object({ clerks: opsClerks.value.shape.clerks }),
  refusals: [refusal('unknown_store'), refusal('unknown_clerk')],
});
