import type { SandboxGateway, Trade } from './gateway.ts';
import { FAILS, noticePlans, type Whim } from './whims.ts';

/** The gateway does not answer: the connection breaks, or it says 5xx. */
export class GatewayFault extends Error {}

/** The whims of a trade; the same every time it is asked. */
export type WhimsOf = (trade: { readonly outTradeNo: string; readonly orderId: string }) => readonly Whim[];

/**
 * A gateway that misbehaves in the ways that `whimsOf` names for each trade. Only tests open one; what it keeps in
 * its books is as true as ever, so they are the oracle of every run.
 *
 * `postNow` posts the notices that are due and waits for the shop's answer (`early_notice`).
 */
export function misbehavingGateway(
  gateway: SandboxGateway,
  whimsOf: WhimsOf,
  postNow: () => Promise<unknown>,
): SandboxGateway {
  const known = new Map<string, readonly Whim[]>();
  const failed = new Map<string, number>();

  async function whimsBy(outTradeNo: string): Promise<readonly Whim[]> {
    const found = known.get(outTradeNo);
    if (found) return found;
    const trade = await gateway.queryByOutTradeNo(outTradeNo);
    return trade ? whimsOf(trade) : [];
  }

  /** Whether this is one of the first `times` calls of its kind for a trade that has the whim. */
  function isOneOfFirst(whims: readonly Whim[], outTradeNo: string, whim: Whim, times: number): boolean {
    if (!whims.includes(whim)) return false;
    const key = `${whim} ${outTradeNo}`;
    const count = (failed.get(key) ?? 0) + 1;
    failed.set(key, count);
    return count <= times;
  }

  function failAtFirst(whims: readonly Whim[], outTradeNo: string, whim: Whim, times = FAILS): void {
    if (isOneOfFirst(whims, outTradeNo, whim, times)) throw new GatewayFault(`${whim} for ${outTradeNo}`);
  }

  function payAs(trade: Trade, whims: readonly Whim[], isForced: boolean, payerId?: string) {
    return gateway.pay(trade.id, { isForced, payerId, plans: (amountFen) => noticePlans(whims, amountFen) });
  }

  return {
    ...gateway,

    async create(wanted) {
      const { outTradeNo } = wanted;
      const whims = whimsOf(wanted);
      known.set(outTradeNo, whims);
      failAtFirst(whims, outTradeNo, 'create_fails');
      const trade = await gateway.create(wanted);
      if (whims.includes('early_notice')) {
        await payAs(trade, whims, false);
        await postNow();
      }
      failAtFirst(whims, outTradeNo, 'create_answer_lost', 1);
      return trade;
    },

    async pay(id, { payerId } = {}) {
      const trade = await gateway.trade(id);
      if (!trade) return 'missing';
      const whims = whimsOf(trade);
      return payAs(trade, whims, whims.includes('paid_after_close'), payerId);
    },

    async queryByOutTradeNo(outTradeNo) {
      failAtFirst(await whimsBy(outTradeNo), outTradeNo, 'query_fails');
      return gateway.queryByOutTradeNo(outTradeNo);
    },

    async close(outTradeNo) {
      const whims = await whimsBy(outTradeNo);
      failAtFirst(whims, outTradeNo, 'close_fails');
      if (whims.includes('paid_at_close')) {
        const trade = await gateway.queryByOutTradeNo(outTradeNo);
        if (trade?.state === 'open') await payAs(trade, whims, true);
      }
      const answer = await gateway.close(outTradeNo);
      failAtFirst(whims, outTradeNo, 'close_answer_lost', 1);
      return answer;
    },

    async refund(refund) {
      const { outTradeNo } = refund;
      const whims = await whimsBy(outTradeNo);
      failAtFirst(whims, outTradeNo, 'refund_fails');
      const answer = await gateway.refund(refund);
      failAtFirst(whims, outTradeNo, 'refund_answer_lost', 1);
      return isOneOfFirst(whims, outTradeNo, 'refund_pending', FAILS) ? 'pending' : answer;
    },
  };
}
