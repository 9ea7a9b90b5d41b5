import * as z from 'zod/mini';

/*
 * What a store's own system must answer, so that orders can hold its units (docs/store-system.openapi.json is written
 * from here). Words: server/inventory/reservation-port.ts.
 *
 * - Every call carries an idempotency key: the same key again gets the same answer, and nothing happens twice.
 * - A cancel that comes before its try leaves a fence row: the late try is answered `over`.
 * - Who calls is known by a signature of moment and body with a shared secret.
 */

const idShape = z.string().check(z.minLength(1), z.maxLength(64));
const branchShape = z.object({
  skuId: idShape,
  locationId: idShape,
  quantity: z.int().check(z.minimum(1), z.maximum(100_000)),
});
const branchesShape = z.array(branchShape).check(z.minLength(1), z.maxLength(50));
const endShape = z.enum(['confirmed', 'cancelled', 'expired']);

export const storeSystem = {
  try: {
    path: '/v1/holds/try',
    says: 'Holds all branches or none, until a deadline on the store’s own clock',
    request: z.object({
      ownerId: idShape,
      /** A pseudonym: no name, no phone. */
      shopperId: idShape,
      branches: branchesShape,
      holdMs: z.int().check(z.minimum(1)),
    }),
    answer: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('held'), endsAt: z.int(), isReplay: z.boolean() }),
      z.object({ kind: z.literal('sold_out'), short: z.array(z.object({ ...branchShape.shape, left: z.int() })) }),
      z.object({ kind: z.literal('unknown_sku'), skuIds: z.array(idShape) }),
      z.object({ kind: z.literal('over'), state: endShape }),
      z.object({ kind: z.literal('owner_reused') }),
    ]),
  },
  confirm: {
    path: '/v1/holds/confirm',
    says: 'Sells what is held; a passed deadline alone does not stop it. `unknown`: there was no try',
    request: z.object({ ownerId: idShape }),
    answer: z.object({ state: z.enum(['confirmed', 'cancelled', 'expired', 'unknown']) }),
  },
  cancel: {
    path: '/v1/holds/cancel',
    says: 'Lets go of what is held, or leaves a fence for a try that has not come yet',
    request: z.object({ ownerId: idShape, branches: branchesShape }),
    answer: z.object({ state: endShape }),
  },
  expire: {
    path: '/v1/holds/expire',
    says: 'Ends holds whose deadline has passed',
    request: z.object({ limit: z.int().check(z.minimum(1), z.maximum(10_000)) }),
    answer: z.object({ ended: z.int() }),
  },
} as const;

export type StoreCall = keyof typeof storeSystem;

export const KEY_HEADER = 'idempotency-key';
export const SIGNATURE_HEADER = 'x-festa-signature';

/** The interface as an OpenAPI document, for the people who build the other side. */
export function storeSystemDocument(): object {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  const json = (schema: z.ZodMiniType, io: 'input' | 'output') => ({
    'application/json': { schema: z.toJSONSchema(schema, { io }) },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Festa store system',
      version: '1',
      description:
        'Answered by a store’s own stock system. Every call may be lost, doubled, late or out of order; the same idempotency key gets the same answer. 5xx and no answer: the call is made again with its key.',
    },
    paths: Object.fromEntries(
      Object.entries(storeSystem).map(([name, { path, says, request, answer }]) => [
        path,
        {
          post: {
            operationId: name,
            summary: says,
            parameters: [
              header(KEY_HEADER, 'One per call, the same when it is made again; kept for a day at least'),
              header(
                SIGNATURE_HEADER,
                't=<epoch ms>,v=<hex HMAC-SHA-256 of "<epoch ms>.<body>">; 5 minutes old at most',
              ),
            ],
            requestBody: { required: true, content: json(request, 'input') },
            responses: {
              200: { description: 'The answer', content: json(answer, 'output') },
              401: { description: 'The signature is wrong or too old' },
              409: { description: 'The key was used for another call' },
            },
          },
        },
      ]),
    ),
  };
}
