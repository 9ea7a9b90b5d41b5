import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RefundBook } from '../order/refund-book.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { SandboxGateway } from './sandbox/gateway.ts';
import type { PaymentService } from './service.ts';

const NOTICE_TIMEOUT_MS = 5_000;

/** Our side of money that moves by itself: notices left behind, refunds that are due. */
export function startPaymentJobs(deps: { payments: PaymentService; refunds: RefundBook; log: Log }): Loop[] {
  const { payments, refunds, log } = deps;
  return [
    startLoop('payment-inbox', 2_000, () => payments.settleLeftovers(), log),
    startLoop('payment-asks', 2_000, () => payments.askChannels(), log),
    startLoop('payment-refunds', 1_000, () => payments.sendRefunds(refunds.finish), log),
  ];
}

/** Posts as a gateway does. `ca`: the shop's own certificate, when it has one that no authority knows. */
function post(url: string, headers: Record<string, string>, body: string, ca?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(
      url,
      { method: 'POST', headers, timeout: NOTICE_TIMEOUT_MS, ...(ca ? { ca } : {}) },
      (answer) => {
        answer.resume();
        answer.once('close', () => resolve(answer.complete ? (answer.statusCode ?? 0) : 0));
      },
    );
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
    request.end(body);
  });
}

type Post = { gateway: SandboxGateway; log: Log; ca?: string };

/** Posts the notices that are due; answers true while there are more. */
export async function postNotices({ gateway, log, ca }: Post): Promise<boolean> {
  const due = await gateway.dueNotices(50);
  await Promise.all(
    due.map(async (notice) => {
      const headers = { 'content-type': 'application/json', 'x-sandbox-signature': notice.signature };
      try {
        if ((await post(notice.url, headers, notice.body, ca)) === 200) await gateway.acknowledged(notice.id);
      } catch (error) {
        log.warn({ notice: notice.id, err: error }, 'the shop did not take a notice; posted again later');
      }
    }),
  );
  return due.length === 50;
}

/** The sandbox gateway's side: it posts its notices until the shop has said thank you. */
export function startSandboxJobs(deps: Post): Loop {
  return startLoop('sandbox-notices', 500, () => postNotices(deps), deps.log);
}
