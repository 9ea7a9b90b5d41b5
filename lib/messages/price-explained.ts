import { defineMessages } from './define.ts';

export const priceExplainedMessages = defineMessages({
  'zh-CN': {
    explain: '价格说明',
    saved: (yuan: string) => `比日常价省 ¥${yuan}`,
    crossedOutLaw: '划线价是场次开始前 7 日内这一规格在本店的最低成交价；没有成交，就不划线。',
    noCrossedOut: '这一规格近 7 日没有更高的成交价，所以不划线。',
    reference: '参考价',
    referenceBasis: (basis: string) => `依据：${basis}。仅供参考，不是本店成交价。`,
    tierTruth: '名额是真实的订单位次，来自实时库存。下单时如果名额已满，会先给你看新价格，不会多收一分。',
    serverDecides: '最终价格以下单时的报价为准，绝不会高于你看到的报价。',
  },
  'en-US': {
    explain: 'About this price',
    saved: (yuan) => `¥${yuan} below the ordinary price`,
    crossedOutLaw:
      'A crossed-out price is the lowest price paid for this very choice in this shop in the 7 days before the session; without a sale nothing is crossed out.',
    noCrossedOut: 'Nothing is crossed out: nobody paid more for this choice in the last 7 days.',
    reference: 'Reference price',
    referenceBasis: (basis) => `Basis: ${basis}. For reference; nobody paid it here.`,
    tierTruth:
      'Places are real order numbers from live stock. If they fill up while you order, you see the new price first and are never charged a fen more.',
    serverDecides: 'The quote at checkout decides, and you never pay more than the quote you saw.',
  },
});
