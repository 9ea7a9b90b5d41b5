import type { OrderService } from '../order/service.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { SandboxGateway } from './sandbox/gateway.ts';
import type { PaymentService } from './service.ts';

const NOTICE_TIMEOUT_MS = 5_000;

/** Our side of money that moves by itself: notices left behind, refunds that are due. */
export function startPaymentJobs(deps: { payments: PaymentService; orders: OrderService; log: Log }): Loop[] {
  const { payments, orders, log } = deps;
  return [
    startLoop('payment-inbox', 2_000, () => payments.settleLeftovers(), log),
    startLoop('payment-refunds', 1_000, () => payments.sendRefunds(orders.book.finishRefund), log),
  ];
}

/** The sandbox gateway's side: it posts its notices until the shop has said thank you. */
export function startSandboxJobs(deps: { gateway: SandboxGateway; log: Log }): Loop {
  const { gateway, log } = deps;
  return startLoop(
    'sandbox-notices',
    500,
    async () => {
      const due = await gateway.dueNotices(50);
      await Promise.all(
        due.map(async (notice) => {
          try {
            const answer = await fetch(notice.url, {
              method: 'POST',
              headers: { 'content-type': 'application/json', 'x-sandbox-signature': notice.signature },
              body: notice.body,
              signal: AbortSignal.timeout(NOTICE_TIMEOUT_MS),
            });
            if (answer.ok) await gateway.acknowledged(notice.id);
          } catch (error) {
            log.warn({ notice: notice.id, err: error }, 'the shop did not take a notice; posted again later');
          }
        }),
      );
      return due.length === 50;
    },
    log,
  );
}
