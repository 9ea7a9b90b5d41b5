import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import {
  channelShape,
  paymentStart,
  sandboxPay,
  sandboxTradeRead,
  waysToPayRead,
} from '../../lib/contracts/payment.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { OrderService } from '../order/service.ts';
import { handle, type Route } from '../platform/door.ts';
import type { SandboxGateway } from './sandbox/gateway.ts';
import type { PaymentService } from './service.ts';

type Deps = {
  payments: PaymentService;
  orders: OrderService;
  gateway: SandboxGateway;
  /** The WeChat that has signed in where a request comes from; null where the shop has no account or nobody has. */
  wechatPayer: ((shopperId: string, headers: IncomingHttpHeaders) => Promise<string | null>) | null;
  /** There is a new notice to post. */
  nudge: () => void;
};

export function paymentRoutes({ payments, orders, gateway, wechatPayer, nudge }: Deps): Route[] {
  const offered = [...payments.channels.keys()].map((name) => channelShape.parse(name));
  const isInWechat = wechatPayer !== null && payments.channels.has('wechat');
  return [
    handle(waysToPayRead, async () => accept({ channels: offered, isInWechat })),
    handle(paymentStart, async (request, { shopperId, address, headers }) => {
      const order = await orders.ownOrder(shopperId, request.orderId);
      if (!order) return refuse({ code: 'not_found' });
      const needsPayer = request.channel === 'wechat' && request.scene === 'wechat';
      const payer = needsPayer ? await wechatPayer?.(shopperId, headers) : undefined;
      if (needsPayer && !payer) return refuse({ code: 'wechat_login_needed' });
      return payments.start({ ...request, clientAddress: address, payer: payer ?? undefined });
    }),
    handle(sandboxTradeRead, async ({ id }, { now }) => {
      const trade = await gateway.trade(id);
      if (!trade) return refuse({ code: 'not_found' });
      const { orderId, amountFen, subject, state, expiresAt } = trade;
      return accept({ id, orderId, amountFen, subject, state, expiresAt, now });
    }),
    handle(sandboxPay, async ({ id }, { shopperId }) => {
      // Whoever is signed in at the cashier is the one who pays.
      const state = await gateway.pay(id, { payerId: shopperId || undefined });
      if (state === 'missing') return refuse({ code: 'not_found' });
      if (state === 'closed') return refuse({ code: 'trade_closed' });
      nudge();
      return accept({ state });
    }),
  ];
}

const NOTICE_BYTES_MAX = 16 * 1024;

/** Where channels post their notices: raw bytes, because the signature is over them. */
export function mountNotices(app: FastifyInstance, payments: PaymentService): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: NOTICE_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Params: { channel: string } }>('/api/payment.notice/:channel', async (request, reply) => {
      const channel = payments.channels.get(request.params.channel);
      if (!channel) return reply.code(404).send();
      const outcome = await payments.receiveNotice(channel.name, request.headers, String(request.body ?? ''));
      const { status, type, body } = channel.acknowledgement(outcome !== 'rejected');
      return reply.code(status).type(type).send(body);
    });
  });
}
