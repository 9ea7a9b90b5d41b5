import type { NextStep } from '../domain/pricing/promotion.ts';
import { defineMessages } from './define.ts';
import { yuanText } from './money.ts';

export const promotionMessages = defineMessages({
  'zh-CN': {
    promotions: '满减',
    missingFen: (missing: string, cut: string) => `还差 ¥${missing} 可减 ¥${cut}`,
    missingPieces: (pieces: number, pay: string) => `再加 ${pieces} 件可享 ${pay} 折`,
    onCheckout: '满足条件时，结算时自动减',
    notInSession: '场次价商品不参加满减',
    until: (at: string) => `${at} 结束`,
    from: (at: string) => `${at} 开始`,
  },
  'en-US': {
    promotions: 'Money off',
    missingFen: (missing, cut) => `¥${missing} more takes ¥${cut} off`,
    missingPieces: (pieces, pay) => `${pieces} more ${pieces === 1 ? 'item' : 'items'}: pay ${pay}`,
    onCheckout: 'Taken off by itself at checkout when it is reached',
    notInSession: 'Goods at a session price do not count',
    until: (at) => `until ${at}`,
    from: (at) => `from ${at}`,
  },
});

/** 800 → `8` (8折) or `80%`: what is paid, as each language says it. */
export function payText(payPermille: number, locale: 'zh-CN' | 'en-US'): string {
  return locale === 'zh-CN' ? String(payPermille / 100) : `${payPermille / 10}%`;
}

/** What is missing to the next step of a promotion, as a sentence. */
export function nextStepText(next: NextStep, locale: 'zh-CN' | 'en-US'): string {
  const words = promotionMessages[locale];
  return 'missingFen' in next
    ? words.missingFen(yuanText(next.missingFen), yuanText(next.cutFen))
    : words.missingPieces(next.missingPieces, payText(next.payPermille, locale));
}
