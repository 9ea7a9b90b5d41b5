import { createHash } from 'node:crypto';
import type { PaidNotice } from './payment-channel.ts';

/** What a channel said when it was asked, numbered by its content: the same said twice is one notice. */
export function toldNotice(told: Omit<PaidNotice, 'noticeId'>): PaidNotice {
  const { outTradeNo, channelTradeId, amountFen, currency, merchantId } = told;
  const content = JSON.stringify([outTradeNo, channelTradeId, amountFen, currency, merchantId]);
  return { ...told, noticeId: `told_${createHash('sha256').update(content).digest('hex').slice(0, 32)}` };
}
