import type { FastifyInstance } from 'fastify';
import type { WhimsOf } from './misbehaving-gateway.ts';
import { isWhim, type Whim } from './whims.ts';

/** The switch of a gateway under test: which whims the trades of an order have. */
export type WhimSwitch = { readonly whimsOf: WhimsOf; mount(app: FastifyInstance): void };

/** Kept in memory, because only browser tests turn it and their shop is one process. */
export function openWhimSwitch(): WhimSwitch {
  const byOrder = new Map<string, readonly Whim[]>();
  return {
    whimsOf: ({ orderId }) => byOrder.get(orderId) ?? [],
    /** POST `/api/test/sandbox-whims` with `{orderId, whims}`; mounted only in a process that is under test. */
    mount(app) {
      app.post<{ Body: { orderId?: unknown; whims?: unknown } }>('/api/test/sandbox-whims', async (request, reply) => {
        const { orderId, whims } = request.body ?? {};
        if (typeof orderId !== 'string' || !Array.isArray(whims) || !whims.every(isWhim)) return reply.code(400).send();
        byOrder.set(orderId, whims);
        return reply.code(204).send();
      });
    },
  };
}
